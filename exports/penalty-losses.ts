/** What the penalty items (倒扣分) cost a unit, entry by entry. */

import { isZero, negate } from '../server/domain/decimal.ts'
import { shown } from '../server/domain/methods/amounts.ts'
import type { UnitResult } from '../server/domain/result.ts'
import type { Assessment } from './assessment.ts'
import { appliedRule, eventReason, methodWords } from './entry-words.ts'
import { cappedOff, itemEntries } from './item-entries.ts'
import type { JudgedIndicator, LossFacts } from './losses.ts'

export function penaltyLosses(
  assessment: Assessment,
  result: UnitResult,
  judged: readonly JudgedIndicator[],
): LossFacts[] {
  const losses = judged.flatMap(({ indicator }) =>
    itemEntries(assessment, result, indicator).map(
      ({ recorded, worth, change, note }): LossFacts => ({
        indicator: indicator.name,
        code: indicator.code,
        way: recorded ? '台账' : '评定',
        rule: recorded ? appliedRule(recorded.rule, recorded.event) : methodWords(indicator),
        reason: recorded ? eventReason(recorded.event) : '',
        document: recorded?.event.document ?? '',
        date: recorded?.event.date ?? '',
        foundBy: recorded?.event.foundBy ?? '',
        owner: recorded?.rule.owner ?? indicator.owner ?? '',
        note,
        worth,
        cost: change,
      }),
    ),
  )
  const { penalty } = assessment.scheme
  const over = cappedOff(penalty, result)
  if (isZero(over)) return losses
  const rule = `扣分合计不超过${shown(penalty?.cap ?? 0)}分`
  return [...losses, { indicator: '扣分上限', way: '上限', rule, cost: negate(over) }]
}
