/** Reading the numbers of a method's parameters once their shape is known to be sound. */

import { type Decimal, multiply, parseDecimal, parsePercent, printExact, ZERO } from '../decimal.ts'
import type { Amount } from '../scheme.ts'

/** A decimal that has passed its shape check. @throws {RangeError} if it has not */
export function amountOf(input: Amount): Decimal {
  const value = parseDecimal(input)
  if (!value) throw new RangeError(`not a decimal: ${JSON.stringify(input)}`)
  return value
}

/** A percentage that has passed its shape check, as a fraction. @throws {RangeError} if it has not */
export function shareOf(input: string): Decimal {
  const value = parsePercent(input)
  if (!value) throw new RangeError(`not a percentage: ${JSON.stringify(input)}`)
  return value
}

/** A share of the points, or points as they stand; neither counts nothing. */
export function shareOrPoints(
  given: { share?: string; points?: Amount },
  points: Decimal,
): Decimal {
  if (given.share !== undefined) return multiply(points, shareOf(given.share))
  return given.points === undefined ? ZERO : amountOf(given.points)
}

/** Points or a percentage of the indicator's points. */
export function pointsOrShareOf(input: Amount, points: Decimal): Decimal {
  const share = parsePercent(input)
  return share ? multiply(points, share) : amountOf(input)
}

/** Amounts by name. */
export function named(amounts: Record<string, Amount> | undefined): ReadonlyMap<string, Decimal> {
  return new Map(Object.entries(amounts ?? {}).map(([name, value]) => [name, amountOf(value)]))
}

/** A share of the points in words: "满分", "满分的85%". */
export function shareText(share: string): string {
  const part = shown(share)
  return part === '100%' ? '满分' : `满分的${part}`
}

/** An amount as a sentence shows it: "0.50" and 0.5 both as "0.5". */
export function shown(input: Amount): string {
  const share = parsePercent(input)
  return share ? `${printExact(multiply(share, { n: 100, d: 1 }))}%` : printExact(amountOf(input))
}
