/** The teams (考核组) of a cycle, and which of its assessors belong to them: each to one at most. */

import type { Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('team')
    .addColumn('cycle_id', 'text', (c) => c.notNull().references('cycle.id'))
    .addColumn('code', 'text', (c) => c.notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('position', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('team_key', ['cycle_id', 'code'])
    .addUniqueConstraint('team_name', ['cycle_id', 'name'])
    .execute()
  await db.schema
    .createTable('team_member')
    .addColumn('cycle_id', 'text', (c) => c.notNull())
    .addColumn('assessor_code', 'text', (c) => c.notNull())
    .addColumn('team_code', 'text', (c) => c.notNull())
    .addColumn('leads', 'integer', (c) => c.notNull()) // 1: the lead (组长) of the team
    .addPrimaryKeyConstraint('team_member_key', ['cycle_id', 'assessor_code'])
    .addForeignKeyConstraint(
      'team_member_assessor',
      ['cycle_id', 'assessor_code'],
      'assessor',
      ['cycle_id', 'code'],
      // Who leaves the cycle leaves his team.
      (constraint) => constraint.onDelete('cascade'),
    )
    .addForeignKeyConstraint('team_member_team', ['cycle_id', 'team_code'], 'team', [
      'cycle_id',
      'code',
    ])
    .execute()
}
