/** Runs in a thread of its own; see score-sheet-pool.ts. */

import { workbookBuffer } from '../../exports/ranking-workbook.ts'
import { type ScoreSheetInput, scoreSheetWorkbook } from '../../exports/score-sheet-workbook.ts'

export default async function buildScoreSheet(input: ScoreSheetInput): Promise<Uint8Array> {
  return new Uint8Array(await workbookBuffer(scoreSheetWorkbook(input)))
}
