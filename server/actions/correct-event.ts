import type { Actor } from '../domain/actor.ts'
import type { Event } from '../domain/bundle.ts'
import { changeReasonMissing, eventChangedElsewhere, eventNotFound } from '../errors.ts'
import { recordAudit } from '../store/audit.ts'
import type { Database } from '../store/database.ts'
import { findEvent, replaceEvent } from '../store/events.ts'
import {
  assertReached,
  assertRole,
  assertSound,
  findEntryPlace,
  openCycle,
  RECORDERS,
  typedText,
} from './entry-place.ts'

export interface CorrectEvent {
  cycleId: string
  eventId: string
  /** the event as it should be, whole */
  event: Event
  /** why it is corrected */
  reason: string
  actor: Actor
  at: string
}

/**
 * Puts a corrected event in the place of one that stands; the old one stays to be read.
 *
 * @returns the id of the corrected event
 * @throws {AppError} if the actor may not, no reason is given, the event is faulty, or somebody
 *   corrected or withdrew the old one meanwhile
 */
export async function correctEvent(
  db: Database,
  { cycleId, eventId, event, reason: typed, actor, at }: CorrectEvent,
): Promise<string> {
  assertRole(actor, RECORDERS)
  const reason = typedText(typed)
  if (reason === undefined) throw changeReasonMissing('更正台账记录')
  return db.transaction().execute(async (trx) => {
    const cycle = await openCycle(trx, cycleId, 'record')
    const old = await findEvent(trx, cycleId, eventId)
    if (!old) throw eventNotFound()
    const from = await findEntryPlace(trx, cycle, old.event.unit, old.event.indicator)
    const to = await findEntryPlace(trx, cycle, event.unit, event.indicator)
    await assertReached(trx, cycle, actor, from.unit)
    await assertReached(trx, cycle, actor, to.unit)
    const changed = eventChangedElsewhere(from.unit.name, from.indicator.name)
    if (old.replacedBy !== null || old.withdrawnAt !== null) throw changed
    assertSound(to, { events: [event] })
    const stamp = { at, by: actor.accountId }
    const id = await replaceEvent(trx, cycleId, old, event, reason, stamp)
    if (id === undefined) throw changed
    await recordAudit(trx, {
      at,
      actor,
      action: 'event.correct',
      cycleId,
      subject: `${from.unit.name} / ${from.indicator.name}`,
      detail: { event: id, replaces: eventId, reason, before: old.event, after: event },
    })
    return id
  })
}
