/** Runs in a thread of its own; see score-sheet-pool.ts. */

import { readScoreSheet, type SheetReading } from '../../exports/read-score-sheet.ts'
import { uploadProblem } from './upload-problem.ts'

export default async function readReturnedSheet(
  bytes: Uint8Array,
): Promise<SheetReading | { problem: string }> {
  const problem = uploadProblem(bytes)
  return problem === undefined ? readScoreSheet(bytes) : { problem }
}
