/** What a unit would have, had it not lost some of what it lost: scored again by the engine, on a copy. */

import { aggregate } from './aggregate.ts'
import type { Award, Awards } from './award.ts'
import {
  add,
  compare,
  type Decimal,
  divide,
  ONE,
  printExact,
  round,
  whole,
  ZERO,
} from './decimal.ts'
import type { ScoredUnit } from './evaluate.ts'
import type { ExplainedUnit } from './explain.ts'
import { type LedgerEntry, ledgerAward } from './ledger-award.ts'
import type { PreparedRule } from './methods/rule.ts'
import type { PreparedBundle, PreparedUnit } from './prepare-bundle.ts'
import type { PreparedIndicator } from './prepared-scheme.ts'
import { cellOf } from './read-entries.ts'
import { bestScore, matterOf, type OfMatter, type Recoverable } from './recoverable.ts'
import { vetoedTotal } from './veto.ts'

/** The steps of the pipeline that scoring again takes. */
export interface Pipeline {
  score(bundle: PreparedBundle, awards: Pick<Awards, 'award'>, unit: PreparedUnit): ScoredUnit
  /** Ranks and grades all units anew. */
  decide(bundle: PreparedBundle, scored: readonly ScoredUnit[]): void
}

/** Less than any difference between two printed totals. */
const TRACE = divide(ONE, whole(10 ** 9))

/** One unit with sets of its losses given back. Other units keep the scores they have. */
export class GivenBack {
  readonly #explained: ExplainedUnit
  readonly #pipeline: Pipeline
  readonly #matters = new Map<number, readonly OfMatter[]>()
  readonly #grades = new Map<string, number>()
  #whole: ReadonlySet<number> = new Set()
  #events: ReadonlySet<number> = new Set()
  /** ledgers of which an event is given back, or counts in place of one */
  #touched: ReadonlySet<number> = new Set()

  constructor(explained: ExplainedUnit, pipeline: Pipeline) {
    this.#explained = explained
    this.#pipeline = pipeline
  }

  /** The total with these given back, before vetoes. */
  total(set: readonly Recoverable[]): Decimal {
    const { bundle, unit } = this.#explained
    this.#give(set)
    const awardOf = (indicator: PreparedIndicator) => this.#award(indicator).score
    return aggregate(bundle.scheme, unit.unit.category, awardOf, () => {}).total
  }

  /** The grade with these given back, as an index; 0 is the best. */
  grade(set: readonly Recoverable[]): number {
    const { bundle, unit, awards } = this.#explained
    this.#give(set)
    const scored = this.#pipeline.score(
      bundle,
      {
        award: (each, indicator) =>
          each === unit.unit ? this.#award(indicator) : awards.award(each, indicator),
      },
      unit.unit,
    )
    const key = [scored.total, ...(scored.candidate?.keys ?? [])].map(printExact).join(' ')
    const known = this.#grades.get(key)
    if (known !== undefined) return known
    const grade = this.#decided(scored)
    this.#grades.set(key, grade)
    return grade
  }

  /** The grade with this total, ahead of all with the same: the best that the total can bring. */
  gradeAt(total: Decimal): number {
    const { unit } = this.#explained
    const after = vetoedTotal(total, unit.vetoes)
    const candidate = unit.candidate && { ...unit.candidate, total: add(after, TRACE) }
    return this.#decided({ ...unit, total: after, candidate })
  }

  #decided(scored: ScoredUnit): number {
    const { bundle, all, unit } = this.#explained
    const copies = all.map((each) => ({
      ...(each === unit ? scored : each),
      rank: null,
      overallRank: null,
      graded: null,
    }))
    this.#pipeline.decide(bundle, copies)
    const decided: ScoredUnit | undefined = copies[unit.unit.index]
    return decided?.graded?.grade ?? bundle.scheme.grades.length
  }

  #give(set: readonly Recoverable[]): void {
    const whole = new Set<number>()
    const events = new Set<number>()
    const touched = new Set<number>()
    for (const { indicator, event } of set) {
      if (event === null) {
        whole.add(indicator.index)
        continue
      }
      events.add(event)
      for (const other of this.#matter(event)) touched.add(other.indicator.index)
    }
    this.#whole = whole
    this.#events = events
    this.#touched = touched
  }

  #award(indicator: PreparedIndicator): Award {
    const { bundle, awards, unit } = this.#explained
    const { decimals } = bundle.scheme
    if (this.#whole.has(indicator.index)) {
      const best = bestScore(indicator, decimals)
      return { exact: best, score: best }
    }
    if (!this.#touched.has(indicator.index)) return awards.award(unit.unit, indicator)
    const exact = this.#ledger(indicator)
    return { exact, score: round(exact, decimals) }
  }

  #ledger(indicator: PreparedIndicator): Decimal {
    const { bundle, unit } = this.#explained
    if (indicator.method.entry !== 'events') throw new TypeError(`${indicator.code} is no ledger`)
    const { events } = bundle.entries
    const cell = cellOf(bundle.scheme, unit.unit.index, indicator.index)
    const entries = [...events.cells.positions(cell)]
      .filter((position) => !this.#events.has(position))
      .map(
        (position): LedgerEntry => ({
          // A sound bundle, the only kind that is scored, has a rule and a worth at every position.
          rule: events.rules[position] as PreparedRule,
          worth: events.worths[position] as Decimal,
          counts: this.#counts(position),
        }),
      )
    return ledgerAward(indicator.method, entries)
  }

  /** Highest only among what is not given back: the one worth most, the first entered on a tie. */
  #counts(event: number): boolean {
    return (
      this.#matter(event).find(({ position }) => !this.#events.has(position))?.position === event
    )
  }

  /** The events of which only one counts together with this one, the one worth most first. */
  #matter(event: number): readonly OfMatter[] {
    const known = this.#matters.get(event)
    if (known) return known
    const { worths } = this.#explained.bundle.entries.events
    const worth = ({ position }: OfMatter) => worths[position] ?? ZERO
    const found = matterOf(this.#explained, event).sort(
      (a, b) => compare(worth(b), worth(a)) || a.position - b.position,
    )
    this.#matters.set(event, found)
    return found
  }
}
