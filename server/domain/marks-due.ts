/**
 * What each assessor still has to mark, unit by unit: what the roster assigns to him by name, or where
 * it assigns nothing what follows from `duty.ts`, which his own pages go by too. A unit of his own or
 * one he has declared a tie to (回避) is never among them.
 */

import type { Assessor, Bundle, Mark, Unit } from './bundle.ts'
import { markDuties } from './duty.ts'
import { NO_ROSTER } from './duty-roster.ts'
import { appliesTo, placedIndicators } from './placed-indicators.ts'
import type { Indicator } from './scheme.ts'

/** One assessor's part in one indicator. */
export interface MarksDue {
  indicator: Indicator
  /** units he is to mark, in the order of the bundle */
  units: readonly Unit[]
  /** those of them he has marked */
  marked: readonly Unit[]
  /** those of them he has not */
  left: readonly Unit[]
}

/**
 * What one assessor is to mark, indicator by indicator, in tree order; without those that are not his. For
 * himself: it depends on no mark but his own.
 *
 * @param ownUnits codes of the units he belongs to
 */
export function marksDue(
  bundle: Bundle,
  assessor: Assessor,
  ownUnits: readonly string[] = [],
  roster = NO_ROSTER,
): MarksDue[] {
  const own = (bundle.marks ?? []).filter((mark) => mark.assessor === assessor.code)
  const due = allMarksDue({ ...bundle, marks: own }, [assessor], () => ownUnits, roster)
  return due.get(assessor.code) ?? []
}

/**
 * The same of several assessors at once, by their codes, for who sees all marks: what another group has begun,
 * or another assessor has marked where there is one mark, is not waited for.
 */
export function allMarksDue(
  bundle: Bundle,
  assessors: readonly Assessor[],
  ownUnitsOf: (assessorCode: string) => readonly string[],
  roster = NO_ROSTER,
): Map<string, MarksDue[]> {
  const placed = placedIndicators(bundle.scheme)
  const unitsOf = new Map(
    placed.map((each) => [each.indicator, bundle.units.filter((unit) => appliesTo(each, unit))]),
  )
  const marks = bundle.marks ?? []
  const begun = begunGroups(bundle)
  const markersOf = markersByCell(marks)
  return new Map(
    assessors.map((assessor) => {
      const own = new Set(ownUnitsOf(assessor.code))
      const his = marks.filter((mark) => mark.assessor === assessor.code)
      const marked = new Set(his.map(({ indicator }) => indicator))
      const due = markDuties(placed, assessor, marked, begun)
        .filter(({ optional }) => roster.byName || !optional)
        .map(({ indicator }) => {
          const isMarked = ({ code }: Unit) =>
            markersOf.get(cellOf(indicator.code, code))?.has(assessor.code) ?? false
          const units = (unitsOf.get(indicator) ?? []).filter(
            (unit) =>
              !own.has(unit.code) &&
              !roster.isRecused(assessor.code, unit.code) &&
              roster.isAssigned(assessor.code, indicator.code, unit.code) &&
              (isMarked(unit) || !isTaken(indicator, unit, markersOf)),
          )
          const left = units.filter((unit) => !isMarked(unit))
          return { indicator, units, marked: units.filter(isMarked), left }
        })
      return [assessor.code, due.filter(({ units }) => units.length > 0)]
    }),
  )
}

/** The groups whose assessors have begun each indicator. */
function begunGroups({ assessors = [], marks = [] }: Bundle): Map<string, Set<string>> {
  const groups = new Map(assessors.map(({ code, group }) => [code, group ?? '']))
  const begun = new Map<string, Set<string>>()
  for (const { indicator, assessor, group } of marks) {
    addTo(begun, indicator, group ?? groups.get(assessor) ?? '')
  }
  return begun
}

/** Who marked each unit in each indicator. */
function markersByCell(marks: readonly Mark[]): Map<string, Set<string>> {
  const markers = new Map<string, Set<string>>()
  for (const { unit, indicator, assessor } of marks)
    addTo(markers, cellOf(indicator, unit), assessor)
  return markers
}

function cellOf(indicator: string, unit: string): string {
  return JSON.stringify([indicator, unit])
}

function addTo(sets: Map<string, Set<string>>, key: string, value: string): void {
  const known = sets.get(key)
  if (known) known.add(value)
  else sets.set(key, new Set([value]))
}

/** Whether the one mark that a unit may have is there already. */
function isTaken(
  { code: indicator, combine }: Indicator,
  { code }: Unit,
  markers: ReadonlyMap<string, ReadonlySet<string>>,
): boolean {
  return combine?.type === 'single' && markers.has(cellOf(indicator, code))
}
