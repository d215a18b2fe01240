/** Rules and the fate of ledger entries in words, for the rows of deductions and bonuses. */

import type { Event } from '../server/domain/bundle.ts'
import { combineSentence } from '../server/domain/combine.ts'
import type { EntryExplanation } from '../server/domain/explanation.ts'
import { shown } from '../server/domain/methods/amounts.ts'
import { findMethod } from '../server/domain/methods/registry.ts'
import { type Indicator, indicatorsOf, type Rule } from '../server/domain/scheme.ts'
import type { Assessment } from './assessment.ts'

/** An indicator's method in one sentence. */
export function sentenceOf({ method, points }: Indicator): string {
  const full = points === undefined ? null : shown(points)
  return findMethod(method.type)?.sentence(method, full) ?? ''
}

/** An indicator's method in one sentence, with how several marks become one. */
export function methodWords(indicator: Indicator): string {
  const { method, combine } = indicator
  const marked = method.type === 'direct' || method.type === 'levels' || method.type === 'pass'
  const sentence = sentenceOf(indicator)
  return marked || combine ? `${sentence}；${combineSentence(combine)}` : sentence
}

/** The rule of an event; undefined if the indicator is no ledger or has no such rule. */
export function ruleOf(indicator: Indicator, event: Event): Rule | undefined {
  const { method } = indicator
  return method.type === 'ledger' ? method.rules.find(({ code }) => code === event.rule) : undefined
}

/** A rule as an event applied it: "受到处理，每人次：诫勉×2（隐瞒不报）". */
export function appliedRule(rule: Rule, event: Event): string {
  const tier = event.tier === undefined ? '' : `：${event.tier}`
  const value = event.value === undefined ? '' : `（数值${shown(event.value)}）`
  const count = event.count === undefined || event.count === 1 ? '' : `×${event.count}`
  const more = [...(event.factors ?? []), ...(event.surcharges ?? [])]
  return `${rule.name}${tier}${value}${count}${more.length === 0 ? '' : `（${more.join('、')}）`}`
}

/** What happened: the reason and the matter it is about. */
export function eventReason({ reason, matter }: Event): string {
  const parts = [reason ?? '', matter ? `事项：${matter}` : '']
  return parts.filter((part) => part !== '').join('；')
}

/** Why an event does not count, or not in full; empty if it does. */
export function fateWords(
  assessment: Assessment,
  indicator: Indicator,
  rule: Rule,
  entry: EntryExplanation,
): string {
  switch (entry.why) {
    case 'highest-only':
      return `同一事项就高不重复，${insteadWords(assessment, entry.insteadOf)}`
    case 'rule-cap':
      return rule.cap === undefined ? '达到累计上限' : `本条规则累计不超过${shown(rule.cap)}分`
    case 'pool-cap':
      return `「${rule.pool}」合计不超过${poolCap(indicator, rule)}分`
    case 'floor':
      return '扣完为止'
    case 'cap':
      return '达到本项上限'
    default:
      return ''
  }
}

function insteadWords({ bundle, scheme }: Assessment, position: number | undefined): string {
  const winner = position === undefined ? undefined : bundle.events?.[position]
  if (!winner) return '已按更重的一次计'
  const found = [...indicatorsOf(scheme)].find(
    ({ indicator }) => indicator.code === winner.indicator,
  )
  if (!found) return '已按更重的一次计'
  const rule = ruleOf(found.indicator, winner)
  const date = winner.date === undefined ? '' : `（${winner.date}）`
  return `已按「${found.indicator.name}」中“${rule ? appliedRule(rule, winner) : winner.rule}”${date}计`
}

function poolCap({ method }: Indicator, { pool }: Rule): string {
  const cap = method.type === 'ledger' && pool !== undefined ? method.pools?.[pool] : undefined
  return cap === undefined ? '' : shown(cap)
}
