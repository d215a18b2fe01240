import type { Actor } from '../domain/actor.ts'
import type { Event } from '../domain/bundle.ts'
import { type AuditEntry, recordAudit } from '../store/audit.ts'
import type { Database } from '../store/database.ts'
import { insertEvents } from '../store/events.ts'
import {
  assertReached,
  assertRole,
  assertSound,
  type EntryPlace,
  findEntryPlace,
  openCycle,
  RECORDERS,
} from './entry-place.ts'

export interface AddEvent {
  cycleId: string
  event: Event
  actor: Actor
  at: string
}

/**
 * Records a fact in the ledger.
 *
 * @returns the event's id
 * @throws {AppError} if the actor may not, or the event is faulty
 */
export async function addEvent(
  db: Database,
  { cycleId, event, actor, at }: AddEvent,
): Promise<string> {
  assertRole(actor, RECORDERS)
  return db.transaction().execute(async (trx) => {
    const cycle = await openCycle(trx, cycleId, 'record')
    const place = await findEntryPlace(trx, cycle, event.unit, event.indicator)
    await assertReached(trx, cycle, actor, place.unit)
    assertSound(place, { events: [event] })
    const [id = ''] = await insertEvents(trx, cycleId, [event], { at, by: actor.accountId })
    await recordAudit(trx, eventEntry({ id, event, place, actor, at }))
    return id
  })
}

/** The entry in the ledger of writes of an event that was just recorded. */
export function eventEntry(recorded: {
  id: string
  event: Event
  place: EntryPlace
  actor: Actor
  at: string
}): AuditEntry {
  const { id, event, place, actor, at } = recorded
  return {
    at,
    actor,
    action: 'event.add',
    cycleId: place.cycle.id,
    subject: `${place.unit.name} / ${place.indicator.name}`,
    detail: { event: id, before: null, after: event },
  }
}
