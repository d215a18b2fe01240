/** What units say of themselves: their own marks, and the evidence they hand in. */

import type { CreateTableBuilder, Kysely } from 'kysely'

type Db = Kysely<unknown>

export async function up(db: Db): Promise<void> {
  await withUnit(db.schema.createTable('self_assessment'), 'self_assessment')
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('submitted_at', 'text')
    .addColumn('submitted_by', 'text')
    .addColumn('returned_at', 'text')
    .addColumn('returned_by', 'text')
    .addColumn('return_remark', 'text')
    .addColumn('row_version', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('self_assessment_key', ['cycle_id', 'unit_code'])
    .execute()
  await withUnit(db.schema.createTable('self_mark'), 'self_mark')
    .addColumn('indicator_code', 'text', (c) => c.notNull())
    .addColumn('points_micros', 'bigint')
    .addColumn('remark', 'text')
    .addColumn('row_version', 'integer', (c) => c.notNull())
    .addColumn('updated_at', 'text', (c) => c.notNull())
    .addColumn('updated_by', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('self_mark_key', ['cycle_id', 'unit_code', 'indicator_code'])
    .execute()
  // The content itself lies beside the database, under the name of its hash.
  await db.schema
    .createTable('evidence_file')
    .addColumn('sha256', 'text', (c) => c.notNull().primaryKey())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('size', 'bigint', (c) => c.notNull())
    .addColumn('type', 'text', (c) => c.notNull())
    .addColumn('stored_at', 'text', (c) => c.notNull())
    .execute()
  await withUnit(db.schema.createTable('evidence'), 'evidence')
    .addColumn('id', 'text', (c) => c.notNull().primaryKey())
    .addColumn('indicator_code', 'text', (c) => c.notNull())
    .addColumn('sha256', 'text', (c) => c.notNull().references('evidence_file.sha256'))
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('handed_in_at', 'text', (c) => c.notNull())
    .addColumn('handed_in_by', 'text', (c) => c.notNull())
    .addColumn('withdrawn_at', 'text')
    .execute()
  for (const columns of [['cycle_id', 'unit_code'], ['unit_code'], ['sha256']]) {
    await db.schema
      .createIndex(`evidence_${columns.join('_')}`)
      .on('evidence')
      .columns(columns)
      .execute()
  }
}

/** The unit of the cycle that a row is about. */
function withUnit<T extends string, C extends string>(
  table: CreateTableBuilder<T, C>,
  name: string,
): CreateTableBuilder<T, C | 'cycle_id' | 'unit_code'> {
  return table
    .addColumn('cycle_id', 'text', (c) => c.notNull())
    .addColumn('unit_code', 'text', (c) => c.notNull())
    .addForeignKeyConstraint(`${name}_unit`, ['cycle_id', 'unit_code'], 'cycle_unit', [
      'cycle_id',
      'unit_code',
    ])
}
