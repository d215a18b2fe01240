/**
 * A veto or a decided grade counts once a second person has confirmed it, and likewise its lifting. What
 * was decided before counts as it did: nothing of it waits.
 */

import type { Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const table of ['veto', 'adjustment']) {
    for (const column of COLUMNS) {
      await db.schema.alterTable(table).addColumn(column, 'text').execute()
    }
  }
}

const COLUMNS = [
  'document',
  'waits', // record or lift: for whose confirmation it waits; null: for none
  'confirmed_at',
  'confirmed_by',
  'lift_asked_at',
  'lift_asked_by',
  'lifted_by',
  'dropped', // withdrawn or refused, where it was never confirmed
]
