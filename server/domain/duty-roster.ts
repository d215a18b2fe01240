/** Who is to mark what in a cycle, by name: assignments (分工), and the units an assessor never marks (回避). */

/** One cell given to one assessor, all by their codes. */
export interface Assignment {
  assessor: string
  indicator: string
  unit: string
}

/** A tie between an assessor and a unit, declared with its reason. */
export interface Recusal {
  assessor: string
  unit: string
  reason: string
}

export class DutyRoster {
  readonly assignments: readonly Assignment[]
  readonly recusals: readonly Recusal[]
  readonly #assigned: ReadonlySet<string>
  readonly #reasons: ReadonlyMap<string, string>

  /** Whether the cycle has assignments at all; without any, every assessor marks whatever his group may. */
  readonly byName: boolean

  /** @param byName where only one assessor's assignments are known: whether anybody has any */
  constructor(
    assignments: readonly Assignment[],
    recusals: readonly Recusal[],
    byName = assignments.length > 0,
  ) {
    this.byName = byName
    this.assignments = assignments
    this.recusals = recusals
    this.#assigned = new Set(
      assignments.map(({ assessor, indicator, unit }) => keyOf(assessor, indicator, unit)),
    )
    this.#reasons = new Map(
      recusals.map(({ assessor, unit, reason }) => [keyOf(assessor, unit), reason]),
    )
  }

  /** Whether a cell is this assessor's to mark, as far as assignments say. */
  isAssigned(assessor: string, indicator: string, unit: string): boolean {
    return !this.byName || this.#assigned.has(keyOf(assessor, indicator, unit))
  }

  /** Whether a tie to the unit was declared; his own unit is none of these, it follows from his account. */
  isRecused(assessor: string, unit: string): boolean {
    return this.#reasons.has(keyOf(assessor, unit))
  }

  /** The reason of a declared tie; undefined if there is none. */
  recusalReason(assessor: string, unit: string): string | undefined {
    return this.#reasons.get(keyOf(assessor, unit))
  }

  /** The units an assessor declared a tie to. */
  recusedUnits(assessor: string): string[] {
    return this.recusals.filter((each) => each.assessor === assessor).map(({ unit }) => unit)
  }
}

/** Nobody is assigned by name, and no tie is declared. */
export const NO_ROSTER = new DutyRoster([], [])

function keyOf(...codes: readonly string[]): string {
  return JSON.stringify(codes)
}
