/** The ledger of writes: who did what, when. Only ever added to. */

import type { Actor } from '../domain/actor.ts'
import type { Trx } from './database.ts'

export interface AuditRecord {
  at: string
  actor: Actor
  /** noun.verb, such as `account.add` */
  action: string
  cycleId?: string
  /** what it was done to: a code, a sign-in name, a cycle's id */
  subject: string
  /** what changed, as plain JSON; never a password */
  detail?: Record<string, unknown>
}

/**
 * Adds an entry. It takes a transaction, so that a write and its entry commit together or not at all.
 * Numbers have no gaps: the row that hands them out stays locked until the transaction ends.
 */
export async function recordAudit(trx: Trx, record: AuditRecord): Promise<void> {
  const { last } = await trx
    .updateTable('sequence')
    .set((row) => ({ last: row('last', '+', 1) }))
    .where('name', '=', 'audit_entry')
    .returning('last')
    .executeTakeFirstOrThrow()
  await trx
    .insertInto('audit_entry')
    .values({
      id: last,
      at: record.at,
      actor_id: record.actor.accountId,
      actor_name: record.actor.name,
      action: record.action,
      cycle_id: record.cycleId ?? null,
      subject: record.subject,
      detail: JSON.stringify(record.detail ?? {}),
    })
    .execute()
}
