/** From awards to the total: groups, non-applicable indicators, bonus, penalty and their caps. */

import {
  add,
  type Decimal,
  divide,
  equals,
  max,
  min,
  multiply,
  round,
  subtract,
  sum,
  ZERO,
} from './decimal.ts'
import {
  existsFor,
  isPreparedGroup,
  type PreparedGroup,
  type PreparedIndicator,
  type PreparedNode,
  type PreparedScheme,
} from './prepare-scheme.ts'

/** What a node comes to. Both null: it is left out as not applicable. */
export interface NodeScore {
  /** as the result prints it */
  score: Decimal | null
  /** what it passes to a weighted group: unrounded for a group, the award for an indicator */
  exact: Decimal | null
}

/** A group's score with the numbers on the way to it. */
export interface GroupScore extends NodeScore {
  node: PreparedGroup
  /** the children that exist for the unit */
  children: { node: PreparedNode; score: NodeScore }[]
  /** sum of the children's scores, for a group that is not weighted */
  sum: Decimal
  /** whether non-applicable children were left out */
  rescaled: boolean
}

export interface Total {
  dimensions: { node: PreparedNode; score: NodeScore }[]
  /** sum of the dimensions before a rescale */
  dimensionSum: Decimal
  /** whether a dimension was left out and the base rescaled */
  rescaled: boolean
  /** before rounding (R2) */
  baseExact: Decimal
  base: Decimal
  bonusSum: Decimal
  bonus: Decimal
  penaltySum: Decimal
  penalty: Decimal
  /** base + bonus − penalty before the floor */
  sum: Decimal
  /** after the floor, rounded; before vetoes */
  total: Decimal
}

export type AwardOf = (indicator: PreparedIndicator) => Decimal | null

/** Takes every node's score as it becomes known: children before their group. */
export type ScoreSink = (node: PreparedNode, score: NodeScore, group: GroupScore | null) => void

/**
 * Adds a unit's awards up to its total.
 *
 * @param fullMarks of the unit's category, in points
 * @param awardOf each indicator's rounded award; null: left out
 * @see docs/methods.md, aggregation
 */
export function aggregate(
  scheme: PreparedScheme,
  category: string,
  fullMarks: Decimal,
  awardOf: AwardOf,
  sink: ScoreSink,
): Total {
  const dimensions = scored(scheme.base, category, scheme, awardOf, sink)
  const present = dimensions.filter(({ score }) => score.score !== null)
  const dimensionSum = sum(present.map(({ score }) => score.score ?? ZERO))
  const rescaled = present.length < dimensions.length
  const remaining = sum(present.map(({ node }) => node.points ?? ZERO))
  const baseExact = rescaled ? divide(multiply(fullMarks, dimensionSum), remaining) : dimensionSum
  const base = rescaled ? round(baseExact, scheme.decimals) : baseExact
  const bonusSum = itemSum(scheme.bonus, category, awardOf, sink)
  const penaltySum = itemSum(scheme.penalty, category, awardOf, sink)
  const bonus = capped(bonusSum, scheme.bonusCap, scheme.decimals)
  const penalty = capped(penaltySum, scheme.penaltyCap, scheme.decimals)
  const raw = subtract(add(base, bonus), penalty)
  const floored = scheme.totalFloor === null ? raw : max(scheme.totalFloor, raw)
  const total = round(floored, scheme.decimals)
  return {
    dimensions,
    dimensionSum,
    rescaled,
    baseExact,
    base,
    bonusSum,
    bonus,
    penaltySum,
    penalty,
    sum: raw,
    total,
  }
}

function capped(amount: Decimal, cap: Decimal | null, decimals: number): Decimal {
  return round(cap === null ? amount : min(cap, amount), decimals)
}

function itemSum(
  items: readonly PreparedIndicator[],
  category: string,
  awardOf: AwardOf,
  sink: ScoreSink,
): Decimal {
  let total = ZERO
  for (const item of items) {
    if (!existsFor(item, category)) continue
    const award = awardOf(item)
    sink(item, { score: award, exact: award }, null)
    if (award) total = add(total, award)
  }
  return total
}

function scored(
  nodes: readonly PreparedNode[],
  category: string,
  scheme: PreparedScheme,
  awardOf: AwardOf,
  sink: ScoreSink,
): { node: PreparedNode; score: NodeScore }[] {
  const found: { node: PreparedNode; score: NodeScore }[] = []
  for (const node of nodes) {
    if (!existsFor(node, category)) continue
    if (isPreparedGroup(node)) {
      const children = scored(node.children, category, scheme, awardOf, sink)
      const score = groupScore(node, children, scheme.decimals)
      sink(node, score, score)
      found.push({ node, score })
    } else {
      const award = awardOf(node)
      const score = { score: award, exact: award }
      sink(node, score, null)
      found.push({ node, score })
    }
  }
  return found
}

function groupScore(
  node: PreparedGroup,
  children: { node: PreparedNode; score: NodeScore }[],
  decimals: number,
): GroupScore {
  let weighted = ZERO
  let weights = ZERO
  let total = ZERO
  let points = ZERO
  let remaining = 0
  for (const { node: child, score } of children) {
    if (score.score === null || score.exact === null) continue
    remaining += 1
    const childPoints = child.points ?? ZERO
    if (node.weighted) {
      weighted = add(weighted, multiply(child.weight, divide(score.exact, childPoints)))
      weights = add(weights, child.weight)
    } else {
      total = add(total, score.score)
      points = add(points, childPoints)
    }
  }
  const rescaled = remaining < children.length
  const common = { node, children, sum: total, rescaled }
  if (remaining === 0) return { ...common, score: null, exact: null }
  if (node.weighted) {
    // Zero weights on all that remains: nothing can be earned here.
    const exact = equals(weights, ZERO) ? ZERO : divide(multiply(node.points, weighted), weights)
    return { ...common, score: round(exact, decimals), exact }
  }
  if (!rescaled) return { ...common, score: total, exact: total }
  const exact = divide(multiply(node.points, total), points)
  return { ...common, score: round(exact, decimals), exact }
}
