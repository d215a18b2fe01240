/** The ledger of writes: who did what, when, to what. Only ever added to. */

import type { Actor } from '../domain/actor.ts'
import type { Database, Trx } from './database.ts'
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
export type RecordedAudit = Omit<AuditEntryRow, 'detail'> & {
  detail: Readonly<Record<string, unknown>>
}

/**
 * Adds one entry in the transaction of the write it tells of. Numbers have no gaps, so a missing entry
 * would show.
 *
 * @returns the entry's number
 */
export async function recordAudit(trx: Trx, entry: AuditEntry): Promise<number> {
  const { last } = await trx
    .updateTable('sequence')
    .set((eb) => ({ last: eb('last', '+', 1) }))
    .where('name', '=', 'audit_entry')
    .returning('last')
    .executeTakeFirstOrThrow()
  await trx
    .insertInto('audit_entry')
    .values({
      id: last,
      at: entry.at,
      actor_id: entry.actor.accountId,
      actor_name: entry.actor.name,
      action: entry.action,
      cycle_id: entry.cycleId ?? null,
      subject: entry.subject,
      detail: JSON.stringify(entry.detail ?? {}),
    })
    .execute()
  return last
}

export interface AuditFilter {
  cycleId?: string
  actorId?: string
  /** a whole action (`mark.change`) or its noun (`mark`) */
  action?: string
  /** a part of the subject's or the actor's name */
  text?: string
  /** times, inclusive */
  from?: string
  to?: string
  /** entries with a smaller number than this, for the next page */
  before?: number
  limit?: number
}

/** The entries that match, newest first. */
export async function auditEntries(db: Database, filter: AuditFilter): Promise<RecordedAudit[]> {
  let query = db.selectFrom('audit_entry').selectAll()
  const { cycleId, actorId, action, text, from, to, before, limit = 100 } = filter
  if (cycleId !== undefined) query = query.where('cycle_id', '=', cycleId)
  if (actorId !== undefined) query = query.where('actor_id', '=', actorId)
  if (action !== undefined) {
    query = query.where((eb) =>
      eb.or([eb('action', '=', action), eb('action', 'like', likePattern(`${action}.`, 'start'))]),
    )
  }
  if (text) {
    const pattern = likePattern(text, 'anywhere')
    query = query.where((eb) =>
      eb.or([eb('subject', 'like', pattern), eb('actor_name', 'like', pattern)]),
    )
  }
  if (from !== undefined) query = query.where('at', '>=', from)
  if (to !== undefined) query = query.where('at', '<=', to)
  if (before !== undefined) query = query.where('id', '<', before)
  const rows = await query.orderBy('id', 'desc').limit(limit).execute()
  return rows.map((row) => ({ ...row, detail: JSON.parse(row.detail) }))
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
