import type { Actor } from '../domain/actor.ts'
import type { Stage } from '../domain/stage.ts'
import { cycleNotFound } from '../errors.ts'
import { recordAudit } from '../store/audit.ts'
import { updateVisibleFrom } from '../store/cycles.ts'
import type { Database } from '../store/database.ts'
import { assertRole } from './entry-place.ts'

export interface ChangeVisibility {
  cycleId: string
  /** the stage from which units see their own result */
  visibleFrom: Stage
  actor: Actor
  at: string
}

/**
 * Changes from which stage on the units of a cycle see their own result.
 *
 * @throws {AppError} if the actor may not, or there is no such cycle
 */
export async function changeVisibility(
  db: Database,
  { cycleId, visibleFrom, actor, at }: ChangeVisibility,
): Promise<void> {
  assertRole(actor, ['organiser'])
  await db.transaction().execute(async (trx) => {
    const cycle = await updateVisibleFrom(trx, cycleId, visibleFrom)
    if (!cycle) throw cycleNotFound(cycleId)
    if (cycle.visibleFrom === visibleFrom) return
    await recordAudit(trx, {
      at,
      actor,
      action: 'visibility.change',
      cycleId,
      subject: cycle.name,
      detail: { before: { visibleFrom: cycle.visibleFrom }, after: { visibleFrom } },
    })
  })
}
