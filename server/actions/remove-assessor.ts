import type { Actor } from '../domain/actor.ts'
import { entryWords } from '../domain/cycle-roster.ts'
import { assessorHasMarks, assessorNotInCycle, removalUnconfirmed } from '../errors.ts'
import { findAssessor } from '../store/assessors.ts'
import { recordAudit } from '../store/audit.ts'
import { assessorEntryCounts, deleteAssessor } from '../store/cycle-roster.ts'
import type { Database } from '../store/database.ts'
import { assertRole, openCycle } from './entry-place.ts'

export interface RemoveAssessor {
  cycleId: string
  code: string
  confirmed: boolean
  actor: Actor
  at: string
}

/**
 * Takes an assessor out of a cycle, with his assignments and ties.
 *
 * @throws {AppError} if the actor may not, it is not confirmed, he has given marks, or the time for it
 *   is over
 */
export async function removeAssessor(
  db: Database,
  { cycleId, code, confirmed, actor, at }: RemoveAssessor,
): Promise<void> {
  assertRole(actor, ['organiser'])
  await db.transaction().execute(async (trx) => {
    await openCycle(trx, cycleId, 'staff')
    const assessor = await findAssessor(trx, cycleId, code)
    if (!assessor) throw assessorNotInCycle(code)
    const counts = (await assessorEntryCounts(trx, cycleId)).get(code) ?? {}
    const marks = entryWords(counts)
    if (marks !== null) throw assessorHasMarks(assessor.name, marks, '移出本周期')
    if (!confirmed) throw removalUnconfirmed(`考核员「${assessor.name}」`)
    await deleteAssessor(trx, cycleId, code)
    const { assignment = 0, recusal = 0 } = counts
    await recordAudit(trx, {
      at,
      actor,
      action: 'assessor.remove',
      cycleId,
      subject: assessor.name,
      detail: { assessor: code, assignments: assignment, recusals: recusal },
    })
  })
}
