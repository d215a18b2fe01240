/** What one indicator earns for one unit, from its entries. */

import { combine, type Judgement } from './combine.ts'
import { type Decimal, multiply, round, Sum, ZERO } from './decimal.ts'
import { type LedgerEntry, type LedgerOutcome, ledgerAward, ledgerOutcome } from './ledger-award.ts'
import type { PreparedLedger } from './methods/ledger.ts'
import type { PreparedRule } from './methods/rule.ts'
import type { PreparedBundle, PreparedUnit } from './prepare-bundle.ts'
import type { PreparedIndicator } from './prepared-scheme.ts'
import type { AgreedRow } from './read-agreed.ts'
import { cellOf } from './read-entries.ts'

/** An indicator's award: `exact` before rounding; null if an entry it needs is missing. */
export interface Award {
  exact: Decimal | null
  /** rounded (R1); 0 where missing; null where it is left out as not applicable */
  score: Decimal | null
}

/** Awards of all units of a bundle, with what comparing units needs worked out once. */
export class Awards {
  readonly #bundle: PreparedBundle
  /** by category and indicator */
  readonly #byValue: ((value: Decimal) => Decimal)[][] = []

  /** by their number: the entries of the ledger that is being counted */
  readonly #entriesOf: LedgerEntry[][] = []

  constructor(bundle: PreparedBundle) {
    this.#bundle = bundle
  }

  /** One award; see docs/methods.md for each method. */
  award(unit: PreparedUnit, indicator: PreparedIndicator): Award {
    const { scheme } = this.#bundle
    if (unit.notApplicable?.has(indicator.index)) {
      if (indicator.section !== 'base' || scheme.notApplicable === 'rescale') return LEFT_OUT
      const given = scheme.notApplicable === 'full' ? (indicator.points ?? ZERO) : ZERO
      return { exact: given, score: round(given, scheme.decimals) }
    }
    const exact = this.#exact(unit, indicator)
    return { exact, score: round(exact ?? ZERO, scheme.decimals) }
  }

