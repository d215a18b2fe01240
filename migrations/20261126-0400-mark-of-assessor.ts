/** An assessor's marks in one indicator are found without reading all the others of his. */

import type { Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createIndex('mark_assessor_indicator')
    .on('mark')
    .columns(['cycle_id', 'assessor_code', 'indicator_code'])
    .execute()
  // Begins with the same columns.
  await db.schema.dropIndex('mark_cycle_id_assessor_code').execute()
}
