/** Lists of conditions on a value, read in order: the first that holds gives the points. */

import { compare, type Decimal, printExact } from '../decimal.ts'
import type { Report } from '../fault.ts'
import { pointer } from '../fault.ts'
import type { Amount, Threshold } from '../scheme.ts'
import {
  amount,
  type Check,
  type Fields,
  listOf,
  may,
  must,
  object,
  share,
  text,
} from '../shape.ts'
import { amountOf, shareOrPoints, shareText, shown } from './amounts.ts'

const CONDITIONS = [
  { key: 'atLeast', sign: '≥', holds: (order: number) => order >= 0 },
  { key: 'above', sign: '>', holds: (order: number) => order > 0 },
  { key: 'atMost', sign: '≤', holds: (order: number) => order <= 0 },
  { key: 'below', sign: '<', holds: (order: number) => order < 0 },
] as const

export interface PreparedThreshold {
  /** the condition in words, such as "≥90" */
  condition: string
  holds(value: Decimal): boolean
  points: Decimal
  rateOf: readonly string[] | undefined
}

const conditionFields: Fields = {
  atLeast: may(amount),
  above: may(amount),
  atMost: may(amount),
  below: may(amount),
}

const earnedFields: Fields = { points: may(amount), share: may(share) }

/** Steps that give a share of the points or points. */
export const stepsShape: Check = listOf(object({ ...conditionFields, ...earnedFields }), 1)

/** Steps of a survey: each may look at a rate of its own. */
export const surveyStepsShape: Check = listOf(
  object({ ...conditionFields, ...earnedFields, rateOf: may(listOf(text, 1)) }),
  1,
)

/** Steps of a ledger rule: points only. */
export const bandsShape: Check = listOf(object({ ...conditionFields, points: must(amount) }), 1)

/** Reads steps; reports a step without exactly one condition or exactly one of share and points. */
export function prepareThresholds(
  steps: readonly Threshold[],
  points: Decimal,
  report: Report,
): PreparedThreshold[] {
  return steps.flatMap((step, index) => {
    const conditions = CONDITIONS.filter(({ key }) => step[key] !== undefined)
    const [condition] = conditions
    if (!condition || conditions.length > 1) {
      const words = CONDITIONS.map(({ key }) => key).join('、')
      report(pointer(index), 'CONDITION_COUNT', `第 ${index + 1} 档应恰好有一个条件(${words})。`)
      return []
    }
    if ((step.share === undefined) === (step.points === undefined)) {
      report(
        pointer(index),
        'CONDITION_COUNT',
        `第 ${index + 1} 档的 share 与 points 应恰好写一个。`,
      )
      return []
    }
    const bound = amountOf(step[condition.key] as Amount)
    return {
      condition: `${condition.sign}${printExact(bound)}`,
      holds: (value: Decimal) => condition.holds(compare(value, bound)),
      points: shareOrPoints(step, points),
      rateOf: step.rateOf,
    }
  })
}

/** The steps in words: "≥90得满分，≥80得满分的80%，其余不得分". */
export function thresholdsSentence(
  steps: readonly Threshold[],
  verb: string,
  rest: string,
): string {
  const parts = steps.map((step) => {
    const condition = CONDITIONS.find(({ key }) => step[key] !== undefined)
    const bound = condition ? `${condition.sign}${shown(step[condition.key] as Amount)}` : ''
    const rate = step.rateOf ? `${step.rateOf.join('、')}占比` : ''
    const earned = step.share === undefined ? `${shown(step.points ?? 0)}分` : shareText(step.share)
    return `${rate}${bound}${verb}${earned}`
  })
  return [...parts, rest].join('，')
}
