import type { Event } from '../domain/bundle.ts'
import { recordAudit, recordAudits } from '../store/audit.ts'
import type { Database } from '../store/database.ts'
import { insertEvents } from '../store/events.ts'
import { eventEntry } from './add-event.ts'
import { type AcceptedTable, acceptedEntry, closeTable } from './close-table.ts'
import {
  assertBundleSound,
  assertReached,
  assertRole,
  entryPlaces,
  openCycle,
} from './entry-place.ts'
import { TABLE_ROLES } from './table-roles.ts'

export interface ImportEvents extends AcceptedTable {
  cycleId: string
  events: readonly Event[]
}

/**
 * Records facts in the ledger, all or none, each by the rules of one recorded by hand and with its own
 * entry in the ledger of writes.
 *
 * @throws {AppError} if the actor may not, or one of the events is faulty
 */
export async function importEvents(
  db: Database,
  { cycleId, events, ...table }: ImportEvents,
): Promise<string> {
  const { actor, at } = table
  assertRole(actor, TABLE_ROLES.events)
  const notice = `已从 Excel 记入 ${events.length} 条台账。`
  await db.transaction().execute(async (trx) => {
    const cycle = await openCycle(trx, cycleId, 'record')
    const places = await entryPlaces(trx, cycle)
    const placed = events.map((event) => places.find(event.unit, event.indicator))
    for (const unit of new Set(placed.map((place) => place.unit))) {
      await assertReached(trx, cycle, actor, unit)
    }
    const { scheme, units } = places
    assertBundleSound({ scheme, units: [...units], events: [...events] })
    await closeTable(trx, table, { notice })
    await recordAudit(trx, acceptedEntry(table, { kind: 'events', cycleId, rows: events.length }))
    const ids = await insertEvents(trx, cycleId, events, { at, by: actor.accountId })
    const entries = events.flatMap((event, index) => {
      const [id, place] = [ids[index], placed[index]]
      return id !== undefined && place ? [eventEntry({ id, event, place, actor, at })] : []
    })
    await recordAudits(trx, entries)
  })
  return notice
}
