import type { Kysely } from 'kysely'

/** Score sheets that came back from the road, kept between preview and acceptance. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('score_sheet_upload')
    .addColumn('id', 'text', (column) => column.notNull().primaryKey())
    .addColumn('cycle_id', 'text', (column) => column.notNull().references('cycle.id'))
    .addColumn('account_id', 'text', (column) => column.notNull())
    .addColumn('assessor_code', 'text', (column) => column.notNull())
    .addColumn('file_name', 'text', (column) => column.notNull())
    .addColumn('issued_at', 'text', (column) => column.notNull())
    .addColumn('body', 'text', (column) => column.notNull()) // what was read from it, JSON
    .addColumn('created_at', 'text', (column) => column.notNull())
    .addColumn('accepted_at', 'text') // null: previewed only, and dropped after a day
    .execute()
  await db.schema
    .createIndex('score_sheet_upload_by_assessor')
    .on('score_sheet_upload')
    .columns(['cycle_id', 'assessor_code'])
    .execute()
}
