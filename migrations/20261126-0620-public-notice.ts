/** What the public notice of a cycle's result says beside the result itself. */

import type { Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('public_notice')
    .addColumn('cycle_id', 'text', (c) => c.primaryKey().notNull().references('cycle.id'))
    .addColumn('days', 'integer')
    .addColumn('counted', 'text', (c) => c.notNull())
    .addColumn('contact', 'text', (c) => c.notNull())
    .addColumn('shows', 'text', (c) => c.notNull())
    .execute()
}
