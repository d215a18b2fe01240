/** Recorded facts (台账记录). A correction adds a row and marks the old one; nothing is ever deleted. */

import { v7 as uuid } from 'uuid'
import type { Event } from '../domain/bundle.ts'
import { given, optionalAmountOf, optionalMicrosOf, type Stamp } from './columns.ts'
import type { Database, Trx } from './database.ts'
import type { CellKey } from './marks.ts'
import { insertRows, noteRows } from './row-ledger.ts'
import type { EventRow } from './schema.ts'

/** An event with its place in the ledger. */
export interface StoredEvent {
  id: string
  event: Event
  /** the place in the order entered; a correction keeps it */
  position: number
  /** 1 as first recorded, one more with each correction */
  version: number
  recordedAt: string
  /** the account */
  recordedBy: string
  /** the event that corrected it; null: none */
  replacedBy: string | null
  withdrawnAt: string | null
  /** why it was corrected or withdrawn */
  changeReason: string | null
}

export interface LedgerFilter extends Partial<Omit<CellKey, 'cycleId'>> {
  rule?: string
  foundBy?: string
  /** a part of the reason, the matter or the document's number */
  text?: string
  /** dates of the fact, inclusive */
  from?: string
  to?: string
  /** whether to show what was corrected or withdrawn too */
  history?: boolean
}

/** The ledger of a cycle in the order entered, corrections before what they replaced. */
export async function ledgerEvents(
  db: Database,
  cycleId: string,
  filter: LedgerFilter = {},
): Promise<StoredEvent[]> {
  const { unit, indicator, rule, foundBy, text, from, to, history } = filter
  let query = db.selectFrom('event').where('cycle_id', '=', cycleId)
  if (unit !== undefined) query = query.where('unit_code', '=', unit)
  if (indicator !== undefined) query = query.where('indicator_code', '=', indicator)
  if (rule !== undefined) query = query.where('rule_code', '=', rule)
  if (foundBy !== undefined) query = query.where('found_by', '=', foundBy)
  if (from !== undefined) query = query.where('date', '>=', from)
  if (to !== undefined) query = query.where('date', '<=', to)
  if (!history) query = query.where('replaced_by', 'is', null).where('withdrawn_at', 'is', null)
  const rows = await query
    .selectAll()
    .orderBy('position')
    .orderBy('row_version', 'desc')
    .orderBy('id')
    .execute()
  const found = rows.map(storedEvent)
  return text ? found.filter(({ event }) => mentions(event, text)) : found
}

function mentions({ reason, matter, document }: Event, text: string): boolean {
  return [reason, matter, document].some((field) => field?.includes(text))
}

/** The events that stand, in the order entered: what an evaluation sees. */
export async function standingEvents(db: Database, cycleId: string): Promise<Event[]> {
  const rows = await db
    .selectFrom('event')
    .where('cycle_id', '=', cycleId)
    .where('replaced_by', 'is', null)
    .where('withdrawn_at', 'is', null)
    .selectAll()
    .orderBy('position')
    .orderBy('id')
    .execute()
  return rows.map(eventOf)
}

export async function findEvent(
  db: Database,
  cycleId: string,
  id: string,
): Promise<StoredEvent | undefined> {
  const row = await db
    .selectFrom('event')
    .where('cycle_id', '=', cycleId)
    .where('id', '=', id)
    .selectAll()
    .executeTakeFirst()
  return row && storedEvent(row)
}

/** Adds events after those that are there. @returns their ids */
export async function insertEvents(
  trx: Trx,
  cycleId: string,
  events: readonly Event[],
  stamp: Stamp,
): Promise<string[]> {
  const last = await trx
    .selectFrom('event')
    .where('cycle_id', '=', cycleId)
    .select((eb) => eb.fn.max('position').as('position'))
    .executeTakeFirst()
  const first = (last?.position ?? -1) + 1
  const rows = events.map((event, index) => eventRow(cycleId, event, first + index, 1, stamp))
  await insertRows(trx, 'event', rows)
  return rows.map((row) => row.id)
}

/** Puts `event` in the place of `old` if nobody changed that meanwhile. @returns the new id, if so */
export async function replaceEvent(
  trx: Trx,
  cycleId: string,
  old: StoredEvent,
  event: Event,
  reason: string,
  stamp: Stamp,
): Promise<string | undefined> {
  const row = eventRow(cycleId, event, old.position, old.version + 1, stamp)
  await insertRows(trx, 'event', [row])
  const rows = await trx
    .updateTable('event')
    .set({ replaced_by: row.id, change_reason: reason })
    .where('id', '=', old.id)
    .where('replaced_by', 'is', null)
    .where('withdrawn_at', 'is', null)
    .returningAll()
    .execute()
  noteRows(trx, 'event', rows)
  return rows.length === 1 ? row.id : undefined
}

/** Marks an event as withdrawn if it stands. @returns whether it did */
export async function markWithdrawn(
  trx: Trx,
  id: string,
  reason: string,
  at: string,
): Promise<boolean> {
  const rows = await trx
    .updateTable('event')
    .set({ withdrawn_at: at, change_reason: reason })
    .where('id', '=', id)
    .where('replaced_by', 'is', null)
    .where('withdrawn_at', 'is', null)
    .returningAll()
    .execute()
  noteRows(trx, 'event', rows)
  return rows.length === 1
}

function eventRow(
  cycleId: string,
  event: Event,
  position: number,
  version: number,
  { at, by }: Stamp,
): EventRow {
  return {
    id: uuid(),
    cycle_id: cycleId,
    unit_code: event.unit,
    indicator_code: event.indicator,
    rule_code: event.rule,
    count: event.count ?? null,
    tier: event.tier ?? null,
    points_micros: optionalMicrosOf(event.points),
    value_micros: optionalMicrosOf(event.value),
    factors: listText(event.factors),
    surcharges: listText(event.surcharges),
    matter: event.matter ?? null,
    reason: event.reason ?? null,
    document: event.document ?? null,
    date: event.date ?? null,
    found_by: event.foundBy ?? null,
    position,
    row_version: version,
    recorded_at: at,
    recorded_by: by,
    replaced_by: null,
    withdrawn_at: null,
    change_reason: null,
  }
}

function storedEvent(row: EventRow): StoredEvent {
  return {
    id: row.id,
    event: eventOf(row),
    position: row.position,
    version: row.row_version,
    recordedAt: row.recorded_at,
    recordedBy: row.recorded_by,
    replacedBy: row.replaced_by,
    withdrawnAt: row.withdrawn_at,
    changeReason: row.change_reason,
  }
}

function eventOf(row: EventRow): Event {
  return given({
    unit: row.unit_code,
    indicator: row.indicator_code,
    rule: row.rule_code,
    count: row.count,
    tier: row.tier,
    points: optionalAmountOf(row.points_micros),
    value: optionalAmountOf(row.value_micros),
    factors: listFrom(row.factors),
    surcharges: listFrom(row.surcharges),
    matter: row.matter,
    reason: row.reason,
    document: row.document,
    date: row.date,
    foundBy: row.found_by,
  })
}

function listText(names: readonly string[] | undefined): string | null {
  return names?.length ? JSON.stringify(names) : null
}

function listFrom(text: string | null): string[] | null {
  return text === null ? null : JSON.parse(text)
}
