/** The ledger of writes: who did what, when, to what. Only ever added to. */

import type { Actor } from '../domain/actor.ts'
import { aboutIndicator, aboutUnit, type NamedUnit } from './audit-about.ts'
import { GENESIS, linkHash } from './audit-chain.ts'
import { closeDay, dayAfter } from './audit-days.ts'
import { portions } from './columns.ts'
import { compiled } from './compiled.ts'
import type { Database, Trx } from './database.ts'
import { takeNotes } from './row-ledger.ts'
import type { AuditEntryRow } from './schema.ts'

export interface AuditEntry {
  at: string
  actor: Pick<Actor, 'accountId' | 'name'>
  /** `noun.verb`, such as `mark.change` */
  action: string
  cycleId?: string
  /** what it was done to, in names that a person reads */
  subject: string
  /** what else is worth knowing; a change has `before` and `after` */
  detail?: Readonly<Record<string, unknown>>
}

/** An entry as it is read back. */
export type RecordedAudit = Omit<AuditEntryRow, 'detail' | 'row_digests'> & {
  detail: Readonly<Record<string, unknown>>
}

const nextNumbers = compiled((db, blank: { count: number }) =>
  db
    .updateTable('sequence')
    .set((eb) => ({ last: eb('last', '+', blank.count) }))
    .where('name', '=', 'audit_entry')
    .returning('last'),
)

const addEntry = compiled((db, blank: AuditEntryRow) =>
  db.insertInto('audit_entry').values({
    id: blank.id,
    at: blank.at,
    actor_id: blank.actor_id,
    actor_name: blank.actor_name,
    action: blank.action,
    cycle_id: blank.cycle_id,
    subject: blank.subject,
    detail: blank.detail,
    day: blank.day,
    row_digests: blank.row_digests,
    previous_hash: blank.previous_hash,
    hash: blank.hash,
  }),
)

const entryAt = compiled((db, blank: { id: number }) =>
  db.selectFrom('audit_entry').where('id', '=', blank.id).select(['hash', 'day']),
)

/**
 * Adds one entry in the transaction of the write it tells of. Numbers have no gaps and every entry
 * carries a hash over the one before it, so a missing or rewritten entry shows. The number's row stays
 * locked until the transaction ends: with several writers the chain has one end.
 *
 * @returns the entry's number
 */
export async function recordAudit(trx: Trx, entry: AuditEntry): Promise<number> {
  return recordAudits(trx, [entry])
}

/**
 * The same for many at once, in their order. Rows that were noted before go with the first of them.
 *
 * @returns the number of the last
 */
export async function recordAudits(trx: Trx, entries: readonly AuditEntry[]): Promise<number> {
  const [number] = (await nextNumbers(trx, { count: entries.length })).rows
  if (!number) throw new Error('the audit ledger has lost count of its entries')
  const { last } = number
  const first = last - entries.length + 1
  let [rows, end]: [AuditEntryRow[], ChainEnd] = [[], await chainEnd(trx, first - 1)]
  for (const [index, entry] of entries.entries()) {
    const id = first + index
    const day = dayAfter(end.day, entry.at)
    if (end.day !== null && day !== end.day) {
      await insertEntries(trx, rows)
      rows = []
      await closeDay(trx, end.day, id - 1)
    }
    const row = linked(end, entry, { id, day, row_digests: JSON.stringify(takeNotes(trx)) })
    rows.push(row)
    end = { hash: row.hash, day }
  }
  await insertEntries(trx, rows)
  return last
}

/** An entry as it is kept, hung to the end of the chain. */
function linked(
  { hash: previous_hash }: ChainEnd,
  { at, actor, action, cycleId, subject, detail }: AuditEntry,
  place: { id: number; day: string; row_digests: string },
) {
  const content = {
    ...{ ...place, at, action, subject },
    actor_id: actor.accountId,
    actor_name: actor.name,
    cycle_id: cycleId ?? null,
    detail: JSON.stringify(detail ?? {}),
  }
  return { ...content, previous_hash, hash: linkHash(previous_hash, content) }
}

