/** Runs in a thread of its own; see workbook-pool.ts. */

import { threadId } from 'node:worker_threads'
import {
  type RankingInput,
  rankingWorkbook,
  workbookBuffer,
} from '../../exports/ranking-workbook.ts'
import { evaluate } from '../domain/evaluate.ts'

/** What goes to the thread. An evaluation holds functions, which cannot go: the thread makes its own. */
export type WorkbookTask = Omit<RankingInput, 'evaluation'>

export interface BuiltWorkbook {
  bytes: Uint8Array
  /** where it was built; 0 is the thread that answers pages */
  thread: number
}

export default async function buildRankingWorkbook(task: WorkbookTask): Promise<BuiltWorkbook> {
  const workbook = rankingWorkbook({ ...task, evaluation: evaluate(task.bundle) })
  return { bytes: new Uint8Array(await workbookBuffer(workbook)), thread: threadId }
}
