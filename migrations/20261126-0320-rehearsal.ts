/** Cycles that only rehearse one: they can be thrown away, and no unit ever sees them. */

import type { Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('cycle')
    .addColumn('rehearsal', 'integer', (c) => c.notNull().defaultTo(0))
    .execute()
}
