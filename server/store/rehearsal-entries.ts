import type { Trx } from './database.ts'
import { noteGone } from './row-ledger.ts'

/**
 * Deletes the marks, values, ballots and events of a rehearsal, whatever was corrected or withdrawn too.
 * Only of a rehearsal: in a real cycle nothing that was entered is ever deleted.
 *
 * @throws {RangeError} if the cycle is a real one
 */
export async function clearRehearsalEntries(trx: Trx, cycleId: string): Promise<void> {
  const rehearsal = await trx
    .selectFrom('cycle')
    .where('id', '=', cycleId)
    .where('rehearsal', '=', 1)
    .select('id')
    .executeTakeFirst()
  if (!rehearsal) throw new RangeError(`${cycleId} is no rehearsal`)
  // Corrected events point to those that replaced them.
  await trx
    .updateTable('event')
    .set({ replaced_by: null })
    .where('cycle_id', '=', cycleId)
    .execute()
  for (const table of ['event', 'tally_count', 'tally', 'value', 'mark'] as const) {
    const rows = await trx
      .deleteFrom(table)
      .where('cycle_id', '=', cycleId)
      .returningAll()
      .execute()
    noteGone(trx, table, rows)
  }
}
