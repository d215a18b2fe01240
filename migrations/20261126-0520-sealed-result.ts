/** Results as they were decided: one row a version, never changed. */

import type { Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('sealed_result')
    .addColumn('cycle_id', 'text', (c) => c.notNull().references('cycle.id'))
    .addColumn('version', 'integer', (c) => c.notNull())
    .addColumn('sealed_at', 'text', (c) => c.notNull())
    .addColumn('sealed_by', 'text', (c) => c.notNull())
    .addColumn('scheme_code', 'text', (c) => c.notNull())
    .addColumn('scheme_version', 'integer', (c) => c.notNull())
    .addColumn('engine', 'text', (c) => c.notNull())
    .addColumn('bundle', 'text', (c) => c.notNull())
    .addColumn('result', 'text', (c) => c.notNull())
    .addColumn('reason', 'text')
    .addColumn('told', 'text')
    .addColumn('erratum', 'text')
    .addColumn('previous_sha256', 'text')
    .addColumn('sha256', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('sealed_result_key', ['cycle_id', 'version'])
    .execute()
}
