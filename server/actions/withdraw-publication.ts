import type { Actor } from '../domain/actor.ts'
import { changeReasonMissing, cycleNotFound, resultNotPublished } from '../errors.ts'
import { recordAudit } from '../store/audit.ts'
import { findCycle, markUnpublished } from '../store/cycles.ts'
import type { Database } from '../store/database.ts'
import { assertRole, typedText } from './entry-place.ts'

export interface WithdrawPublication {
  cycleId: string
  reason: string
  actor: Actor
  at: string
}

/**
 * Takes a published result back to the notice, one stage back. Entries stay as they are until the cycle
 * is taken back further, each stage with a reason of its own.
 *
 * @throws {AppError} if the actor may not, no reason is given, or the result is not published
 */
export async function withdrawPublication(
  db: Database,
  { cycleId, reason: typed, actor, at }: WithdrawPublication,
): Promise<void> {
  assertRole(actor, ['organiser'])
  const reason = typedText(typed)
  if (reason === undefined) throw changeReasonMissing('撤回公布')
  await db.transaction().execute(async (trx) => {
    const withdrawn = await markUnpublished(trx, cycleId)
    if (!withdrawn) {
      const cycle = await findCycle(trx, cycleId)
      throw cycle ? resultNotPublished(cycle.name) : cycleNotFound(cycleId)
    }
    const { name } = withdrawn
    await recordAudit(trx, {
      at,
      actor,
      action: 'result.withdraw',
      cycleId,
      subject: name,
      detail: { before: { stage: 'published' }, after: { stage: 'notice' }, reason },
    })
  })
}
