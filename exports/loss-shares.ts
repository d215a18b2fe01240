/** How much of the total one point of each indicator is: weights and non-applicable indicators change it. */

import { type Decimal, divide, isZero, multiply, ONE, sum, ZERO } from '../server/domain/decimal.ts'
import { amountOf } from '../server/domain/methods/amounts.ts'
import type { UnitResult } from '../server/domain/result.ts'
import { type Group, isGroup, type Node, type Scheme } from '../server/domain/scheme.ts'

export interface LossShares {
  /** points of the base per point of the indicator, exact; only for indicators that count */
  share: ReadonlyMap<string, Decimal>
  /** groups whose remaining weights are all zero, so that nothing can be earned there, with what that costs */
  forfeited: readonly { group: Group; cost: Decimal }[]
}

/**
 * Points lost in an indicator, times its share, is what they cost the base: with all shares the losses of
 * a unit add up to full marks minus base, apart from rounding.
 */
export function lossShares(scheme: Scheme, { scores }: UnitResult): LossShares {
  const share = new Map<string, Decimal>()
  const forfeited: { group: Group; cost: Decimal }[] = []
  // A node that does not exist for the unit has no score, one that is left out has null.
  const existing = (nodes: readonly Node[]) => nodes.filter(({ code }) => code in scores)
  const counting = (nodes: readonly Node[]) =>
    existing(nodes).filter(({ code }) => scores[code] !== null)

  const walk = (node: Node, worth: Decimal): void => {
    if (!isGroup(node)) {
      share.set(node.code, worth)
      return
    }
    const left = counting(node.children)
    if (node.weighted) {
      const weights = sum(left.map(({ weight }) => amountOf(weight ?? 0)))
      const all = multiply(worth, amountOf(node.points))
      if (isZero(weights) && left.length > 0) forfeited.push({ group: node, cost: all })
      for (const child of left) {
        const part = isZero(weights) ? ZERO : divide(amountOf(child.weight ?? 0), weights)
        walk(child, divide(multiply(all, part), pointsOf(child)))
      }
      return
    }
    const whole = left.length === existing(node.children).length
    const stretch = whole ? ONE : divide(amountOf(node.points), sum(left.map(pointsOf)))
    for (const child of left) walk(child, multiply(worth, stretch))
  }

  const dimensions = existing(scheme.base)
  const left = counting(scheme.base)
  const stretch =
    left.length === dimensions.length
      ? ONE
      : divide(sum(dimensions.map(pointsOf)), sum(left.map(pointsOf)))
  for (const dimension of left) walk(dimension, stretch)
  return { share, forfeited }
}

function pointsOf(node: Node): Decimal {
  return amountOf(node.points ?? 0)
}
