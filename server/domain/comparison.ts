/** How a unit stands within its category: the median and the best, without names. */

import { add, compare, type Decimal, divide, parseExact, whole } from './decimal.ts'
import type { Result, UnitResult } from './result.ts'

/** With fewer units a median or a best would as good as name somebody. */
export const FEWEST_COMPARED = 5

export interface Comparison {
  median: Decimal
  best: Decimal
  /** how many units are compared */
  units: number
}

/** One printed score of a unit; null or undefined where it has none. */
export type ScoreOf = (unit: UnitResult) => string | null | undefined

/**
 * Compares the units of one category that have a result, that is the complete ones.
 *
 * @returns for a score its median and best among those that have it; null where fewer than
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
    return { median: median(values), best, units: values.length }
  }
}

/** The middle of sorted values; of an even number the mean of the middle two. */
function median(sorted: readonly Decimal[]): Decimal {
  const middle = Math.floor(sorted.length / 2)
  const upper = sorted[middle] as Decimal
  const lower = sorted[sorted.length % 2 === 0 ? middle - 1 : middle] as Decimal
  return divide(add(lower, upper), whole(2))
}
