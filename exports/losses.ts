/** Every lost point of a unit as a row that says which rule cost it and why (扣分明细). */

import {
  type Decimal,
  isZero,
  ONE,
  parseExact,
  round,
  subtract,
  sum,
} from '../server/domain/decimal.ts'
import type { UnitResult } from '../server/domain/result.ts'
import { type Indicator, indicatorsOf } from '../server/domain/scheme.ts'
import { type Assessment, fullMarks } from './assessment.ts'
import { baseLosses } from './base-losses.ts'
import { penaltyLosses } from './penalty-losses.ts'

export interface Loss {
  unit: string
  category: string
  /** what it lowers: the base (基础分), or the total through the penalty (扣分) */
  section: 'base' | 'penalty'
  /** name of the indicator, or what stands in its place */
  indicator: string
  /** its code; '' for what is no indicator, such as rounding */
  code: string
  /** how it was found: 台账, 打分, 数值, 测评, 未评, … */
  way: string
  rule: string
  reason: string
  document: string
  date: string
  foundBy: string
  owner: string
  /** why it is not counted, or not in full */
  note: string
  /** by the rule alone, in the indicator's own points; null where there is no such amount */
  worth: Decimal | null
  /** what it cost in the end, at most six digits */
  cost: Decimal
}

/** What a loss says of itself; the rest is blank. */
export type LossFacts = Pick<Loss, 'indicator' | 'way' | 'cost'> & Partial<Loss>

export type Section = Loss['section']

/** An indicator as it was judged for one unit. */
export interface JudgedIndicator {
  indicator: Indicator
  /** points of the base per point of the indicator */
  share: Decimal
}

/**
 * All losses of one unit, in the order of the tree: those of the base add up to full marks minus base,
 * those of the penalty to the penalty, exactly, each closed by a row for rounding where there is any.
 */
export function lossesOf(assessment: Assessment, result: UnitResult): Loss[] {
  const { scheme } = assessment
  const { share, forfeited } = assessment.evaluation.shares(result.unit)
  const judged = (section: Section): JudgedIndicator[] =>
    [...indicatorsOf(scheme)].flatMap((each) =>
      each.section === section && typeof result.scores[each.indicator.code] === 'string'
        ? [{ indicator: each.indicator, share: share.get(each.indicator.code) ?? ONE }]
        : [],
    )
  const whole = forfeited.map(({ group, cost }): LossFacts => {
    const rule = '剩余指标的权重合计为零，本组不得分'
    return { indicator: group.name, code: group.code, way: '折算', rule, cost }
  })
  const lost = subtract(fullMarks(scheme, result.category), parseExact(result.base))
  return [
    ...closed(result, 'base', [...baseLosses(assessment, result, judged('base')), ...whole], lost),
    ...closed(
      result,
      'penalty',
      penaltyLosses(assessment, result, judged('penalty')),
      parseExact(result.penalty),
    ),
  ]
}

function closed(
  { unit, category }: UnitResult,
  section: Section,
  facts: readonly LossFacts[],
  lost: Decimal,
): Loss[] {
  const losses = facts.map(
    (fact): Loss => ({ ...blank(unit, category, section), ...fact, cost: round(fact.cost, 6) }),
  )
  const rest = subtract(lost, sum(losses.map(({ cost }) => cost)))
  if (isZero(rest)) return losses
  const rounding = {
    indicator: '四舍五入',
    way: '取整',
    cost: rest,
    rule: '得分、折算按规定位数四舍五入',
  }
  return [...losses, { ...blank(unit, category, section), ...rounding }]
}

function blank(
  unit: string,
  category: string,
  section: Section,
): Omit<Loss, 'indicator' | 'way' | 'cost'> {
  const text = {
    code: '',
    rule: '',
    reason: '',
    document: '',
    date: '',
    foundBy: '',
    owner: '',
    note: '',
  }
  return { unit, category, section, worth: null, ...text }
}
