/** Who marks what by name, and the ties that keep an assessor from a unit. */

import type { Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('assignment')
    .addColumn('cycle_id', 'text', (c) => c.notNull())
    .addColumn('assessor_code', 'text', (c) => c.notNull())
    .addColumn('indicator_code', 'text', (c) => c.notNull())
    .addColumn('unit_code', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('assignment_key', [
      'cycle_id',
      'assessor_code',
      'indicator_code',
      'unit_code',
    ])
    .addForeignKeyConstraint('assignment_assessor', ['cycle_id', 'assessor_code'], 'assessor', [
      'cycle_id',
      'code',
    ])
    .addForeignKeyConstraint('assignment_unit', ['cycle_id', 'unit_code'], 'cycle_unit', [
      'cycle_id',
      'unit_code',
    ])
    .execute()
  await db.schema
    .createTable('recusal')
    .addColumn('cycle_id', 'text', (c) => c.notNull())
    .addColumn('assessor_code', 'text', (c) => c.notNull())
    .addColumn('unit_code', 'text', (c) => c.notNull())
    .addColumn('reason', 'text', (c) => c.notNull())
    .addColumn('declared_at', 'text', (c) => c.notNull())
    .addColumn('declared_by', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('recusal_key', ['cycle_id', 'assessor_code', 'unit_code'])
    .addForeignKeyConstraint('recusal_assessor', ['cycle_id', 'assessor_code'], 'assessor', [
      'cycle_id',
      'code',
    ])
    .addForeignKeyConstraint('recusal_unit', ['cycle_id', 'unit_code'], 'cycle_unit', [
      'cycle_id',
      'unit_code',
    ])
    .execute()
}
