/** From awards to the total: groups, non-applicable indicators, bonus, penalty and their caps. */

import {
  add,
  type Decimal,
  divide,
  isZero,
  max,
  min,
  multiply,
  round,
  Sum,
  subtract,
  sum,
  ZERO,
} from './decimal.ts'
import type { PreparedCategory } from './prepare-bundle.ts'
import {
  isPreparedGroup,
  type PreparedGroup,
  type PreparedIndicator,
  type PreparedNode,
  type PreparedScheme,
} from './prepared-scheme.ts'

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
  /** the scores of its children, in their order */
  scores: readonly NodeScore[]
  /** whether non-applicable children were left out */
  rescaled: boolean
}

export interface Total {
  /** the scores of the dimensions, in their order */
  dimensions: readonly NodeScore[]
  /** before rounding (R2); differs from the dimensions' sum where one was left out */
  baseExact: Decimal
  base: Decimal
  bonus: Decimal
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
 * @param awardOf each indicator's rounded award; null: left out
 * @see docs/methods.md, aggregation
 */
export function aggregate(
  scheme: PreparedScheme,
  category: PreparedCategory,
  awardOf: AwardOf,
  sink: ScoreSink,
): Total {
  const { decimals } = scheme
  const dimensions = category.base.map((node) => nodeScore(node, decimals, awardOf, sink))
  const { total: dimensionSum, remaining } = plainSum(dimensions)
  const rescaled = remaining < dimensions.length
  const baseExact = rescaled
    ? divide(multiply(category.fullMarks, dimensionSum), pointsLeft(category.base, dimensions))
    : dimensionSum
  const base = rescaled ? round(baseExact, decimals) : baseExact
  const bonus = capped(itemSum(category.bonus, awardOf, sink), scheme.bonusCap, decimals)
  const penalty = capped(itemSum(category.penalty, awardOf, sink), scheme.penaltyCap, decimals)
  const raw = subtract(add(base, bonus), penalty)
  const floored = scheme.totalFloor === null ? raw : max(scheme.totalFloor, raw)
  const total = round(floored, decimals)
  return { dimensions, baseExact, base, bonus, penalty, sum: raw, total }
}

function capped(amount: Decimal, cap: Decimal | null, decimals: number): Decimal {
  return round(cap === null ? amount : min(cap, amount), decimals)
}

function itemSum(items: readonly PreparedIndicator[], awardOf: AwardOf, sink: ScoreSink): Decimal {
  let total = ZERO
  for (const item of items) {
    const award = awardOf(item)
    sink(item, { score: award, exact: award }, null)
    if (award) total = add(total, award)
  }
  return total
}

function nodeScore(
  node: PreparedNode,
  decimals: number,
  awardOf: AwardOf,
  sink: ScoreSink,
): NodeScore {
  if (!isPreparedGroup(node)) {
    const award = awardOf(node)
    const score = { score: award, exact: award }
    sink(node, score, null)
    return score
  }
  const scores = new Array<NodeScore>(node.children.length)
  for (let index = 0; index < scores.length; index += 1) {
    const child = node.children[index] as PreparedNode
    scores[index] = nodeScore(child, decimals, awardOf, sink)
  }
  const group = node.weighted
    ? weightedScore(node, scores, decimals)
    : plainScore(node, scores, decimals)
  sink(node, group, group)
  return group
}

function plainScore(
  node: PreparedGroup,
  scores: readonly NodeScore[],
  decimals: number,
): GroupScore {
  const { total, remaining } = plainSum(scores)
  const rescaled = remaining < scores.length
  if (remaining === 0) return { node, scores, rescaled, score: null, exact: null }
  if (!rescaled) return { node, scores, rescaled, score: total, exact: total }
  const exact = divide(multiply(node.points, total), pointsLeft(node.children, scores))
  return { node, scores, rescaled, score: round(exact, decimals), exact }
}

/** Sum of the scores that are not left out. */
function plainSum(scores: readonly NodeScore[]): { total: Decimal; remaining: number } {
  const total = new Sum()
  let remaining = 0
  for (let index = 0; index < scores.length; index += 1) {
    const { score } = scores[index] as NodeScore
    if (score === null) continue
    remaining += 1
    total.add(score)
  }
  return { total: total.value, remaining }
}

/** The points of the nodes that are not left out. */
function pointsLeft(nodes: readonly PreparedNode[], scores: readonly NodeScore[]): Decimal {
  return sum(nodes.filter((_, index) => scores[index]?.score).map(({ points }) => points ?? ZERO))
}

function weightedScore(
  node: PreparedGroup,
  scores: readonly NodeScore[],
  decimals: number,
): GroupScore {
  let total = ZERO
  let weights = ZERO
  let remaining = 0
  node.children.forEach((child, index) => {
    const exact = scores[index]?.exact ?? null
    if (exact === null || child.points === null) return
    remaining += 1
    total = add(total, multiply(child.weight, divide(exact, child.points)))
    weights = add(weights, child.weight)
  })
  const rescaled = remaining < scores.length
  if (remaining === 0) return { node, scores, rescaled, score: null, exact: null }
  // Zero weights on all that remains: nothing can be earned here.
  const exact = isZero(weights) ? ZERO : divide(multiply(node.points, total), weights)
  return { node, scores, rescaled, score: round(exact, decimals), exact }
}
