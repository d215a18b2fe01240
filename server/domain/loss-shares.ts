/** How much of the total one point of each indicator is: weights and non-applicable indicators change it. */

import { type Decimal, divide, isZero, multiply, ONE, sum, ZERO } from './decimal.ts'
import type { PreparedCategory } from './prepare-bundle.ts'
import { isPreparedGroup, type PreparedGroup, type PreparedNode } from './prepared-scheme.ts'
import type { UnitResult } from './result.ts'

export interface LossShares {
  /** points of the base per point of the indicator, exact; only for indicators that count */
  share: ReadonlyMap<string, Decimal>
  /** groups whose remaining weights are all zero, so that nothing can be earned there, with what that costs */
  forfeited: readonly { group: Pick<PreparedGroup, 'code' | 'name'>; cost: Decimal }[]
  /**
   * one for each score that is divided and so rounded once more (weighted groups, what is rescaled): how
   * much of the base a point there is
   */
  divided: readonly Decimal[]
}

/**
 * Points lost in an indicator, times its share, is what they cost the base: with all shares the losses of
 * a unit add up to full marks minus base, apart from rounding.
 *
 * @param scores the unit's printed scores; what is left out has null
 */
export function lossShares(
  { base, fullMarks }: PreparedCategory,
  { scores }: Pick<UnitResult, 'scores'>,
): LossShares {
  const share = new Map<string, Decimal>()
  const forfeited: { group: PreparedGroup; cost: Decimal }[] = []
  const divided: Decimal[] = []
  const counting = (nodes: readonly PreparedNode[]) =>
    nodes.filter(({ code }) => scores[code] !== null)

  const walk = (node: PreparedNode, worth: Decimal): void => {
    if (!isPreparedGroup(node)) {
      share.set(node.code, worth)
      return
    }
    const left = counting(node.children)
    const whole = left.length === node.children.length
    if (node.weighted || !whole) divided.push(worth)
    if (node.weighted) {
      const weights = sum(left.map(({ weight }) => weight))
      const all = multiply(worth, node.points)
      if (isZero(weights) && left.length > 0) forfeited.push({ group: node, cost: all })
      for (const child of left) {
        const part = isZero(weights) ? ZERO : divide(child.weight, weights)
        walk(child, divide(multiply(all, part), pointsOf(child)))
      }
      return
    }
    const stretch = whole ? ONE : divide(node.points, sum(left.map(pointsOf)))
    for (const child of left) walk(child, multiply(worth, stretch))
  }

  const left = counting(base)
  const whole = left.length === base.length
  if (!whole) divided.push(ONE)
  const stretch = whole ? ONE : divide(fullMarks, sum(left.map(pointsOf)))
  for (const dimension of left) walk(dimension, stretch)
  return { share, forfeited, divided }
}

function pointsOf({ points }: PreparedNode): Decimal {
  return points ?? ZERO
}
