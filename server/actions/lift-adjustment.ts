import type { Actor } from '../domain/actor.ts'
import { adjustmentNotFound, changeReasonMissing } from '../errors.ts'
import { recordAudit } from '../store/audit.ts'
import type { Database } from '../store/database.ts'
import { markAdjustmentLifted } from '../store/decisions.ts'
import { assertNotRecused, assertRole, findUnitPlace, openCycle, typedText } from './entry-place.ts'

export interface LiftAdjustment {
  cycleId: string
  adjustmentId: string
  /** why the computed grade is to hold again */
  reason: string
  actor: Actor
  at: string
}

/**
 * Lifts a decided grade that stands, so that the computed one holds again; it stays to be read.
 *
 * @throws {AppError} if the actor may not, no reason is given, or no such adjustment stands
 */
export async function liftAdjustment(
  db: Database,
  { cycleId, adjustmentId, reason: typed, actor, at }: LiftAdjustment,
): Promise<void> {
  assertRole(actor, ['organiser'])
  const reason = typedText(typed)
  if (reason === undefined) throw changeReasonMissing('取消等次调整')
  await db.transaction().execute(async (trx) => {
    const cycle = await openCycle(trx, cycleId, 'decide')
    const lifted = await markAdjustmentLifted(trx, cycleId, adjustmentId, reason, at)
    if (!lifted) throw adjustmentNotFound()
    const { unit } = await findUnitPlace(trx, cycle, lifted.unit)
    await assertNotRecused(trx, cycle, actor, unit)
    await recordAudit(trx, {
      at,
      actor,
      action: 'adjustment.lift',
      cycleId,
      subject: `${unit.name} / ${lifted.grade}`,
      detail: { id: adjustmentId, reason, before: lifted, after: null },
    })
  })
}
