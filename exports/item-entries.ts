/** Bonus and penalty items entry by entry: both are added up the same way, only their words differ. */

import type { Event } from '../server/domain/bundle.ts'
import {
  compare,
  type Decimal,
  isZero,
  negate,
  parseExact,
  subtract,
  sum,
} from '../server/domain/decimal.ts'
import { amountOf } from '../server/domain/methods/amounts.ts'
import type { UnitResult } from '../server/domain/result.ts'
import type { Extra, Indicator, Rule } from '../server/domain/scheme.ts'
import type { Assessment } from './assessment.ts'
import { fateWords, ruleOf } from './entry-words.ts'

export interface ItemEntry {
  indicator: Indicator
  /** with its rule, for an entry of a ledger; without: the item's start, or its award by another method */
  recorded?: { event: Event; rule: Rule }
  /** signed, in the item's points; null where the rule alone gives no amount */
  worth: Decimal | null
  /** what it adds to the item's award, signed */
  change: Decimal
  note: string
}

/** All entries of an item for one unit; their changes add up to its award before rounding. */
export function itemEntries(
  assessment: Assessment,
  result: UnitResult,
  indicator: Indicator,
): ItemEntry[] {
  const explained = assessment
    .explain(result.unit)
    .indicators.find((each) => each.indicator === indicator.code)
  if (!explained || explained.award === null) return []
  const award = parseExact(explained.award)
  if (indicator.method.type !== 'ledger') {
    return isZero(award) ? [] : [{ indicator, worth: award, change: award, note: '' }]
  }
  const entries = explained.entries.flatMap((entry): ItemEntry[] => {
    const event = assessment.bundle.events?.[entry.position]
    const rule = event && ruleOf(indicator, event)
    if (!event || !rule) return []
    const size = parseExact(entry.worth)
    const change = parseExact(entry.change ?? '0')
    const worth = rule.sign === 'deduct' ? negate(size) : size
    const note = fateWords(assessment, indicator, rule, entry)
    return [{ indicator, recorded: { event, rule }, worth, change, note }]
  })
  const before = explained.steps.filter(({ kind }) => kind !== 'rounding').at(-1)
  const exact = parseExact(before?.after ?? '0')
  const rest = subtract(exact, sum(entries.map(({ change }) => change)))
  if (isZero(rest)) return entries
  return [...entries, { indicator, worth: null, change: rest, note: '起评分和上下限' }]
}

/** What the section's cap takes off the sum of its items; zero if it does not bind. */
export function cappedOff(extra: Extra | null | undefined, { scores }: UnitResult): Decimal {
  const awards = (extra?.items ?? []).map(({ code }) => parseExact(scores[code] ?? '0'))
  const all = sum(awards)
  const limit = extra?.cap ?? null
  if (limit === null) return subtract(all, all)
  const cap = amountOf(limit)
  return compare(all, cap) > 0 ? subtract(all, cap) : subtract(all, all)
}
