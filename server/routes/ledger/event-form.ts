/** The form of a recorded fact as it is typed, and read back into an event. */

import type { Event, Unit } from '../../domain/bundle.ts'
import { isRealDay } from '../../domain/event-worth.ts'
import type { PlacedIndicator } from '../../domain/placed-indicators.ts'
import type { Rule } from '../../domain/scheme.ts'
import { readTypedNumber } from '../../domain/typed-number.ts'
import { type AppError, FaultyEntries } from '../../errors.ts'
import { typedText, typedTexts } from '../../form.ts'
import { type CameFrom, cameFrom } from './way-back.ts'

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
  /** the scoring page to return to */
  from: CameFrom
}

const TEXTS = [
  ...(['tier', 'points', 'value', 'count', 'reason', 'matter', 'document'] as const),
  ...(['date', 'foundBy', 'changeReason'] as const),
]
export type TextName = (typeof TEXTS)[number]

export const FIELD_LABELS = {
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

export function typedEvent(body: unknown): TypedEvent {
  const [tier, points, value, count, reason, matter, document, date, foundBy, changeReason] =
    TEXTS.map((name) => typedText(body, name))
  const given = {
    tier,
    points,
    value,
    count,
    reason,
    matter,
    document,
    date,
    foundBy,
    changeReason,
  }
  return {
    texts: { ...BLANK_TEXTS, ...definedTexts(given) },
    factors: typedTexts(body, 'factors'),
    surcharges: typedTexts(body, 'surcharges'),
    from: cameFrom(typedText(body, 'from')),
  }
}

const BLANK_TEXTS: TypedEvent['texts'] = {
  ...{ tier: '', points: '', value: '', count: '', reason: '', matter: '', document: '' },
  ...{ date: '', foundBy: '', changeReason: '' },
}

function definedTexts(texts: Partial<Record<TextName, string | undefined>>) {
  return Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== undefined))
}

export const BLANK_EVENT: TypedEvent = {
  ...{ texts: BLANK_TEXTS, factors: [], surcharges: [], from: '' },
}

/** What the form shows of an event that is there. */
export function typedFrom(event: Event): TypedEvent {
  const { factors = [], surcharges = [], unit, indicator, rule, ...rest } = event
  const texts = Object.entries(rest).map(([name, value]) => [name, String(value)])
  return {
    ...BLANK_EVENT,
    texts: { ...BLANK_TEXTS, ...Object.fromEntries(texts) },
    factors,
    surcharges,
  }
}

/** The key that a kind of rule needs. */
export const NEEDS: Readonly<Partial<Record<Rule['kind'], 'tier' | 'points' | 'value'>>> = {
  tiers: 'tier',
  range: 'points',
  excess: 'value',
  value: 'value',
  bands: 'value',
}

/** Reads the form. Bounds are the domain's to check. @param today as 2026-11-22 */
export function readEvent(
  { unit, placed, rule }: EventPlace,
  { texts, factors, surcharges }: TypedEvent,
  today: string,
): { event: Event; faults: EventFaults } {
  const faults = new Map<string, string>()
  const needed = NEEDS[rule.kind]
  const number = (name: 'points' | 'value' | 'count') => {
    const typed = readTypedNumber(texts[name])
    if ('problem' in typed) faults.set(name, `${FIELD_LABELS[name]}${typed.problem}`)
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
    faults.set(needed, `请填写${FIELD_LABELS[needed]}。`)
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

/** What the program refused, at the fields it is about. */
export function refusedFaults(error: AppError): EventFaults {
  if (error.code === 'CHANGE_REASON_MISSING') return new Map([['changeReason', error.message]])
  if (!(error instanceof FaultyEntries)) return new Map([['', error.message]])
  return new Map(
    error.faults.map(({ path, message }) => {
      const field = /^\/events\/0\/(\w+)/.exec(path)?.[1] ?? ''
      return [
        field in FIELD_LABELS && !['unit', 'indicator', 'rule'].includes(field) ? field : '',
        message,
      ]
    }),
  )
}
