/** A recorded fact as a person types it, and read back into an event. */

import type { Event, Unit } from './bundle.ts'
import { isRealDay } from './event-worth.ts'
import type { PlacedIndicator } from './placed-indicators.ts'
import type { Rule } from './scheme.ts'
import { readTypedNumber } from './typed-number.ts'

/** Who found it; others may stand in what was imported. */
export const FOUND_BY = ['自查', '督查', '信访', '巡察'] as const

/** Where a fact belongs: settled before its fields are asked for. */
export interface EventPlace {
  unit: Unit
  placed: PlacedIndicator
  rule: Rule
}

/** The fields as typed. */
export interface TypedEvent {
  texts: Readonly<Record<TextName, string>>
  factors: readonly string[]
  surcharges: readonly string[]
}

export const EVENT_TEXTS = [
  ...(['tier', 'points', 'value', 'count', 'reason', 'matter', 'document'] as const),
  ...(['date', 'foundBy', 'changeReason'] as const),
]
export type TextName = (typeof EVENT_TEXTS)[number]

export const EVENT_LABELS = {
  unit: '单位',
  indicator: '指标',
  rule: '规则',
  tier: '情形',
  points: '酌情分',
  value: '数值',
  count: '次数',
  factors: '系数',
  surcharges: '加重项',
  reason: '事由',
  matter: '事项',
  document: '文号',
  date: '日期',
  foundBy: '发现方式',
  changeReason: '更正理由',
} as const

/** Faults by field; under '' those of the whole. */
export type EventFaults = ReadonlyMap<string, string>

export const BLANK_TEXTS: TypedEvent['texts'] = {
  ...{ tier: '', points: '', value: '', count: '', reason: '', matter: '', document: '' },
  ...{ date: '', foundBy: '', changeReason: '' },
}

export const BLANK_EVENT: TypedEvent = { texts: BLANK_TEXTS, factors: [], surcharges: [] }

/** As it is typed, an event that is there. */
export function typedFrom(event: Event): TypedEvent {
  const { factors = [], surcharges = [], unit, indicator, rule, ...rest } = event
  const texts = Object.entries(rest).map(([name, value]) => [name, String(value)])
  return { texts: { ...BLANK_TEXTS, ...Object.fromEntries(texts) }, factors, surcharges }
}

/** The key that a kind of rule needs. */
export const NEEDS: Readonly<Partial<Record<Rule['kind'], 'tier' | 'points' | 'value'>>> = {
  tiers: 'tier',
  range: 'points',
  excess: 'value',
  value: 'value',
  bands: 'value',
}

/** Reads what was typed. Bounds are the domain's to check. @param today as 2026-11-22 */
export function readEvent(
  { unit, placed, rule }: EventPlace,
  { texts, factors, surcharges }: TypedEvent,
  today: string,
): { event: Event; faults: EventFaults } {
  const faults = new Map<string, string>()
  const needed = NEEDS[rule.kind]
  const number = (name: 'points' | 'value' | 'count') => {
    const typed = readTypedNumber(texts[name])
    if ('problem' in typed) faults.set(name, `${EVENT_LABELS[name]}${typed.problem}`)
    return 'amount' in typed ? (typed.amount ?? undefined) : undefined
  }
  const text = (name: TextName) => texts[name].trim() || undefined
  const [points, value] = [number('points'), number('value')]
  const count = number('count')
  if (count !== undefined && !/^[1-9]\d{0,8}$/.test(count)) {
    faults.set('count', `次数应是正整数，您填了「${texts.count.trim()}」。`)
  }
  const date = text('date')?.normalize('NFKC')
  if (date !== undefined && !isRealDay(date)) {
    faults.set('date', `日期应是真实的日子，如 2026-05-06，您填了「${date}」。`)
  } else if (date !== undefined && date > today) {
    faults.set('date', `日期不能晚于今天（${today}），您填了 ${date}。`)
  }
  if (text('reason') === undefined) faults.set('reason', '请写明事由：发生了什么，依据什么。')
  if (needed !== undefined && texts[needed].trim() === '') {
    faults.set(needed, `请填写${EVENT_LABELS[needed]}。`)
  }
  const given = {
    ...{ tier: text('tier'), points, value },
    count: count === undefined || faults.has('count') ? undefined : Number(count),
    factors: factors.length === 0 ? undefined : [...factors],
    surcharges: surcharges.length === 0 ? undefined : [...surcharges],
    ...{ matter: text('matter'), reason: text('reason'), document: text('document'), date },
    foundBy: text('foundBy'),
  }
  const known = Object.fromEntries(Object.entries(given).filter(([, each]) => each !== undefined))
  const event = { unit: unit.code, indicator: placed.indicator.code, rule: rule.code, ...known }
  return { event, faults }
}