  #exact(unit: PreparedUnit, indicator: PreparedIndicator): Decimal | null {
    switch (indicator.entry) {
      case 'marks':
        return this.agreed(unit, indicator)?.award ?? this.combined(unit, indicator)
      case 'values': {
        const { values, byCell } = this.#bundle.entries.values
        const value = values[(byCell[this.#cell(unit, indicator)] ?? 0) - 1]
        return value ? this.#valueAward(unit, indicator)(value) : null
      }
      case 'tallies':
        return this.#tallyAward(unit, indicator)
      case 'events':
        return this.#ledgerAward(unit, indicator)
    }
  }

  /** The marks of a cell as they are combined, in the order of entry. */
  judgements(unit: PreparedUnit, indicator: PreparedIndicator): readonly Judgement[] {
    const { judgements, cells } = this.#bundle.entries.marks
    return cells.pick(judgements, this.#cell(unit, indicator))
  }

  /** What was agreed for a cell; undefined where its marks count. */
  agreed(unit: PreparedUnit, indicator: PreparedIndicator): AgreedRow | undefined {
    const { agreed } = this.#bundle.entries
    return agreed.size === 0 ? undefined : agreed.get(this.#cell(unit, indicator))
  }

  /** What the marks of a cell come to, whatever was agreed; null if one is missing. */
  combined(unit: PreparedUnit, indicator: PreparedIndicator): Decimal | null {
    return combine(indicator.combine, this.judgements(unit, indicator))
  }

  /** The value of a cell and its position; undefined if there is none. */
  value(
    unit: PreparedUnit,
    indicator: PreparedIndicator,
  ): { value: Decimal; position: number } | undefined {
    const { values, byCell } = this.#bundle.entries.values
    const position = (byCell[this.#cell(unit, indicator)] ?? 0) - 1
    const value = values[position]
    return value && { value, position }
  }

  /** The values of all units of a category that have one. */
  peers(category: number, indicator: PreparedIndicator): Decimal[] {
    const { values, byCell } = this.#bundle.entries.values
    const found: Decimal[] = []
    for (const unit of this.#bundle.categories[category]?.units ?? []) {
      const value = values[(byCell[this.#cell(unit, indicator)] ?? 0) - 1]
      if (value) found.push(value)
    }
    return found
  }

  /**
   * A cell's ballots in the order of the options: those of one group, or of all groups added up where
   * groups do not count apart; undefined if there are none.
   */
  ballots(
    unit: PreparedUnit,
    indicator: PreparedIndicator,
    group: string | null,
  ): readonly number[] | undefined {
    const { rows, cells } = this.#bundle.entries.tallies
    const picked = cells.pick(rows, this.#cell(unit, indicator))
    if (indicator.combine.groups) {
      for (let nth = 0; nth < picked.length; nth += 1) {
        if (picked[nth]?.group === group) return picked[nth]?.counts
      }
      return undefined
    }
    if (picked.length <= 1) return picked[0]?.counts
    return picked
      .map(({ counts }) => counts)
      .reduce((sums, counts) => sums.map((sum, index) => sum + (counts[index] ?? 0)))
  }

  /** The ledger of a cell with what became of each event. */
  ledger(unit: PreparedUnit, indicator: PreparedIndicator): LedgerOutcome {
    return ledgerOutcome(ledgerOf(indicator), this.#events(unit, indicator))
  }

  #events(unit: PreparedUnit, indicator: PreparedIndicator): readonly LedgerEntry[] {
    const cell = this.#cell(unit, indicator)
    const entries = blankEntries(this.#bundle.entries.events.cells.size(cell))
    return this.#fill(entries, cell)
  }

  #ledgerAward(unit: PreparedUnit, indicator: PreparedIndicator): Decimal {
    const ledger = ledgerOf(indicator)
    const cell = this.#cell(unit, indicator)
    const count = this.#bundle.entries.events.cells.size(cell)
    if (count === 0) return ledger.untouched
    // The award keeps nothing of its entries, so that the next ledger of as many can have the list.
    const entries = (this.#entriesOf[count] ??= blankEntries(count))
    return ledgerAward(ledger, this.#fill(entries, cell))
  }

  #fill(entries: LedgerEntry[], cell: number): LedgerEntry[] {
    const { rules, worths, beaten, cells } = this.#bundle.entries.events
    for (let nth = 0; nth < entries.length; nth += 1) {
      const position = cells.position(cell, nth)
      const entry = entries[nth] as LedgerEntry
      // A sound bundle, the only kind that is scored, has a rule and a worth at every position.
      entry.rule = rules[position] as PreparedRule
      entry.worth = worths[position] as Decimal
      entry.counts = beaten[position] === 0
    }
    return entries
  }

  #tallyAward(unit: PreparedUnit, indicator: PreparedIndicator): Decimal | null {
    const { method, combine } = indicator
    if (method.entry !== 'tallies') return null
    if (!combine.groups) {
      const counts = this.ballots(unit, indicator, null)
      return counts ? method.award(counts) : null
    }
    const total = new Sum()
    for (const { group, weight } of combine.parts) {
      const counts = this.ballots(unit, indicator, group)
      const award = counts ? method.award(counts) : null
      if (award === null) return null
      total.add(multiply(weight, award))
    }
    return total.value
  }

  #valueAward(unit: PreparedUnit, indicator: PreparedIndicator): (value: Decimal) => Decimal {
    const { index } = unit.category
    const ofCategory = (this.#byValue[index] ??= [])
    let award = ofCategory[indicator.index]
    if (!award) {
      if (indicator.method.entry !== 'values')
        throw new TypeError(`${indicator.code} has no values`)
      const { method } = indicator
      award = method.awardAmong(method.comparesUnits ? this.peers(index, indicator) : [])
      ofCategory[indicator.index] = award
    }
    return award
  }

  #cell(unit: PreparedUnit, indicator: PreparedIndicator): number {
    return cellOf(this.#bundle.scheme, unit.index, indicator.index)
  }
}

/** So many entries of a ledger, to be filled. */
function blankEntries(count: number): LedgerEntry[] {
  return Array.from({ length: count }, () => ({}) as LedgerEntry)
}

const LEFT_OUT: Award = { exact: null, score: null }

function ledgerOf({ code, method }: PreparedIndicator): PreparedLedger {
  if (method.entry !== 'events') throw new TypeError(`${code} is no ledger`)
  return method
}
