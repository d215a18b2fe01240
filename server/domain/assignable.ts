/** What of a cycle can be given to whom to mark. */

import type { Assessor, Unit } from './bundle.ts'
import { entryKind, mayMark } from './duty.ts'
import type { DutyRoster } from './duty-roster.ts'
import { appliesTo, placedIndicators } from './placed-indicators.ts'
import type { Indicator, Scheme } from './scheme.ts'
import { soleOf } from './suggest-assignments.ts'

/** Who takes part, and what keeps whom from a unit. */
export interface Parts {
  scheme: Scheme
  units: readonly Unit[]
  assessors: readonly Assessor[]
  roster: DutyRoster
  /** the units that each assessor belongs to, by his code */
  ownUnits: ReadonlyMap<string, readonly string[]>
}

/** An indicator that assessors mark; all by their codes. */
export interface Assignable {
  code: string
  indicator: Indicator
  /** those it exists for and applies to */
  units: readonly string[]
  /** those whose group may mark it */
  assessors: readonly string[]
  /** the class of an assessor, where a unit has one mark of each class and no more */
  soleOf: ((assessor: string) => string) | undefined
  isRecused(assessor: string, unit: string): boolean
}

/** @returns in the order of the scheme */
export function assignableIndicators(parts: Parts): Assignable[] {
  const isRecused = (assessor: string, unit: string) =>
    recusalReason(parts, assessor, unit) !== undefined
  return placedIndicators(parts.scheme)
    .filter((placed) => entryKind(placed) === 'mark')
    .map((placed) => ({
      code: placed.indicator.code,
      indicator: placed.indicator,
      units: parts.units.filter((unit) => appliesTo(placed, unit)).map(({ code }) => code),
      assessors: parts.assessors
        .filter((assessor) => mayMark(placed.indicator, assessor))
        .map(({ code }) => code),
      soleOf: soleOf(placed.indicator.combine, parts.assessors),
      isRecused,
    }))
}

/** Why an assessor never marks a unit (回避), in words; undefined where nothing keeps him from it. */
export function recusalReason(
  { roster, ownUnits }: Pick<Parts, 'roster' | 'ownUnits'>,
  assessor: string,
  unit: string,
): string | undefined {
  if (ownUnits.get(assessor)?.includes(unit)) return '所在单位'
  return roster.recusalReason(assessor, unit)
}
