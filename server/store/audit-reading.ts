/** Reads the ledger of writes as it is kept, from its first entry to its last. */

import type { Database } from './database.ts'
import type { AuditEntryRow } from './schema.ts'

const ENTRIES_AT_ONCE = 500

/** Every entry with all its columns, in portions: the ledger may be long, the memory is not. */
export async function* entriesInOrder(trx: Database): AsyncGenerator<AuditEntryRow[]> {
  for (let after = 0; ; ) {
    const rows = await trx
      .selectFrom('audit_entry')
      .where('id', '>', after)
      .selectAll()
      .orderBy('id')
      .limit(ENTRIES_AT_ONCE)
      .execute()
    if (rows.length > 0) yield rows
    const last = rows.at(-1)
    if (last === undefined || rows.length < ENTRIES_AT_ONCE) return
    after = last.id
  }
}
