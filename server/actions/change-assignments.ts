import type { Actor } from '../domain/actor.ts'
import { type Assignable, assignableIndicators, type Parts } from '../domain/assignable.ts'
import { type MatrixPlace, whyNot } from '../domain/assignment-matrix.ts'
import type { Assignment } from '../domain/duty-roster.ts'
import {
  assessorNotInCycle,
  assignmentsChanged,
  cellNotAssignable,
  indicatorNotInScheme,
  noAssignmentChanged,
  unitNotInCycle,
} from '../errors.ts'
import { deleteAssignmentCells, insertAssignments } from '../store/assigning.ts'
import { recordAudit } from '../store/audit.ts'
import type { Database } from '../store/database.ts'
import { rosterVersion } from '../store/roster-version.ts'
import { assignmentParts } from './assignable.ts'
import { assertRole, openCycle } from './entry-place.ts'

export interface ChangeAssignments {
  cycleId: string
  /** the roster that was looked at, as `rosterVersion` says it */
  version: string
  /** cells to give (all units that can be given, where no unit is named) or to take away */
  changes: readonly (MatrixPlace & { to: 'all' | 'none' })[]
  actor: Actor
  at: string
}

/**
 * Gives and takes many cells at once, or none of them. Marks that are there stay and count.
 *
 * @returns how many cells of a single unit were given and taken
 * @throws {AppError} if the actor may not, the roster changed since it was looked at, a cell cannot be
 *   given, or nothing would change
 */
export async function changeAssignments(
  db: Database,
  { cycleId, version, changes, actor, at }: ChangeAssignments,
): Promise<{ given: number; taken: number }> {
  assertRole(actor, ['organiser'])
  return db.transaction().execute(async (trx) => {
    const cycle = await openCycle(trx, cycleId, 'prepare')
    const parts = await assignmentParts(trx, cycle)
    if (rosterVersion(parts.roster) !== version) throw assignmentsChanged(cycle.name)
    const { give, take } = resolve(parts, changes)
    if (give.length + take.length === 0) throw noAssignmentChanged()
    await deleteAssignmentCells(trx, cycleId, take)
    await insertAssignments(trx, cycleId, give)
    const counts = { given: give.length, taken: take.length }
    await recordAudit(trx, {
      at,
      actor,
      action: 'assignment.change',
      cycleId,
      subject: cycle.name,
      detail: { ...counts, give: unitsByPlace(give), take: unitsByPlace(take) },
    })
    return counts
  })
}

/** The single cells that the changes come to, without those that are so already. */
function resolve(
  parts: Parts,
  changes: ChangeAssignments['changes'],
): { give: Assignment[]; take: Assignment[] } {
  const indicators = new Map(assignableIndicators(parts).map((each) => [each.code, each]))
  const { roster } = parts
  const give: Assignment[] = []
  const take: Assignment[] = []
  for (const { assessor, indicator: code, unit, to } of changes) {
    const indicator = indicators.get(code)
    if (!indicator) throw indicatorNotInScheme(code)
    assertKnown(parts, assessor, unit)
    const units = unit === null ? parts.units.map((each) => each.code) : [unit]
    for (const each of units) {
      const cell = { assessor, indicator: code, unit: each }
      const has = roster.byName && roster.isAssigned(assessor, code, each)
      if (to === 'none') {
        if (has) take.push(cell)
      } else if (!has && isGivable(parts, indicator, cell, unit !== null)) give.push(cell)
    }
  }
  return { give, take }
}

/** @param named whether the person named the unit: then he is told why it cannot be given */
function isGivable(
  parts: Parts,
  indicator: Assignable,
  { assessor, unit }: Assignment,
  named: boolean,
): boolean {
  const why = whyNot(parts, indicator, assessor, unit)
  if (why === null) return true
  if (!named) return false
  const person = parts.assessors.find(({ code }) => code === assessor)?.name ?? assessor
  const place = parts.units.find(({ code }) => code === unit)?.name ?? unit
  throw cellNotAssignable({
    assessor: person,
    indicator: indicator.indicator.name,
    unit: place,
    why,
  })
}

function assertKnown({ assessors, units }: Parts, assessor: string, unit: string | null): void {
  if (!assessors.some(({ code }) => code === assessor)) throw assessorNotInCycle(assessor)
  if (unit !== null && !units.some(({ code }) => code === unit)) throw unitNotInCycle(unit)
}

/** Codes of the units by assessor and indicator, for the ledger. */
function unitsByPlace(cells: readonly Assignment[]): Record<string, string[]> {
  const places = Map.groupBy(cells, ({ assessor, indicator }) => `${assessor} ${indicator}`)
  return Object.fromEntries([...places].map(([key, own]) => [key, own.map(({ unit }) => unit)]))
}
