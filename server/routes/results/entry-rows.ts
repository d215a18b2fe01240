/** The entries behind an award, each with what became of it. */

import { appliedRule, eventReason, fateWords, ruleOf } from '../../../exports/entry-words.ts'
import type { MarkGiven } from '../../domain/bundle.ts'
import { compare, isZero, parseExact } from '../../domain/decimal.ts'
import type { EntryExplanation, IndicatorExplanation, Step } from '../../domain/explanation.ts'
import { shown } from '../../domain/methods/amounts.ts'
import type { Indicator } from '../../domain/scheme.ts'
import { type ReadAmount, readable, readableChange, readableSteps } from './amounts.ts'
import type { Subject } from './subject.ts'

export interface EntryRow {
  /** who marked, what was measured, or which rule was applied */
  what: string
  given: string
  worth: ReadAmount
  change: ReadAmount
  fate: string
  counted: boolean
  reason: string
  source: string
}

/**
 * The entries in the order they are told: as entered, but marks without names from the highest to the
 * lowest. In the order of entry one assessor would be «评委 1» everywhere, and could be known by it.
 */
export function entryOrder({ audience }: Subject, entries: readonly EntryExplanation[]): number[] {
  const order = entries.map((_, index) => index)
  if (audience.names || entries[0]?.kind !== 'mark') return order
  const worth = entries.map((entry) => parseExact(entry.worth))
  return order.sort(
    (a, b) => compare(worth[b] ?? parseExact('0'), worth[a] ?? parseExact('0')) || a - b,
  )
}

export function entryRows(
  subject: Subject,
  indicator: Indicator,
  { entries }: IndicatorExplanation,
): EntryRow[] {
  return entryOrder(subject, entries).flatMap((index, place) => {
    const entry = entries[index]
    return entry ? [entryRow(subject, indicator, entry, place + 1)] : []
  })
}

/** The steps to an award, marks called by the same numbers or names as in the entries. */
export function awardSteps(subject: Subject, { entries, steps }: IndicatorExplanation) {
  const order = entryOrder(subject, entries)
  const placeOf = ({ entry }: Step) => (entry === undefined ? -1 : order.indexOf(entry))
  const marked = steps.filter((step) => entries[step.entry ?? -1]?.kind === 'mark')
  const told = [...marked].sort((a, b) => placeOf(a) - placeOf(b))
  const renamed = told.map((step) => ({
    change: step.change,
    text: `${markerOf(subject, entries[step.entry ?? -1], placeOf(step) + 1)}：${step.text}`,
  }))
  const rest = steps.filter((step) => !marked.includes(step))
  return readableSteps([...renamed, ...rest], subject.decimals)
}

function entryRow(
  subject: Subject,
  indicator: Indicator,
  entry: EntryExplanation,
  place: number,
): EntryRow {
  const { decimals } = subject
  const change = entry.change === null ? null : parseExact(entry.change)
  return {
    ...recorded(subject, indicator, entry, place),
    worth: readable(parseExact(entry.worth), decimals),
    change: change === null ? { text: '合并计', exact: null } : readableChange(change, decimals),
    fate: fateOf(subject, indicator, entry),
    // Not in full is said in words; this is for what is not counted at all.
    counted: entry.why === 'counted' || (change !== null && !isZero(change)),
  }
}

function recorded(
  subject: Subject,
  indicator: Indicator,
  entry: EntryExplanation,
  place: number,
): Pick<EntryRow, 'what' | 'given' | 'reason' | 'source'> {
  const { bundle } = subject.assessment
  const blank = { what: '', given: '', reason: '', source: '' }
  switch (entry.kind) {
    case 'mark': {
      const mark = bundle.marks?.[entry.position]
      if (!mark) return blank
      return {
        ...blank,
        what: markerOf(subject, entry, place),
        given: givenText(mark.mark),
        reason: mark.reason ?? '',
      }
    }
    case 'value': {
      const value = bundle.values?.[entry.position]
      if (!value) return blank
      return { ...blank, what: '数值', given: shown(value.value), source: value.source ?? '' }
    }
    case 'tally': {
      const tally = bundle.tallies?.[entry.position]
      if (!tally) return blank
      const counts = Object.entries(tally.counts).map(([option, count]) => `${option} ${count} 票`)
      return { ...blank, what: tally.group || '测评票', given: counts.join('，') }
    }
    case 'event': {
      const event = bundle.events?.[entry.position]
      const rule = event && ruleOf(indicator, event)
      if (!event || !rule) return blank
      const found = event.foundBy ? `发现方式：${event.foundBy}` : ''
      const source = [event.document, event.date, found].filter(Boolean).join(' · ')
      return { ...blank, what: appliedRule(rule, event), reason: eventReason(event), source }
    }
  }
}

function markerOf(
  { assessment, audience }: Subject,
  entry: EntryExplanation | undefined,
  place: number,
): string {
  const mark = entry && assessment.bundle.marks?.[entry.position]
  const assessor = mark && assessment.bundle.assessors?.find(({ code }) => code === mark.assessor)
  const group = mark?.group ?? assessor?.group
  const of = group ? `（${group}）` : ''
  return audience.names ? `${assessor?.name ?? mark?.assessor ?? ''}${of}` : `评委 ${place}${of}`
}

function givenText(given: MarkGiven): string {
  if (typeof given === 'boolean') return given ? '通过' : '不通过'
  if (typeof given === 'object') return `${given.level}（${shown(given.points)} 分）`
  return String(given)
}

function fateOf({ assessment }: Subject, indicator: Indicator, entry: EntryExplanation): string {
  const part = entry.weight === undefined ? '' : `，占 ${entry.weight}`
  switch (entry.why) {
    case 'counted':
      return `计入${part}`
    case 'trimmed-high':
      return '去掉最高分'
    case 'trimmed-low':
      return '去掉最低分'
    case 'not-middle':
      return '取中位数，没有用到'
    case 'agreed-instead':
      return '按议定值计，原打分保留'
    case 'missing':
      return '还缺别的打分，暂不计'
    default: {
      const event = assessment.bundle.events?.[entry.position]
      const rule = event && ruleOf(indicator, event)
      return rule ? fateWords(assessment, indicator, rule, entry) : ''
    }
  }
}
