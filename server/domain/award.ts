/** What one indicator earns for one unit, from its entries. */

import { combine, type Judgement } from './combine.ts'
import { add, type Decimal, multiply, round, ZERO } from './decimal.ts'
import { type LedgerEntry, type LedgerOutcome, ledgerAward } from './ledger-award.ts'
import type { PreparedBundle, PreparedUnit } from './prepare-bundle.ts'
import type { PreparedIndicator } from './prepare-scheme.ts'
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
  readonly #byValue = new Map<string, (value: Decimal) => Decimal>()

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
    const { method } = indicator
    switch (method.entry) {
      case 'marks':
        return combine(indicator.combine, this.judgements(unit, indicator))
      case 'values': {
        const entry = this.value(unit, indicator)
        return entry ? this.#valueAward(unit, indicator)(entry.value) : null
      }
      case 'tallies':
        return this.#tallyAward(unit, indicator)
      case 'events':
        return this.ledger(unit, indicator).award
    }
  }

  /** The marks of a cell as they are combined, in the order of entry. */
  judgements(unit: PreparedUnit, indicator: PreparedIndicator): Judgement[] {
    const { awards, groups, cells } = this.#bundle.entries.marks
    const judgements: Judgement[] = []
    for (const position of cells.positions(this.#cell(unit, indicator))) {
      judgements.push({ award: awards[position] ?? ZERO, group: groups[position] ?? null })
    }
    return judgements
  }

  /** The value of a cell and its position; undefined if there is none. */
  value(unit: PreparedUnit, indicator: PreparedIndicator) {
    return this.#bundle.entries.values.byCell.get(this.#cell(unit, indicator))
  }

  /** The values of all units of a category that have one. */
  peers(category: number, indicator: PreparedIndicator): Decimal[] {
    return this.#bundle.units.flatMap((unit) => {
      const entry = unit.category.index === category ? this.value(unit, indicator) : undefined
      return entry ? [entry.value] : []
    })
  }

  /** Ballots by group, or those of all groups added up under null, as the indicator combines them. */
  ballots(
    unit: PreparedUnit,
    indicator: PreparedIndicator,
  ): Map<string | null, Map<string, number>> {
    const { rows, cells } = this.#bundle.entries.tallies
    const byGroup = new Map<string | null, Map<string, number>>()
    for (const position of cells.positions(this.#cell(unit, indicator))) {
      const row = rows[position]
      if (!row) continue
      const group = indicator.combine.groups ? row.group : null
      const sums = byGroup.get(group) ?? new Map<string, number>()
      for (const [option, count] of row.counts) sums.set(option, (sums.get(option) ?? 0) + count)
      byGroup.set(group, sums)
    }
    return byGroup
  }

  /** The ledger of a cell with what became of each event. */
  ledger(unit: PreparedUnit, indicator: PreparedIndicator): LedgerOutcome {
    if (indicator.method.entry !== 'events') throw new TypeError(`${indicator.code} is no ledger`)
    const { rows, cells } = this.#bundle.entries.events
    const entries: LedgerEntry[] = []
    for (const position of cells.positions(this.#cell(unit, indicator))) {
      const row = rows[position]
      if (row) entries.push(row)
    }
    return ledgerAward(indicator.method, entries)
  }

  #tallyAward(unit: PreparedUnit, indicator: PreparedIndicator): Decimal | null {
    const { method, combine } = indicator
    if (method.entry !== 'tallies') return null
    const ballots = this.ballots(unit, indicator)
    let total = ZERO
    for (const [group, weight] of combine.groups ?? [[null, null] as const]) {
      const counts = ballots.get(group)
      const award = counts ? method.award(counts) : null
      if (award === null) return null
      total = weight === null ? award : add(total, multiply(weight, award))
    }
    return total
  }

  #valueAward(unit: PreparedUnit, indicator: PreparedIndicator): (value: Decimal) => Decimal {
    const key = `${unit.category.index} ${indicator.index}`
    let award = this.#byValue.get(key)
    if (!award) {
      if (indicator.method.entry !== 'values')
        throw new TypeError(`${indicator.code} has no values`)
      award = indicator.method.awardAmong(this.peers(unit.category.index, indicator))
      this.#byValue.set(key, award)
    }
    return award
  }

  #cell(unit: PreparedUnit, indicator: PreparedIndicator): number {
    return cellOf(this.#bundle.scheme, unit.index, indicator.index)
  }
}

const LEFT_OUT: Award = { exact: null, score: null }
