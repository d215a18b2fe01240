/** Workbooks are built beside the thread that answers pages: a second of work would hold up everybody. */

import { Piscina } from 'piscina'
import type { BuiltWorkbook, WorkbookTask } from './ranking-workbook.ts'

export type { BuiltWorkbook, WorkbookTask } from './ranking-workbook.ts'

export interface WorkbookPool {
  /** The ranking workbook of a bundle as the bytes of an .xlsx file. */
  build(task: WorkbookTask): Promise<BuiltWorkbook>
  close(): Promise<void>
}

/** A pool of one thread, which starts with the first workbook and ends when it has been idle for long. */
export function workbookPool(): WorkbookPool {
  let pool: Piscina<WorkbookTask, BuiltWorkbook> | undefined
  return {
    build(task) {
      pool ??= new Piscina<WorkbookTask, BuiltWorkbook>({
        filename: new URL('./ranking-workbook.ts', import.meta.url).href,
        minThreads: 0,
        maxThreads: 1,
        idleTimeout: 60_000,
      })
      return pool.run(task)
    },
    async close() {
      await pool?.destroy()
      pool = undefined
    },
  }
}
