import type { Kysely } from 'kysely'

/** Tables from Excel between upload, preview and acceptance. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('table_upload')
    .addColumn('id', 'text', (column) => column.notNull().primaryKey())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('cycle_id', 'text', (column) => column.references('cycle.id')) // null: of no cycle
    .addColumn('account_id', 'text', (column) => column.notNull())
    .addColumn('file_name', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('problem', 'text') // why it was refused
    .addColumn('step', 'text', (column) => column.notNull()) // what is being done, and how far it is
    .addColumn('done', 'integer', (column) => column.notNull())
    .addColumn('total', 'integer', (column) => column.notNull())
    .addColumn('body', 'text', (column) => column.notNull()) // its rows, then its outcome, JSON
    .addColumn('created_at', 'text', (column) => column.notNull())
    .addColumn('touched_at', 'text', (column) => column.notNull())
    .execute()
  await db.schema
    .createIndex('table_upload_by_cycle')
    .on('table_upload')
    .columns(['cycle_id'])
    .execute()
}
