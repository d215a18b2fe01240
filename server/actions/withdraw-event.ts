import type { Actor } from '../domain/actor.ts'
import { changeReasonMissing, eventChangedElsewhere, eventNotFound } from '../errors.ts'
import { recordAudit } from '../store/audit.ts'
import type { Database } from '../store/database.ts'
import { findEvent, markWithdrawn } from '../store/events.ts'
import {
  assertReached,
  assertRole,
  findEntryPlace,
  openCycle,
  RECORDERS,
  typedText,
} from './entry-place.ts'

export interface WithdrawEvent {
  cycleId: string
  eventId: string
  /** why it is withdrawn */
  reason: string
  actor: Actor
  at: string
}

/**
 * Withdraws an event: it no longer counts, and stays to be read.
 *
 * @throws {AppError} if the actor may not, no reason is given, or somebody corrected or withdrew it
 *   meanwhile
 */
export async function withdrawEvent(
  db: Database,
  { cycleId, eventId, reason: typed, actor, at }: WithdrawEvent,
): Promise<void> {
  assertRole(actor, RECORDERS)
  const reason = typedText(typed)
  if (reason === undefined) throw changeReasonMissing('撤销台账记录')
  await db.transaction().execute(async (trx) => {
    const cycle = await openCycle(trx, cycleId, 'record')
    const old = await findEvent(trx, cycleId, eventId)
    if (!old) throw eventNotFound()
    const place = await findEntryPlace(trx, cycle, old.event.unit, old.event.indicator)
    await assertReached(trx, cycle, actor, place.unit)
    if (!(await markWithdrawn(trx, eventId, reason, at))) {
      throw eventChangedElsewhere(place.unit.name, place.indicator.name)
    }
    await recordAudit(trx, {
      at,
      actor,
      action: 'event.withdraw',
      cycleId,
      subject: `${place.unit.name} / ${place.indicator.name}`,
      detail: { event: eventId, reason, before: old.event, after: null },
    })
  })
}
