/** Which cycle a cycle was started from, so that results can be set beside those of the one before. */

import type { Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  // No foreign key: a rehearsal may be thrown away, and what was started from it stays.
  await db.schema.alterTable('cycle').addColumn('started_from', 'text').execute()
}