async function insertEntries(trx: Trx, rows: readonly AuditEntryRow[]): Promise<void> {
  const [only] = rows
  if (only && rows.length === 1) await addEntry(trx, only)
  else for (const some of portions(rows)) await trx.insertInto('audit_entry').values(some).execute()
}

interface ChainEnd {
  hash: string
  day: string | null
}

/** The end of the chain. An entry that should be there and is not must not stop the work: it shows. */
async function chainEnd(trx: Trx, id: number): Promise<ChainEnd> {
  const [last] = (await entryAt(trx, { id })).rows
  return { hash: last?.hash ?? GENESIS, day: last?.day ?? null }
}

export interface AuditFilter {
  cycleId?: string
  actorId?: string
  /** a whole action (`mark.change`) or its noun (`mark`) */
  action?: string
  unit?: NamedUnit
  /** its code or its name, whole */
  indicator?: string
  /** a part of the subject, of the actor's name or of the detail */
  text?: string
  /** times, inclusive */
  from?: string
  to?: string
  /** entries with a smaller number than this, for the next page */
  before?: number
}

/** Everything but the digests, of which an import has one for every row. */
const SHOWN = [
  ...(['id', 'at', 'day', 'actor_id', 'actor_name', 'action', 'cycle_id'] as const),
  ...(['subject', 'detail', 'previous_hash', 'hash'] as const),
] as const

/** The entries that match, newest first. @param filter.offset how many of them to leave out */
export async function auditEntries(
  db: Database,
  { limit = 100, offset = 0, ...filter }: AuditFilter & { limit?: number; offset?: number },
): Promise<RecordedAudit[]> {
  const rows = await matching(db, filter)
    .select(SHOWN)
    .orderBy('id', 'desc')
    .limit(limit)
    .offset(offset)
    .execute()
  return rows.map((row) => ({ ...row, detail: JSON.parse(row.detail) }))
}

/** How many entries match. */
export async function countAudit(db: Database, filter: AuditFilter): Promise<number> {
  const { count } = await matching(db, filter)
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return count
}

function matching(db: Database, filter: AuditFilter) {
  let query = db.selectFrom('audit_entry')
  const { cycleId, actorId, action, unit, indicator, text, from, to, before } = filter
  if (cycleId !== undefined) query = query.where('cycle_id', '=', cycleId)
  if (actorId !== undefined) query = query.where('actor_id', '=', actorId)
  if (action !== undefined) {
    query = query.where((eb) =>
      eb.or([eb('action', '=', action), eb('action', 'like', likePattern(`${action}.`, 'start'))]),
    )
  }
  if (unit !== undefined) query = query.where(aboutUnit(unit))
  if (indicator !== undefined) query = query.where(aboutIndicator(indicator))
  if (text) {
    const pattern = likePattern(text, 'anywhere')
    query = query.where((eb) =>
      eb.or([
        eb('subject', 'like', pattern),
        eb('actor_name', 'like', pattern),
        eb('detail', 'like', pattern),
      ]),
    )
  }
  if (from !== undefined) query = query.where('at', '>=', from)
  if (to !== undefined) query = query.where('at', '<=', to)
  if (before !== undefined) query = query.where('id', '<', before)
  return query
}

/** Everybody who did something, by name, for a choice in a form. */
export async function auditActors(db: Database): Promise<{ id: string; name: string }[]> {
  const rows = await db
    .selectFrom('audit_entry')
    .select(['actor_id as id', 'actor_name as name'])
    .distinct()
    .orderBy('actor_name')
    .orderBy('actor_id')
    .execute()
  // Somebody who was renamed is one person.
  return [...new Map(rows.map((row) => [row.id, row])).values()]
}

/** Every `noun.verb` that occurs, for a choice in a form. */
export async function auditActions(db: Database): Promise<string[]> {
  const rows = await db
    .selectFrom('audit_entry')
    .select('action')
    .distinct()
    .orderBy('action')
    .execute()
  return rows.map((row) => row.action)
}

/** Characters that `like` takes for more than themselves match one character of any kind. */
function likePattern(text: string, where: 'start' | 'anywhere'): string {
  const plain = text.replaceAll(/[%\\]/g, '_')
  return where === 'start' ? `${plain}%` : `%${plain}%`
}
