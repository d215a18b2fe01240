import type { Actor } from '../domain/actor.ts'
import { suggestAssignments } from '../domain/suggest-assignments.ts'
import { markersOutOfRange, nothingToAssign, replacingUnconfirmed } from '../errors.ts'
import { deleteAllAssignments, insertAssignments } from '../store/assigning.ts'
import { recordAudit } from '../store/audit.ts'
import type { Database } from '../store/database.ts'
import { assignable } from './assignable.ts'
import { assertRole, openCycle } from './entry-place.ts'

/** So many assessors at the most mark one unit in one indicator. */
const MOST_MARKERS = 30

export interface AssignBySuggestion {
  cycleId: string
  /** how many assessors mark each unit in each indicator */
  markers: number
  /** whether assignments that are there may be replaced */
  replace: boolean
  actor: Actor
  at: string
}

/**
 * Replaces all assignments of a cycle by those that are suggested.
 *
 * @returns how many cells were given
 * @throws {AppError} if the actor may not, the number is out of range, there is nobody to give to, or
 *   there are assignments that may not be replaced
 */
export async function assignBySuggestion(
  db: Database,
  { cycleId, markers, replace, actor, at }: AssignBySuggestion,
): Promise<number> {
  assertRole(actor, ['organiser'])
  if (!Number.isInteger(markers) || markers < 1 || markers > MOST_MARKERS) {
    throw markersOutOfRange(MOST_MARKERS)
  }
  return db.transaction().execute(async (trx) => {
    const cycle = await openCycle(trx, cycleId, 'prepare')
    const indicators = await assignable(trx, cycle)
    const isRecused = indicators[0]?.isRecused ?? (() => false)
    const assignments = suggestAssignments({ indicators, markers, isRecused })
    if (assignments.length === 0) throw nothingToAssign()
    const before = await deleteAllAssignments(trx, cycleId)
    if (before > 0 && !replace) throw replacingUnconfirmed()
    await insertAssignments(trx, cycleId, assignments)
    await recordAudit(trx, {
      at,
      actor,
      action: 'assignment.suggest',
      cycleId,
      subject: cycle.name,
      detail: { markers, before: { count: before }, after: { count: assignments.length } },
    })
    return assignments.length
  })
}
