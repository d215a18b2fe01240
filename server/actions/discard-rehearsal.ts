import type { Actor } from '../domain/actor.ts'
import { cycleNotFound, discardUnconfirmed, notARehearsal } from '../errors.ts'
import { recordAudit } from '../store/audit.ts'
import { lockCycle } from '../store/cycles.ts'
import type { Database } from '../store/database.ts'
import { deleteCycle } from '../store/delete-cycle.ts'
import { assertRole } from './entry-place.ts'

export interface DiscardRehearsal {
  cycleId: string
  confirmed: boolean
  actor: Actor
  at: string
}

/**
 * Throws a rehearsal away with everything that was entered in it. The ledger of writes keeps its entries.
 *
 * @throws {AppError} if the actor may not, it is not confirmed, or the cycle is a real one
 */
export async function discardRehearsal(
  db: Database,
  { cycleId, confirmed, actor, at }: DiscardRehearsal,
): Promise<void> {
  assertRole(actor, ['organiser'])
  await db.transaction().execute(async (trx) => {
    const cycle = await lockCycle(trx, cycleId)
    if (!cycle) throw cycleNotFound(cycleId)
    if (!cycle.rehearsal) throw notARehearsal(cycle.name)
    if (!confirmed) throw discardUnconfirmed()
    await deleteCycle(trx, cycleId)
    await recordAudit(trx, { at, actor, action: 'cycle.discard', cycleId, subject: cycle.name })
  })
}
