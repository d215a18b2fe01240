import type { Assessor } from '../domain/bundle.ts'
import { entryWords } from '../domain/cycle-roster.ts'
import { mayMark } from '../domain/duty.ts'
import { indicatorsOf } from '../domain/scheme.ts'
import { assessorHasMarks, assessorNotInCycle, cycleNotFound } from '../errors.ts'
import { findAssessor } from '../store/assessors.ts'
import { deleteIndicatorAssignments } from '../store/assigning.ts'
import { recordAudit } from '../store/audit.ts'
import { assessorEntryCounts, updateAssessor } from '../store/cycle-roster.ts'
import type { Cycle } from '../store/cycles.ts'
import type { Database, Trx } from '../store/database.ts'
import { findScheme } from '../store/schemes.ts'
import { type AddAssessor, soundAssessor } from './add-assessor.ts'
import { assertRole, openCycle } from './entry-place.ts'

/**
 * Renames an assessor of a cycle or moves him to another rater class; with it go assignments of
 * indicators that his class does not mark.
 *
 * @returns how many cells went from him
 * @throws {AppError} if the actor may not, something is missing, his class would change under marks he
 *   has given, or the time for it is over
 */
export async function changeAssessor(
  db: Database,
  { cycleId, code, actor, at, ...typed }: AddAssessor,
): Promise<number> {
  assertRole(actor, ['organiser'])
  const after: Assessor = { code, ...soundAssessor(typed) }
  return db.transaction().execute(async (trx) => {
    const cycle = await openCycle(trx, cycleId, 'staff')
    const before = await findAssessor(trx, cycleId, code)
    if (!before) throw assessorNotInCycle(code)
    const moved = before.group !== after.group
    const marks = entryWords((await assessorEntryCounts(trx, cycleId)).get(code) ?? {})
    if (moved && marks !== null) throw assessorHasMarks(before.name, marks, '改评价主体')
    await updateAssessor(trx, cycleId, after)
    const taken = moved ? await takeUnmarkable(trx, cycle, after) : 0
    await recordAudit(trx, {
      at,
      actor,
      action: 'assessor.change',
      cycleId,
      subject: after.name,
      detail: { before, after, ...(taken > 0 && { taken }) },
    })
    return taken
  })
}

async function takeUnmarkable(trx: Trx, cycle: Cycle, assessor: Assessor): Promise<number> {
  const stored = await findScheme(trx, cycle.schemeCode, cycle.schemeVersion)
  if (!stored) throw cycleNotFound(cycle.id)
  const indicators = [...indicatorsOf(stored.scheme)]
    .filter(({ indicator }) => !mayMark(indicator, assessor))
    .map(({ indicator }) => indicator.code)
  const places = { assessor: assessor.code, indicators }
  return deleteIndicatorAssignments(trx, cycle.id, places)
}
