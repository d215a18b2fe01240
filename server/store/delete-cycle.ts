/** What belongs to a cycle, and how it goes with it. */

import type { Trx } from './database.ts'
import { noteCycleGone } from './row-ledger.ts'

/** Every table whose rows belong to a cycle, those first that others do not point to. */
export const TABLES_OF_CYCLE = [
  'public_notice',
  'sealed_result',
  'score_sheet_upload',
  'table_upload',
  'evidence',
  'self_mark',
  'self_assessment',
  'adjustment',
  'veto',
  'event',
  'tally_count',
  'tally',
  'value',
  'mark',
  'assignment',
  'recusal',
  'mark_return',
  'team_submission',
  'team_member',
  'team',
  'assessor',
  'not_applicable',
  'cycle_unit_measure',
  'cycle_unit',
  'cycle_stage',
] as const

/** Deletes a cycle with all that belongs to it; the ledger of writes keeps its entries. */
export async function deleteCycle(trx: Trx, id: string): Promise<void> {
  // Corrected events point to those that replaced them.
  await trx.updateTable('event').set({ replaced_by: null }).where('cycle_id', '=', id).execute()
  for (const table of TABLES_OF_CYCLE) {
    await trx.deleteFrom(table).where('cycle_id', '=', id).execute()
  }
  await trx.deleteFrom('cycle').where('id', '=', id).execute()
  noteCycleGone(trx, id)
}
