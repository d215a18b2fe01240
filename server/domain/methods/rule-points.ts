/** What one event is worth by the kind of its rule: fixed, by tier, discretionary, by how far a value goes. */

import {
  ceil,
  compare,
  type Decimal,
  divide,
  floor,
  multiply,
  parseDecimal,
  printExact,
  sign,
  subtract,
  ZERO,
} from '../decimal.ts'
import type { ReadableEvent } from '../event-keys.ts'
import { EntryFault, type Report } from '../fault.ts'
import type { Rule } from '../scheme.ts'
import { printed } from '../shape.ts'
import { amountOf, named } from './amounts.ts'
import { prepareThresholds } from './thresholds.ts'

/** The points of one event by its rule's kind, before count, factors and size; or what is wrong with it. */
export type PointsOfOne = (event: ReadableEvent) => Decimal | EntryFault

/** Reads what a rule's kind needs; reports what is wrong with it at paths below the rule. */
export function pointsOfOne(rule: Rule, report: Report): PointsOfOne {
  switch (rule.kind) {
    case 'count': {
      const points = amountOf(rule.points)
      return () => points
    }
    case 'tiers': {
      const tiers = named(rule.tiers)
      return ({ tier = '' }) =>
        tiers.get(tier) ??
        new EntryFault(
          'UNKNOWN_TIER',
          `的情形应是${quoted([...tiers.keys()])}之一,您填了「${tier}」。`,
          'tier',
        )
    }
    case 'range':
      return discretion(rule, report)
    case 'excess':
      return excess(rule, report)
    case 'value': {
      const factor = amountOf(rule.factor)
      return (event) => withValue(event, (value) => multiply(factor, value))
    }
    case 'bands': {
      const bands = prepareThresholds(rule.steps, ZERO, (path, code, message) =>
        report(`/steps${path}`, code, `的规则「${rule.name}」${message}`),
      )
      return (event) =>
        withValue(event, (value) => bands.find((band) => band.holds(value))?.points ?? ZERO)
    }
  }
}

function discretion(rule: Rule & { kind: 'range' }, report: Report): PointsOfOne {
  const [low, high] = [amountOf(rule.min), amountOf(rule.max)]
  if (compare(low, high) > 0)
    report('/min', 'OUT_OF_RANGE', `的规则「${rule.name}」min 不能大于 max。`)
  return (event) => {
    const points = parseDecimal(event.points)
    if (!points) {
      return new EntryFault(
        'NOT_A_NUMBER',
        `的酌情分应是一个数,您填了 ${printed(event.points)}。`,
        'points',
      )
    }
    if (compare(points, low) < 0 || compare(points, high) > 0) {
      const range = `的酌情分应在 ${printExact(low)} 到 ${printExact(high)} 之间,您填了 ${printExact(points)}。`
      return new EntryFault('OUT_OF_RANGE', range, 'points')
    }
    return points
  }
}

function excess(rule: Rule & { kind: 'excess' }, report: Report): PointsOfOne {
  const [threshold, per, points] = [
    amountOf(rule.threshold),
    amountOf(rule.per),
    amountOf(rule.points),
  ]
  if (sign(per) <= 0) {
    report('/per', 'PER_NOT_POSITIVE', `的规则「${rule.name}」的单位量(per)应大于 0。`)
    return () => ZERO
  }
  const whole = { exact: (u: Decimal) => u, full: floor, started: ceil }[rule.partial ?? 'exact']
  return (event) =>
    withValue(event, (value) => {
      const beyond =
        rule.direction === 'above' ? subtract(value, threshold) : subtract(threshold, value)
      return sign(beyond) <= 0 ? ZERO : multiply(whole(divide(beyond, per)), points)
    })
}

function withValue(
  event: ReadableEvent,
  points: (value: Decimal) => Decimal,
): Decimal | EntryFault {
  const value = parseDecimal(event.value)
  if (value) return points(value)
  return new EntryFault(
    'NOT_A_NUMBER',
    `的数值应是一个数,您填了 ${printed(event.value)}。`,
    'value',
  )
}

function quoted(names: readonly string[]): string {
  return names.map((name) => `「${name}」`).join('、')
}
