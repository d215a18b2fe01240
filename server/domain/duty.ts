/** What one person has to enter in a cycle: marks under his own name, and what a functional line fills in. */

import type { Assessor, Tally, Unit } from './bundle.ts'
import { existsForCategory, isNotApplicable, type PlacedIndicator } from './placed-indicators.ts'
import type { Indicator, MethodParameters } from './scheme.ts'

export type EntryKind = 'mark' | 'value' | 'tally' | 'event'

/** One indicator to be filled in for every unit. */
export interface Duty extends PlacedIndicator {
  entry: 'mark' | 'value' | 'tally'
  /** whose ballots a tally counts, one entry each; otherwise one that is null */
  ballotGroups: readonly (string | null)[]
  /**
   * marked by one person, who may be another, or as far as is known by another group: to be filled in
   * only by whom it was given to
   */
  optional: boolean
}

const KINDS: Readonly<Record<MethodParameters['type'], EntryKind>> = {
  ...{ direct: 'mark', levels: 'mark', pass: 'mark' },
  ...{ ratio: 'value', steps: 'value', relative: 'value' },
  ...{ survey: 'tally', ledger: 'event' },
}

/** What is entered for an indicator. */
export function entryKind({ indicator }: PlacedIndicator): EntryKind {
  return KINDS[indicator.method.type]
}

/** Whether an assessor may mark an indicator: one that weighs groups takes marks of those groups only. */
export function mayMark({ combine }: Indicator, { group }: Assessor): boolean {
  return combine?.type !== 'weighted' || Object.hasOwn(combine.weights, group ?? '')
}

/**
 * The indicators an assessor marks: all that take marks, except those that weigh groups without his.
 *
 * @param marked codes of the indicators that have a mark of his
 * @param begun by indicator, the groups of which somebody has marked; '' for assessors without a group. For
 *   who sees all marks: on his own pages it would tell an assessor that others have marked
 */
export function markDuties(
  placed: readonly PlacedIndicator[],
  assessor: Assessor,
  marked: ReadonlySet<string>,
  begun: ReadonlyMap<string, ReadonlySet<string>> = new Map(),
): Duty[] {
  return placed.flatMap((each) => {
    if (entryKind(each) !== 'mark') return []
    const { code, combine } = each.indicator
    const listed = combine?.type === 'weighted'
    const own = marked.has(code)
    if (!own && !mayMark(each.indicator, assessor)) return []
    const plain = combine?.type === 'weighted' ? combine.within : combine
    const groups = begun.get(code)
    const others = !listed && groups !== undefined && !groups.has(assessor.group ?? '')
    const optional = !own && (plain?.type === 'single' || others)
    return [{ ...each, entry: 'mark' as const, ballotGroups: [null], optional }]
  })
}

/** The indicators a functional line fills in: values and tallies. @param tallies those that are there */
export function lineDuties(
  placed: readonly PlacedIndicator[],
  tallies: readonly Pick<Tally, 'indicator' | 'group'>[],
): Duty[] {
  return placed.flatMap((each): Duty[] => {
    const entry = entryKind(each)
    if (entry === 'value') return [{ ...each, entry, ballotGroups: [null], optional: false }]
    if (entry !== 'tally') return []
    const { code, combine } = each.indicator
    const known = tallies.filter(({ indicator }) => indicator === code).map(({ group }) => group)
    const ballotGroups =
      combine?.type === 'weighted'
        ? Object.keys(combine.weights)
        : known.length > 0
          ? [...new Set(known.map((group) => group ?? null))]
          : [null]
    return [{ ...each, entry, ballotGroups, optional: false }]
  })
}

/** Whether something can be entered for a unit, and if not, why. */
export type CellState = 'open' | 'recused' | 'not-applicable' | 'absent'

/** @param recused codes of the units the person never fills in (回避) */
export function cellState(
  placed: PlacedIndicator,
  unit: Unit,
  recused: ReadonlySet<string>,
): CellState {
  if (!existsForCategory(placed, unit.category)) return 'absent'
  if (recused.has(unit.code)) return 'recused'
  return isNotApplicable(placed.indicator, unit) ? 'not-applicable' : 'open'
}
