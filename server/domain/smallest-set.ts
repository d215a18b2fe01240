/** The smallest set of items that brings enough: fewest items first, then the least brought. */

import { add, compare, type Decimal, equals, subtract, ZERO } from './decimal.ts'

/** Items by index, those that can bring most first. */
export interface SetSearch {
  /** the most each can bring, whatever else is in the set; descending */
  most: readonly Decimal[]
  /** the least each brings, whatever else is in the set */
  least: readonly Decimal[]
  /** what a set has to bring; it is of no use to bring less */
  needed: Decimal
  /** what the bounds in `most` may be short of together, as by rounding */
  slack: Decimal
  /** what a set brings, exactly */
  brings(set: readonly number[]): Decimal
  /** whether a set is enough; asked only of one that brings what is needed */
  suffices(set: readonly number[]): boolean
  /** how many sets may be tried in all before the search gives up being exhaustive */
  trials: number
}

export interface SmallestSet {
  set: number[]
  /** whether it is certain that no set of fewer items is enough */
  fewest: boolean
  /** whether it is certain that no set of as many items brings less */
  least: boolean
}

/** Steps of the search for each set it may try: walking past sets is cheaper than trying them. */
const STEPS_PER_TRIAL = 50

/**
 * Goes through the sets of one item, of two, and so on, leaving out those that by the bounds of their
 * items cannot bring enough, or bring no less than the best so far.
 *
 * @returns undefined if no set is enough, as far as the search went
 */
export function smallestSet(search: SetSearch): SmallestSet | undefined {
  const { most, needed, slack } = search
  const reach = subtract(needed, slack)
  const windows = prefixSums(most)
  const budget = { trials: search.trials, steps: search.trials * STEPS_PER_TRIAL }
  for (let size = 1; size <= most.length; size += 1) {
    if (compare(windows[size] ?? ZERO, reach) < 0) continue
    const level = new Level(search, { windows, reach, size, budget })
    level.run()
    if (level.best) return { set: level.best, fewest: true, least: !level.stopped }
    if (level.stopped) return shortened(search)
  }
  return undefined
}

function prefixSums(amounts: readonly Decimal[]): Decimal[] {
  const sums = [ZERO]
  for (const amount of amounts) sums.push(add(sums.at(-1) ?? ZERO, amount))
  return sums
}

interface LevelOf {
  /** sums of the most that the first items can bring */
  windows: readonly Decimal[]
  reach: Decimal
  size: number
  /** what is left of it; shared by all levels */
  budget: { trials: number; steps: number }
}

/** All sets of one size. */
class Level {
  best: number[] | null = null
  stopped = false
  readonly #search: SetSearch
  readonly #of: LevelOf
  /** by number: the least that so many items bring */
  readonly #leastOf: Decimal[]
  #brought: Decimal | null = null
  #done = false

  constructor(search: SetSearch, of: LevelOf) {
    this.#search = search
    this.#of = of
    this.#leastOf = prefixSums([...search.least].sort(compare))
  }

  run(): void {
    this.#choose([], 0, ZERO, ZERO)
  }

  /** Adds items from `from` on. What can bring least is tried first: it goes over what is needed least. */
  #choose(set: number[], from: number, most: Decimal, least: Decimal): void {
    const { windows, reach, size, budget } = this.#of
    const left = size - set.length
    if (left === 0) {
      this.#try(set)
      return
    }
    const { most: mosts, least: leasts } = this.#search
    for (let next = mosts.length - left; next >= from && !this.#done; next -= 1) {
      budget.steps -= 1
      if (budget.steps < 0 || budget.trials <= 0) {
        this.stopped = this.#done = true
        return
      }
      const window = subtract(windows[next + left] ?? ZERO, windows[next] ?? ZERO)
      if (compare(add(most, window), reach) < 0) continue
      const sure = add(least, leasts[next] ?? ZERO)
      const rest = this.#leastOf[left - 1] ?? ZERO
      if (this.#brought && compare(add(sure, rest), this.#brought) >= 0) continue
      set.push(next)
      this.#choose(set, next + 1, add(most, mosts[next] ?? ZERO), sure)
      set.pop()
    }
  }

  #try(set: readonly number[]): void {
    this.#of.budget.trials -= 1
    const { needed, brings, suffices } = this.#search
    const brought = brings(set)
    if (compare(brought, needed) < 0) return
    if (this.#brought && compare(brought, this.#brought) >= 0) return
    if (!suffices(set)) return
    this.best = [...set]
    this.#brought = brought
    if (equals(brought, needed)) this.#done = true
  }
}

/** The items that can bring most, as many as it takes, and of them only those that it takes. */
function shortened(search: SetSearch): SmallestSet | undefined {
  const enough = (set: readonly number[]) =>
    compare(search.brings(set), search.needed) >= 0 && search.suffices(set)
  const all = search.most.map((_, index) => index)
  const size = all.findIndex((_, index) => enough(all.slice(0, index + 1))) + 1
  if (size === 0) return undefined
  let set = all.slice(0, size)
  for (const index of all.slice(0, size).reverse()) {
    const without = set.filter((each) => each !== index)
    if (enough(without)) set = without
  }
  return { set, fewest: false, least: false }
}
