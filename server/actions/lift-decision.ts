import { changeReasonMissing, decisionWaits } from '../errors.ts'
import { recordAudit } from '../store/audit.ts'
import type { Database } from '../store/database.ts'
import { markLiftAsked } from '../store/decisions.ts'
import { assertRole, typedText } from './entry-place.ts'
import { type DecisionAddress, openDecision } from './open-decision.ts'

const ACTIONS = { veto: 'veto-lifting.record', adjustment: 'adjustment-lifting.record' } as const
const WORDS = { veto: '解除一票否决', adjustment: '取消等次调整' } as const

/**
 * Asks to lift a veto or decided grade that counts. It counts on until a second person agrees.
 *
 * @param reason why it is to hold no more
 * @throws {AppError} if the actor may not, no reason is given, no such decision counts, or it waits already
 */
export async function liftDecision(
  db: Database,
  { reason: typed, ...address }: DecisionAddress & { reason: string },
): Promise<void> {
  const { cycleId, kind, id, actor, at } = address
  assertRole(actor, ['organiser'])
  const reason = typedText(typed)
  if (reason === undefined) throw changeReasonMissing(WORDS[kind])
  await db.transaction().execute(async (trx) => {
    const { found, subject } = await openDecision(trx, address)
    if (found.waits !== null) throw decisionWaits()
    await markLiftAsked(trx, kind, address, { at, by: actor.accountId, reason })
    await recordAudit(trx, {
      ...{ at, actor, cycleId, subject },
      action: ACTIONS[kind],
      detail: { id, reason, before: found.decision, after: null },
    })
  })
}
