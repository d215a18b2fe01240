/** When each stage of a cycle begins and ends, as planned: days of the calendar, such as 2026-11-30. */

import { STAGES, type Stage } from '../domain/stage.ts'
import type { Database, Trx } from './database.ts'
import { insertRows, noteGone } from './row-ledger.ts'

export interface StageDates {
  stage: Stage
  startsOn: string | null
  endsOn: string | null
}

/** The planned days of every stage, in their order; those without one are null. */
export async function stageDates(db: Database | Trx, cycleId: string): Promise<StageDates[]> {
  const rows = await db
    .selectFrom('cycle_stage')
    .where('cycle_id', '=', cycleId)
    .select(['stage', 'starts_on', 'ends_on'])
    .execute()
  return STAGES.map((stage) => {
    const row = rows.find((each) => each.stage === stage)
    return { stage, startsOn: row?.starts_on ?? null, endsOn: row?.ends_on ?? null }
  })
}

/** Replaces the planned days of all stages of a cycle. */
export async function replaceStageDates(
  trx: Trx,
  cycleId: string,
  dates: readonly StageDates[],
): Promise<void> {
  const before = await trx
    .deleteFrom('cycle_stage')
    .where('cycle_id', '=', cycleId)
    .returningAll()
    .execute()
  noteGone(trx, 'cycle_stage', before)
  const rows = dates
    .filter(({ startsOn, endsOn }) => startsOn !== null || endsOn !== null)
    .map(({ stage, startsOn, endsOn }) => {
      return { cycle_id: cycleId, stage, starts_on: startsOn, ends_on: endsOn }
    })
  await insertRows(trx, 'cycle_stage', rows)
}
