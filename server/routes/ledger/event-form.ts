/** The form of a recorded fact: the fields that its rule needs, and what was typed into them. */

import type { Event, Unit } from '../../domain/bundle.ts'
import { isRealDay } from '../../domain/event-worth.ts'
import { shown } from '../../domain/methods/amounts.ts'
import { ruleSentence } from '../../domain/methods/ledger-sentence.ts'
import type { PlacedIndicator } from '../../domain/placed-indicators.ts'
import type { Rule } from '../../domain/scheme.ts'
import { readTypedNumber } from '../../domain/typed-number.ts'
import { type AppError, FaultyEntries } from '../../errors.ts'
import {
  type Choices,
  errorSummary,
  selectField,
  textField,
  typedText,
  typedTexts,
} from '../../form.ts'
import { FOUND_BY } from './filter.ts'

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

const TEXTS = [
  ...(['tier', 'points', 'value', 'count', 'reason', 'matter', 'document'] as const),
  ...(['date', 'foundBy', 'changeReason'] as const),
]
type TextName = (typeof TEXTS)[number]

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
  }
}

const BLANK_TEXTS: TypedEvent['texts'] = {
  ...{ tier: '', points: '', value: '', count: '', reason: '', matter: '', document: '' },
  ...{ date: '', foundBy: '', changeReason: '' },
}

function definedTexts(texts: Partial<Record<TextName, string | undefined>>) {
  return Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== undefined))
}

export const BLANK_EVENT: TypedEvent = { texts: BLANK_TEXTS, factors: [], surcharges: [] }

/** What the form shows of an event that is there. */
export function typedFrom(event: Event): TypedEvent {
  const { factors = [], surcharges = [], unit, indicator, rule, ...rest } = event
  const texts = Object.entries(rest).map(([name, value]) => [name, String(value)])
  return { texts: { ...BLANK_TEXTS, ...Object.fromEntries(texts) }, factors, surcharges }
}

/** The key that a kind of rule needs. */
const NEEDS: Readonly<Partial<Record<Rule['kind'], 'tier' | 'points' | 'value'>>> = {
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

/** The fields of a fact by what its rule needs, each with its fault. */
export function eventForm(
  { rule, placed }: EventPlace,
  { texts, factors, surcharges }: TypedEvent,
  faults: EventFaults,
  correcting: boolean,
) {
  const error = (name: string) => faults.get(name) ?? null
  const field = (
    name: TextName,
    hint: string | null,
    more: { required?: boolean; type?: string } = {},
  ) =>
    textField(name, FIELD_LABELS[name], { value: texts[name], hint, error: error(name), ...more })
  const needed = NEEDS[rule.kind]
  const sources: string[] = [...FOUND_BY]
  if (texts.foundBy !== '' && !sources.includes(texts.foundBy)) sources.push(texts.foundBy)
  const fields = {
    tier: rule.kind === 'tiers' ? tierField(rule.tiers, texts.tier, error('tier')) : null,
    points:
      rule.kind === 'range'
        ? field('points', `在 ${shown(rule.min)} 到 ${shown(rule.max)} 之间酌情给分`, {
            required: true,
          })
        : null,
    value: needed === 'value' ? field('value', valueHint(rule), { required: true }) : null,
    count: field('count', '同样的事实有几次（人、件）；只有一次可以不填'),
    factors: choices('factors', rule.factors, factors, error('factors'), (x) => `按 ${x} 倍`),
    surcharges: choices(
      'surcharges',
      rule.surcharges,
      surcharges,
      error('surcharges'),
      (x) => `另计 ${x} 分`,
    ),
    reason: field('reason', '单位会原样看到', { required: true }),
    document: field('document', '依据的文件，如 机工〔2026〕3号'),
    // A browser's date field would swallow what is no day.
    date: field('date', '事实发生或通报的日期', {
      type: texts.date === '' || isRealDay(texts.date) ? 'date' : 'text',
    }),
    foundBy: selectField(
      'foundBy',
      FIELD_LABELS.foundBy,
      [['', '未注明'], ...sources.map((each): [string, string] => [each, each])],
      { value: texts.foundBy, error: error('foundBy') },
    ),
    matter: field(
      'matter',
      '同一件事多处记录时填同样的名称，只按最重（最高）的一次计（就高不重复）',
    ),
    changeReason: correcting
      ? field('changeReason', '为什么更正；原来的记录会保留并划去', { required: true })
      : null,
  }
  const whole = faults.get('')
  return {
    fields,
    sentence: ruleSentence(rule, placed.section),
    errors: [
      ...errorSummary(Object.values(fields).filter((each) => each !== null)),
      ...(whole === undefined ? [] : [{ href: '#event-form', message: whole }]),
    ],
  }
}

function tierField(
  tiers: Readonly<Record<string, string | number>>,
  value: string,
  error: string | null,
) {
  const options = Object.entries(tiers).map(([name, points]): [string, string] => [
    name,
    `${name}（${shown(points)} 分）`,
  ])
  if (value !== '' && !Object.hasOwn(tiers, value)) options.push([value, value])
  const more = { value, error, required: true }
  return selectField('tier', FIELD_LABELS.tier, [['', '请选择'], ...options], more)
}

function valueHint(rule: Rule): string | null {
  if (rule.kind === 'excess') {
    return `${rule.direction === 'above' ? '高于' : '低于'} ${shown(rule.threshold)} 的部分计分，填实际数值`
  }
  return rule.kind === 'value'
    ? `按所填数值的 ${shown(rule.factor)} 倍计分`
    : '按数值所在的分段计分'
}

function choices(
  name: 'factors' | 'surcharges',
  given: Readonly<Record<string, string | number>> | undefined,
  chosen: readonly string[],
  error: string | null,
  hint: (amount: string) => string,
): Choices | null {
  const all = Object.entries(given ?? {})
  if (all.length === 0) return null
  const options = all.map(([value, amount]) => ({
    ...{ value, label: value, hint: hint(shown(amount)), checked: chosen.includes(value) },
  }))
  return { name, label: FIELD_LABELS[name], type: 'checkbox', hint: null, error, choices: options }
}
