/** Runs in a process of its own; see sheet-reader.ts. Reads one file, answers, and ends. */

import { type ReadOrder, readImportTable } from '../../exports/read-import-table.ts'
import { readScoreSheet } from '../../exports/read-score-sheet.ts'
import { MOST_MERGED, mergedCells } from './merged-cells.ts'
import type { ReadProgress } from './sheet-reader.ts'
import { uploadProblem } from './upload-problem.ts'

export type ReadTask =
  | { kind: 'score-sheet'; bytes: Uint8Array }
  | { kind: 'table'; bytes: Uint8Array; order: ReadOrder }

/** What comes back: how far it is, any number of times, and at last what was read. */
export type ReadAnswer = { progress: ReadProgress } | { result: unknown }

const MERGED_MUCH = '里合并了大片的单元格，看不出内容属于哪一行。请取消合并后再上传。'

process.once('message', async (message) => {
  const task = message as ReadTask
  tell({ step: 'checking', done: 0, total: 0 })
  const answer: ReadAnswer = { result: await read(task) }
  process.send?.(answer, undefined, undefined, () => process.disconnect())
})

async function read(task: ReadTask): Promise<unknown> {
  let merged = 0
  const problem = uploadProblem(task.bytes, (name, content) => {
    if (name.startsWith('xl/worksheets/')) merged += mergedCells(content.toString('latin1'))
  })
  if (problem !== undefined) return { problem }
  if (task.kind === 'score-sheet') return readScoreSheet(task.bytes)
  if (merged > MOST_MERGED) return { problem: MERGED_MUCH }
  return readImportTable(task.bytes, task.order, (step, done, total) => tell({ step, done, total }))
}

function tell(progress: ReadProgress): void {
  process.send?.({ progress } satisfies ReadAnswer)
}
