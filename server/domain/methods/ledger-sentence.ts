import type { LedgerParameters, Rule } from '../scheme.ts'
import { shown } from './amounts.ts'
import { thresholdsSentence } from './thresholds.ts'

/** A ledger in one sentence: where it starts, what each rule adds or takes, where it ends. */
export function ledgerSentence(parameters: LedgerParameters, points: string | null): string {
  const { start, floor, cap } = parameters
  const from =
    start === 'full' ? `起评${points}分` : start === 'zero' ? '从0分起' : `起评${shown(start)}分`
  const pools = Object.entries(parameters.pools ?? {}).map(
    ([name, limit]) => `「${name}」合计不超过${shown(limit)}分`,
  )
  const deducts = parameters.rules.some((rule) => rule.sign === 'deduct')
  const adds = parameters.rules.some((rule) => rule.sign === 'add')
  const least =
    floor === null
      ? '可扣至负分'
      : floor === undefined || shown(floor) === '0'
        ? '扣完为止'
        : `最低${shown(floor)}分`
  const most = cap === null ? '上不封顶' : `最高${cap === undefined ? points : shown(cap)}分`
  const ends = [deducts ? least : '', adds ? most : ''].filter(Boolean)
  return [from, ...parameters.rules.map(ruleSentence), ...pools, ...ends].join(';')
}

/** One rule in words, such as "重要部署未传达学习,每次扣0.5分,累计不超过2分". */
export function ruleSentence(rule: Rule): string {
  const verb = rule.sign === 'add' ? '加' : '扣'
  const details = [
    rule.cap === undefined ? '' : `累计不超过${shown(rule.cap)}分`,
    rule.pool === undefined ? '' : `计入「${rule.pool}」合并限额`,
    rule.dividedBy === undefined ? '' : `按${rule.dividedBy}折算`,
    ...Object.entries(rule.factors ?? {}).map(([name, factor]) => `${name}乘${shown(factor)}`),
    ...Object.entries(rule.surcharges ?? {}).map(
      ([name, more]) => `${name}另${verb}${shown(more)}分`,
    ),
  ].filter(Boolean)
  return [rule.name + pointsSentence(rule, verb), ...details].join(',')
}

function pointsSentence(rule: Rule, verb: string): string {
  switch (rule.kind) {
    case 'count':
      return `${verb}${shown(rule.points)}分`
    case 'tiers': {
      const tiers = Object.entries(rule.tiers).map(
        ([name, points]) => `${name}${verb}${shown(points)}分`,
      )
      return `:${tiers.join('、')}`
    }
    case 'range':
      return `${verb}${shown(rule.min)}至${shown(rule.max)}分`
    case 'excess': {
      const side = rule.direction === 'above' ? '高于' : '低于'
      const part = { exact: '按比例计', full: '不足一个单位不计', started: '不足一个单位按一个计' }
      return `(${side}${shown(rule.threshold)},每${shown(rule.per)}${verb}${shown(rule.points)}分,${part[rule.partial ?? 'exact']})`
    }
    case 'value':
      return `,按所填数值乘${shown(rule.factor)}${verb}分`
    case 'bands':
      return `:${thresholdsSentence(rule.steps, verb, `其余不${verb}分`)}`
  }
}
