/** Marks that a lead gave back to their assessors, and the teams that handed their work in. */

import type { Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('mark_return')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('cycle_id', 'text', (c) => c.notNull())
    .addColumn('unit_code', 'text', (c) => c.notNull())
    .addColumn('indicator_code', 'text', (c) => c.notNull())
    .addColumn('assessor_code', 'text', (c) => c.notNull())
    .addColumn('mark_version', 'integer') // the mark's version when it was returned; null: there was none
    .addColumn('remark', 'text', (c) => c.notNull())
    .addColumn('returned_at', 'text', (c) => c.notNull())
    .addColumn('returned_by', 'text', (c) => c.notNull()) // the account
    .addColumn('answer', 'text') // null: not answered
    .addColumn('changed', 'integer') // whether the mark was another one when it was answered
    .addColumn('answered_at', 'text')
    .addColumn('withdrawn_at', 'text') // null: it stands
    .addForeignKeyConstraint(
      'mark_return_assessor',
      ['cycle_id', 'assessor_code'],
      'assessor',
      ['cycle_id', 'code'],
      (constraint) => constraint.onDelete('cascade'),
    )
    .addForeignKeyConstraint(
      'mark_return_unit',
      ['cycle_id', 'unit_code'],
      'cycle_unit',
      ['cycle_id', 'unit_code'],
      (constraint) => constraint.onDelete('cascade'),
    )
    .execute()
  await db.schema
    .createIndex('mark_return_by_assessor')
    .on('mark_return')
    .columns(['cycle_id', 'assessor_code'])
    .execute()
  await db.schema
    .createTable('team_submission')
    .addColumn('cycle_id', 'text', (c) => c.notNull())
    .addColumn('team_code', 'text', (c) => c.notNull())
    .addColumn('submitted_at', 'text', (c) => c.notNull())
    .addColumn('submitted_by', 'text', (c) => c.notNull()) // the account
    .addPrimaryKeyConstraint('team_submission_key', ['cycle_id', 'team_code'])
    .addForeignKeyConstraint('team_submission_team', ['cycle_id', 'team_code'], 'team', [
      'cycle_id',
      'code',
    ])
    .execute()
}
