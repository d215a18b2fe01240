/**
 * What each assessor still has to mark. A bundle assigns nobody by name; who marks follows from the
 * scheme and from what has begun:
 *
 * - weighted by group: the assessors of the groups listed;
 * - otherwise everybody, or, once somebody has begun, the groups that have;
 * - where one mark is allowed, a unit that has it is nobody else's any more.
 *
 * Nobody marks his own unit (回避).
 */

import type { Assessor, Bundle, Mark, Unit } from './bundle.ts'
import { type Indicator, indicatorsOf, isGroup, type Node, type Scheme } from './scheme.ts'

/** One assessor's part in one indicator. */
export interface MarkDuty {
  indicator: Indicator
  /** units he is to mark, in the order of the bundle */
  units: readonly Unit[]
  /** those of them he has marked */
  marked: readonly Unit[]
  /** those of them he has not */
  left: readonly Unit[]
}

/** Whether assessors mark an indicator by hand. */
export function isMarked({ method }: Indicator): boolean {
  return method.type === 'direct' || method.type === 'levels' || method.type === 'pass'
}

/** The indicators that exist for units of a category, bonus and penalty after the base. */
export function indicatorsFor(scheme: Scheme, category: string): Indicator[] {
  const leaves = (nodes: readonly Node[]): Indicator[] =>
    nodes
      .filter(({ categories }) => categories === undefined || categories.includes(category))
      .flatMap((node) => (isGroup(node) ? leaves(node.children) : [node]))
  return leaves([...scheme.base, ...(scheme.bonus?.items ?? []), ...(scheme.penalty?.items ?? [])])
}

/** Every indicator that anybody marks, with the units that have to be marked in it, in tree order. */
export function markedIndicators(bundle: Bundle): { indicator: Indicator; units: Unit[] }[] {
  const byCategory = new Map<string, Set<Indicator>>()
  for (const { category } of bundle.units) {
    if (byCategory.has(category)) continue
    byCategory.set(category, new Set(indicatorsFor(bundle.scheme, category).filter(isMarked)))
  }
  const all = new Set([...byCategory.values()].flatMap((indicators) => [...indicators]))
  return [...indicatorsOf(bundle.scheme)]
    .filter(({ indicator }) => all.has(indicator))
    .map(({ indicator }) => {
      const units = bundle.units.filter(
        ({ category, notApplicable = [] }) =>
          byCategory.get(category)?.has(indicator) && !notApplicable.includes(indicator.code),
      )
      return { indicator, units }
    })
}

/**
 * What one assessor is to mark, indicator by indicator, in tree order; without those that are not his.
 *
 * @param ownUnits codes of the units he belongs to
 */
export function markDuties(
  bundle: Bundle,
  assessor: Assessor,
  ownUnits: readonly string[] = [],
): MarkDuty[] {
  return allMarkDuties(bundle, [assessor], () => ownUnits).get(assessor.code) ?? []
}

/** The duties of several assessors at once, by their codes. */
export function allMarkDuties(
  bundle: Bundle,
  assessors: readonly Assessor[],
  ownUnitsOf: (assessorCode: string) => readonly string[],
): Map<string, MarkDuty[]> {
  const groups = new Map((bundle.assessors ?? []).map(({ code, group }) => [code, group ?? '']))
  const marks = Map.groupBy(bundle.marks ?? [], ({ indicator }) => indicator)
  const duties = new Map<string, MarkDuty[]>(assessors.map(({ code }) => [code, []]))
  for (const { indicator, units } of markedIndicators(bundle)) {
    const given = marks.get(indicator.code) ?? []
    const begun = new Set(given.map(({ assessor, group }) => group ?? groups.get(assessor) ?? ''))
    const markersOf = markersByUnit(given)
    for (const assessor of assessors) {
      if (!mayMark(indicator, assessor, begun)) continue
      const own = new Set(ownUnitsOf(assessor.code))
      const hisMark = (unit: Unit) => markersOf.get(unit.code)?.has(assessor.code) ?? false
      const his = units.filter(
        (unit) => !own.has(unit.code) && (hisMark(unit) || !isTaken(indicator, unit, markersOf)),
      )
      if (his.length === 0) continue
      const [marked = [], left = []] = [true, false].map((done) =>
        his.filter((unit) => hisMark(unit) === done),
      )
      duties.get(assessor.code)?.push({ indicator, units: his, marked, left })
    }
  }
  return duties
}

/** Who marked each unit. */
function markersByUnit(marks: readonly Mark[]): Map<string, Set<string>> {
  const markers = new Map<string, Set<string>>()
  for (const { unit, assessor } of marks) {
    const known = markers.get(unit)
    if (known) known.add(assessor)
    else markers.set(unit, new Set([assessor]))
  }
  return markers
}

function mayMark(
  { combine }: Indicator,
  { group = '' }: Assessor,
  begun: ReadonlySet<string>,
): boolean {
  if (combine?.type === 'weighted') return Object.hasOwn(combine.weights, group)
  return begun.size === 0 || begun.has(group)
}

/** Whether the one mark that a unit may have is there already. */
function isTaken(
  { combine }: Indicator,
  { code }: Unit,
  markers: ReadonlyMap<string, ReadonlySet<string>>,
): boolean {
  return combine?.type === 'single' && (markers.get(code)?.size ?? 0) > 0
}
