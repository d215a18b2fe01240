/** Runs in a process of its own; see sheet-reader.ts. Reads one file, answers, and ends. */

import { readRoster } from '../../exports/read-roster.ts'
import { readScoreSheet } from '../../exports/read-score-sheet.ts'
import { uploadProblem } from './upload-problem.ts'

export interface ReadTask {
  kind: 'score-sheet' | 'roster'
  bytes: Uint8Array
}

const READERS = { 'score-sheet': readScoreSheet, roster: readRoster }

process.once('message', async (task) => {
  const { kind, bytes } = task as ReadTask
  const problem = uploadProblem(bytes)
  const result = problem === undefined ? await READERS[kind](bytes) : { problem }
  process.send?.(result, undefined, undefined, () => process.disconnect())
})
