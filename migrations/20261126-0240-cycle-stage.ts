/** When each stage of a cycle begins and ends, as planned. */

import type { Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('cycle_stage')
    .addColumn('cycle_id', 'text', (c) => c.notNull().references('cycle.id'))
    .addColumn('stage', 'text', (c) => c.notNull())
    .addColumn('starts_on', 'text')
    .addColumn('ends_on', 'text')
    .addPrimaryKeyConstraint('cycle_stage_key', ['cycle_id', 'stage'])
    .execute()
}
