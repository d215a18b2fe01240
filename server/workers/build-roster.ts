/** Runs in a thread of its own; see roster-pool.ts. */

import { workbookBuffer } from '../../exports/ranking-workbook.ts'
import { type RosterRow, rosterWorkbook } from '../../exports/roster-workbook.ts'

export interface RosterTask {
  rows: readonly RosterRow[]
  at: string
}

export default async function buildRoster({ rows, at }: RosterTask): Promise<Uint8Array> {
  return new Uint8Array(await workbookBuffer(rosterWorkbook(rows, at)))
}
