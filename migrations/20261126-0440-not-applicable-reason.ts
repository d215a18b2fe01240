/** Why an indicator does not apply to a unit; unknown for what came with a bundle. */

import type { Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('not_applicable').addColumn('reason', 'text').execute()
}
