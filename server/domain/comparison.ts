/** How a unit stands within its category: the quartiles and the best, without names. */

import {
  add,
  compare,
  type Decimal,
  divide,
  multiply,
  parseExact,
  subtract,
  whole,
  ZERO,
} from './decimal.ts'
import type { Result, UnitResult } from './result.ts'

/** With fewer units a median or a best would as good as name somebody. */
export const FEWEST_COMPARED = 5

export interface Comparison {
  /** the quartiles (四分位数) from the lowest value up, as `quantile` defines them */
  lower: Decimal
  median: Decimal
  upper: Decimal
  best: Decimal
  /** how many units are compared */
  units: number
}

/** One printed score of a unit; null or undefined where it has none. */
export type ScoreOf = (unit: UnitResult) => string | null | undefined

/**
 * Compares the units of one category that have a result, that is the complete ones.
 *
 * @returns for a score its quartiles and best among those that have it; null where fewer than
 *   FEWEST_COMPARED have it. `lower` says that less is better, as in penalties
 */
export function categoryComparison(
  { units }: Result,
  category: string,
): (score: ScoreOf, better?: 'higher' | 'lower') => Comparison | null {
  const peers = units.filter((unit) => unit.category === category && unit.complete)
  return (score, better = 'higher') => {
    const values = peers
      .flatMap((unit) => {
        const printed = score(unit)
        return printed === null || printed === undefined ? [] : [parseExact(printed)]
      })
      .sort(compare)
    const best = better === 'higher' ? values.at(-1) : values[0]
    if (values.length < FEWEST_COMPARED || !best) return null
    return {
      lower: quantile(values, 1),
      median: quantile(values, 2),
      upper: quantile(values, 3),
      best,
      units: values.length,
    }
  }
}

/** Where a score lies among those it is compared with: at or past a quartile on the better side, or before it. */
export type Standing = 'first-quarter' | 'above-median' | 'below-median' | 'last-quarter'

export function standing(
  score: Decimal,
  { lower, median, upper }: Comparison,
  better: 'higher' | 'lower' = 'higher',
): Standing {
  const [first, last] = better === 'higher' ? [upper, lower] : [lower, upper]
  const reaches = (line: Decimal) =>
    better === 'higher' ? compare(score, line) >= 0 : compare(score, line) <= 0
  if (reaches(first)) return 'first-quarter'
  if (reaches(median)) return 'above-median'
  return reaches(last) ? 'below-median' : 'last-quarter'
}

/**
 * A quartile of sorted values: the value at place (n − 1)·q/4 from 0, and between two places in proportion
 * (QUARTILE.INC of Excel and WPS; type 7 of Hyndman and Fan). The second is the median: of an even number
 * half way between the middle two. Exact, unrounded.
 *
 * @param values at least one, ascending
 * @param quarter 1, 2 or 3
 */
export function quantile(values: readonly Decimal[], quarter: 1 | 2 | 3): Decimal {
  const place = (values.length - 1) * quarter
  const below = values[Math.floor(place / 4)] ?? ZERO
  const above = values[Math.ceil(place / 4)] ?? below
  return add(below, divide(multiply(subtract(above, below), whole(place % 4)), whole(4)))
}
