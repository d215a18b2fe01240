/** Points lost in a ledger of the base, event by event. */

import {
  type Decimal,
  isZero,
  negate,
  parseExact,
  printExact,
  sign,
  subtract,
  sum,
} from '../server/domain/decimal.ts'
import type { IndicatorExplanation } from '../server/domain/explanation.ts'
import type { Indicator } from '../server/domain/scheme.ts'
import type { Assessment } from './assessment.ts'
import { appliedRule, eventReason, fateWords, ruleOf } from './entry-words.ts'
import type { LossFacts } from './losses.ts'

/**
 * One row for each event that deducts, and one for what the rest of the ledger leaves: a start below full
 * marks, or additions that make up for deductions.
 */
export function ledgerLosses(
  assessment: Assessment,
  indicator: Indicator,
  explained: IndicatorExplanation,
  points: Decimal,
): LossFacts[] {
  const losses = explained.entries.flatMap((entry): LossFacts[] => {
    const event = assessment.bundle.events?.[entry.position]
    const rule = event && ruleOf(indicator, event)
    if (!event || rule?.sign !== 'deduct') return []
    const worth = parseExact(entry.worth)
    const cost = negate(parseExact(entry.change ?? '0'))
    if (isZero(worth) && isZero(cost)) return []
    return [
      {
        indicator: indicator.name,
        way: '台账',
        rule: appliedRule(rule, event),
        reason: eventReason(event),
        document: event.document ?? '',
        date: event.date ?? '',
        foundBy: event.foundBy ?? '',
        owner: rule.owner ?? indicator.owner ?? '',
        note: fateWords(assessment, indicator, rule, entry),
        worth,
        cost,
      },
    ]
  })
  const before = explained.steps.filter(({ kind }) => kind !== 'rounding').at(-1)
  const lost = subtract(points, parseExact(before?.after ?? '0'))
  const rest = subtract(lost, sum(losses.map(({ cost }) => cost)))
  if (isZero(rest)) return losses
  const start = explained.steps.find(({ kind }) => kind === 'start')?.change ?? '0'
  const full = printExact(points)
  return [
    ...losses,
    {
      indicator: indicator.name,
      way: '台账',
      rule: sign(rest) > 0 ? '未加满' : '加分冲抵',
      reason: `起评${start}分，满分${full}分，加分和上下限合计影响`,
      cost: rest,
    },
  ]
}
