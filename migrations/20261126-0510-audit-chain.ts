/** Chains the ledger of writes: every entry carries a hash over the one before it, and days have roots. */

import type { Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  // Null only until the program, which can hash, has chained what was written before.
  for (const column of ['day', 'row_digests', 'previous_hash', 'hash']) {
    await db.schema.alterTable('audit_entry').addColumn(column, 'text').execute()
  }
  await db.schema.createIndex('audit_entry_day').on('audit_entry').columns(['day', 'id']).execute()
  await db.schema
    .createTable('audit_day')
    .addColumn('day', 'text', (c) => c.notNull().primaryKey())
    .addColumn('first_id', 'bigint', (c) => c.notNull())
    .addColumn('last_id', 'bigint', (c) => c.notNull())
    .addColumn('root', 'text', (c) => c.notNull())
    .execute()
}
