/** What one recorded fact is worth by its rule alone, before highest only, caps and floors. */

import type { Event, Unit } from './bundle.ts'
import { type Decimal, print, printExact } from './decimal.ts'
import { EntryFault } from './fault.ts'
import { prepareRule } from './methods/rule.ts'
import type { Indicator, Rule, Section } from './scheme.ts'

/** The rule of an event; undefined if the indicator is no ledger or has no such rule. */
export function findRule({ method }: Indicator, code: string): Rule | undefined {
  return method.type === 'ledger' ? method.rules.find((rule) => rule.code === code) : undefined
}

/** Whether an event of the rule raises the total: what adds in the penalty section takes off it. */
export function raisesTotal(rule: Rule, section: Section): boolean {
  return (rule.sign === 'add') !== (section === 'penalty')
}

/** An event's worth in words, such as "扣 0.5 分"; undefined if the rule cannot say. */
export function eventWorth(
  rule: Rule,
  section: Section,
  event: Event,
  unit: Unit,
): string | undefined {
  const worth = prepareRule(rule, () => {}).worth(event, unit.measures)
  if (worth instanceof EntryFault) return undefined
  return `${raisesTotal(rule, section) ? '加' : '扣'} ${amountText(worth)} 分`
}

/** An exact amount as people read it: a fraction that never ends is cut at four digits and says so. */
export function amountText(amount: Decimal): string {
  const exact = printExact(amount)
  return exact.includes('/') ? `约 ${print(amount, 4)}` : exact
}

/** Whether a text is a real day of the calendar, written as 2026-05-06. */
export function isRealDay(text: string): boolean {
  const [, year = 0, month = 0, day = 0] = (/^(\d{4})-(\d\d)-(\d\d)$/.exec(text) ?? []).map(Number)
  if (year < 1900 || month < 1 || month > 12 || day < 1) return false
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
  return day <= (days[month - 1] ?? 0)
}
