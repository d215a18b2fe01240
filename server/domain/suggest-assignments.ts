import type { Assessor } from './bundle.ts'
import type { Assignment } from './duty-roster.ts'
import type { Combine } from './scheme.ts'

export interface ToAssign {
  /** codes of the judged indicators, with the units each applies to and the assessors who may mark it */
  indicators: readonly {
    code: string
    units: readonly string[]
    assessors: readonly string[]
    /** the class of an assessor, where a unit has one mark of each class and no more */
    soleOf?: ((assessor: string) => string) | undefined
  }[]
  /** how many assessors mark each unit in each indicator */
  markers: number
  isRecused(assessor: string, unit: string): boolean
}

/**
 * Suggests who marks what, so that loads are even and every pair of assessors of an indicator has units
 * in common: only then can one be compared with the other. The same input has the same suggestion.
 *
 * Each unit goes to those with the fewest cells in this indicator so far, of these to those who have met
 * the ones already chosen least often, then to those with the fewest cells in all.
 *
 * @returns one assignment a cell and assessor, in the order of the indicators and units; fewer than
 *   `markers` where not enough assessors may mark, or a unit has only one mark
 */
export function suggestAssignments({ indicators, markers, isRecused }: ToAssign): Assignment[] {
  const found: Assignment[] = []
  const load = new Map<string, number>()
  for (const { code, units, assessors, soleOf } of indicators) {
    const here = new Map<string, number>()
    const met = new Map<string, number>()
    for (const unit of units) {
      const chosen: string[] = []
      const isFree = (assessor: string) =>
        !isRecused(assessor, unit) &&
        !chosen.includes(assessor) &&
        !(soleOf && chosen.some((other) => soleOf(other) === soleOf(assessor)))
      while (chosen.length < markers) {
        const next = leastOf(assessors.filter(isFree), (assessor) => [
          count(here, assessor),
          chosen.reduce((sum, other) => sum + count(met, pairOf(assessor, other)), 0),
          count(load, assessor),
        ])
        if (next === undefined) break
        for (const other of chosen) raise(met, pairOf(next, other))
        chosen.push(next)
        raise(here, next)
        raise(load, next)
        found.push({ assessor: next, indicator: code, unit })
      }
    }
  }
  return found
}

/**
 * Where one mark decides, a second assessor's is refused: of each group, or of all.
 *
 * @returns the class of an assessor of which a unit has one mark and no more; undefined: there is no such limit
 */
export function soleOf(
  combine: Combine | undefined,
  people: readonly Assessor[],
): ((assessor: string) => string) | undefined {
  if (combine?.type === 'single') return () => ''
  if (combine?.type !== 'weighted' || combine.within?.type !== 'single') return undefined
  const groups = new Map(people.map(({ code, group }) => [code, group ?? '']))
  return (assessor) => groups.get(assessor) ?? ''
}

/** The first of those whose costs are least, compared one after the other; undefined: there is nobody. */
function leastOf(
  assessors: readonly string[],
  costs: (assessor: string) => number[],
): string | undefined {
  const sorted = assessors
    .map((assessor) => ({ assessor, costs: costs(assessor) }))
    .sort((a, b) => a.costs.reduce((sum, cost, at) => sum || cost - (b.costs[at] ?? 0), 0))
  return sorted[0]?.assessor
}

/**
 * The pairs of assessors who mark the same indicator but no unit in common.
 *
 * @returns by indicator, in the order given
 */
export function pairsApart(
  assignments: readonly Assignment[],
): { indicator: string; pair: [string, string] }[] {
  const byIndicator = Map.groupBy(assignments, ({ indicator }) => indicator)
  return [...byIndicator].flatMap(([indicator, own]) => {
    const units = new Map<string, Set<string>>()
    for (const { assessor, unit } of own) {
      const known = units.get(assessor) ?? new Set()
      units.set(assessor, known.add(unit))
    }
    const assessors = [...units.keys()]
    return assessors.flatMap((one, index) =>
      assessors
        .slice(index + 1)
        .filter((other) => ![...(units.get(one) ?? [])].some((unit) => units.get(other)?.has(unit)))
        .map((other) => ({ indicator, pair: [one, other] as [string, string] })),
    )
  })
}

function pairOf(one: string, other: string): string {
  return JSON.stringify([one, other].sort())
}

function count(counts: ReadonlyMap<string, number>, key: string): number {
  return counts.get(key) ?? 0
}

function raise(counts: Map<string, number>, key: string): void {
  counts.set(key, count(counts, key) + 1)
}
