import { changeReasonMissing, decisionNotWaiting, refusalIsAnothers } from '../errors.ts'
import { recordAudit } from '../store/audit.ts'
import type { Database } from '../store/database.ts'
import { type Awaited, markDropped, markKept } from '../store/decisions.ts'
import { typedText } from './entry-place.ts'
import { type DecisionAddress, openDecision } from './open-decision.ts'

const ACTIONS = {
  veto: {
    record: { withdrawn: 'veto.withdraw', refused: 'veto.refuse' },
    lift: { withdrawn: 'veto-lifting.withdraw', refused: 'veto-lifting.refuse' },
  },
  adjustment: {
    record: { withdrawn: 'adjustment.withdraw', refused: 'adjustment.refuse' },
    lift: { withdrawn: 'adjustment-lifting.withdraw', refused: 'adjustment-lifting.refuse' },
  },
} as const

export interface DropDecision extends DecisionAddress {
  /** what the person saw waiting */
  what: Awaited
  /** by who entered it, or by another person, who says why */
  how: 'withdrawn' | 'refused'
  reason?: string
}

/**
 * Ends what waits for a second person without his agreement: a decision never counts then, and one whose
 * lifting was asked for counts on.
 *
 * @throws {AppError} if the actor may not, it is not his to withdraw or to refuse, a refusal has no reason,
 *   or this does not wait any more
 */
export async function dropDecision(
  db: Database,
  { what, how, reason: typed, ...address }: DropDecision,
): Promise<void> {
  const { cycleId, kind, id, actor, at } = address
  const reason = typedText(typed) ?? null
  await db.transaction().execute(async (trx) => {
    const { found, subject } = await openDecision(trx, address)
    if (found.waits !== what) throw decisionNotWaiting()
    const own = (what === 'record' ? found.recordedBy : found.liftAskedBy) === actor.accountId
    if (own !== (how === 'withdrawn')) throw refusalIsAnothers(how)
    if (how === 'refused' && reason === null) throw changeReasonMissing('不予确认')
    const end = { at, by: actor.accountId, reason, how }
    if (what === 'record') await markDropped(trx, kind, address, end)
    else await markKept(trx, kind, address)
    await recordAudit(trx, {
      ...{ at, actor, cycleId, subject },
      action: ACTIONS[kind][what][how],
      detail: {
        ...{ id, ...(reason === null ? {} : { reason }) },
        ...(what === 'record' ? { before: found.decision, after: null } : {}),
      },
    })
  })
}
