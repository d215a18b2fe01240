import { decisionNotWaiting, secondPersonNeeded } from '../errors.ts'
import { recordAudit } from '../store/audit.ts'
import type { Database } from '../store/database.ts'
import { type Awaited, markConfirmed, markLifted } from '../store/decisions.ts'
import { type DecisionAddress, openDecision } from './open-decision.ts'

const ACTIONS = {
  veto: { record: 'veto.confirm', lift: 'veto.lift' },
  adjustment: { record: 'adjustment.confirm', lift: 'adjustment.lift' },
} as const

/**
 * Confirms as the second person what another one entered: from then on the decision counts, or, where its
 * lifting waits, counts no more.
 *
 * @param what what the person saw waiting
 * @throws {AppError} if the actor may not, entered it himself, or this does not wait any more
 */
export async function confirmDecision(
  db: Database,
  { what, ...address }: DecisionAddress & { what: Awaited },
): Promise<void> {
  const { cycleId, kind, id, actor, at } = address
  await db.transaction().execute(async (trx) => {
    const { found, subject } = await openDecision(trx, address)
    if (found.waits !== what) throw decisionNotWaiting()
    const by = what === 'record' ? found.recordedBy : found.liftAskedBy
    if (by === actor.accountId) throw secondPersonNeeded()
    const stamp = { at, by: actor.accountId }
    if (what === 'record') await markConfirmed(trx, kind, address, stamp)
    else await markLifted(trx, kind, address, stamp)
    const [before, after] = what === 'record' ? [null, found.decision] : [found.decision, null]
    const reason = what === 'lift' && found.liftReason !== null ? { reason: found.liftReason } : {}
    await recordAudit(trx, {
      ...{ at, actor, cycleId, subject },
      action: ACTIONS[kind][what],
      detail: { id, ...reason, before, after },
    })
  })
}
