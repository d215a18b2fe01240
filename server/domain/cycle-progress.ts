/** How far an assessment is: which units are complete, and who still has what to enter. */

import type { Assessor, Bundle, Unit } from './bundle.ts'
import { entryKind } from './duty.ts'
import { NO_ROSTER } from './duty-roster.ts'
import { allMarksDue, type MarksDue } from './marks-due.ts'
import { appliesTo, placedIndicators } from './placed-indicators.ts'
import type { Result } from './result.ts'
import { type Indicator, indicatorsOf } from './scheme.ts'

export interface CycleProgress {
  units: number
  complete: number
  /** units that are not complete, with what is missing, in the order of the bundle */
  incomplete: readonly { unit: Unit; missing: readonly Indicator[] }[]
  /** indicators of units that have no entry they need */
  cellsLeft: number
  /** in the order of the bundle */
  assessors: readonly AssessorProgress[]
  /** base indicators that a functional line fills in: values and ballots */
  lines: readonly LineProgress[]
}

export interface AssessorProgress {
  assessor: Assessor
  duties: readonly MarksDue[]
  marks: number
  left: number
}

export interface LineProgress {
  indicator: Indicator
  /** how many units need an entry */
  units: number
  /** units without one */
  left: readonly Unit[]
}

/** @param ownUnitsOf the units an assessor belongs to and never marks, by his code */
export function cycleProgress(
  bundle: Bundle,
  { units: results }: Result,
  ownUnitsOf: (assessorCode: string) => readonly string[],
  roster = NO_ROSTER,
): CycleProgress {
  const indicators = new Map(
    [...indicatorsOf(bundle.scheme)].map(({ indicator }) => [indicator.code, indicator]),
  )
  const missingOf = new Map(results.map(({ unit, missing }) => [unit, missing]))
  const incomplete = bundle.units.flatMap((unit) => {
    const missing = (missingOf.get(unit.code) ?? []).flatMap((code) => indicators.get(code) ?? [])
    return missing.length === 0 ? [] : [{ unit, missing }]
  })
  const assessors = bundle.assessors ?? []
  const duties = allMarksDue(bundle, assessors, ownUnitsOf, roster)
  return {
    units: bundle.units.length,
    complete: bundle.units.length - incomplete.length,
    incomplete,
    cellsLeft: incomplete.reduce((sum, { missing }) => sum + missing.length, 0),
    assessors: assessors.map((assessor) => assessorProgress(assessor, duties)),
    lines: lineProgress(bundle, incomplete),
  }
}

export function assessorProgress(
  assessor: Assessor,
  all: ReadonlyMap<string, readonly MarksDue[]>,
): AssessorProgress {
  const duties = all.get(assessor.code) ?? []
  const marks = duties.reduce((sum, { units }) => sum + units.length, 0)
  const left = duties.reduce((sum, each) => sum + each.left.length, 0)
  return { assessor, duties, marks, left }
}

function lineProgress(
  bundle: Bundle,
  incomplete: CycleProgress['incomplete'],
): readonly LineProgress[] {
  return placedIndicators(bundle.scheme).flatMap((placed) => {
    const { indicator, section } = placed
    const kind = entryKind(placed)
    if (section !== 'base' || kind === 'mark' || kind === 'event') return []
    const units = bundle.units.filter((unit) => appliesTo(placed, unit))
    const left = incomplete
      .filter(({ missing }) => missing.includes(indicator))
      .map(({ unit }) => unit)
    return units.length === 0 ? [] : [{ indicator, units: units.length, left }]
  })
}
