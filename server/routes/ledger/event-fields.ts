/** The fields of a recorded fact, those that its rule needs, each with its fault. */

import { isRealDay } from '../../domain/event-worth.ts'
import { shown } from '../../domain/methods/amounts.ts'
import { ruleSentence } from '../../domain/methods/ledger-sentence.ts'
import type { Rule } from '../../domain/scheme.ts'
import {
  EVENT_LABELS,
  type EventFaults,
  type EventPlace,
  FOUND_BY,
  NEEDS,
  type TextName,
  type TypedEvent,
} from '../../domain/typed-event.ts'
import { type Choices, errorSummary, selectField, textField } from '../../form.ts'

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
    textField(name, EVENT_LABELS[name], { value: texts[name], hint, error: error(name), ...more })
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
      EVENT_LABELS.foundBy,
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
  return selectField('tier', EVENT_LABELS.tier, [['', '请选择'], ...options], more)
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
  return { name, label: EVENT_LABELS[name], type: 'checkbox', hint: null, error, choices: options }
}
