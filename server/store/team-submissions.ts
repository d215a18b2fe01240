/** Which teams have handed their work in (提交). */

import type { Stamp } from './columns.ts'
import type { Database, Trx } from './database.ts'
import { insertRows, noteGone } from './row-ledger.ts'

/** When each team of a cycle was submitted, by its code; those that are not are not in it. */
export async function teamSubmissions(db: Database, cycleId: string): Promise<Map<string, string>> {
  const rows = await db
    .selectFrom('team_submission')
    .where('cycle_id', '=', cycleId)
    .select(['team_code', 'submitted_at'])
    .execute()
  return new Map(rows.map((row) => [row.team_code, row.submitted_at]))
}

export async function insertSubmission(
  trx: Trx,
  cycleId: string,
  team: string,
  { at, by }: Stamp,
): Promise<void> {
  const row = { cycle_id: cycleId, team_code: team, submitted_at: at, submitted_by: by }
  await insertRows(trx, 'team_submission', [row])
}

/** @returns whether it was submitted */
export async function deleteSubmission(trx: Trx, cycleId: string, team: string): Promise<boolean> {
  const rows = await trx
    .deleteFrom('team_submission')
    .where('cycle_id', '=', cycleId)
    .where('team_code', '=', team)
    .returningAll()
    .execute()
  noteGone(trx, 'team_submission', rows)
  return rows.length > 0
}
