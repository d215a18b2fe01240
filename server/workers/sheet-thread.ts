/** One thread for building workbooks beside the thread that answers pages. */

import { Piscina } from 'piscina'

export interface SheetThread {
  /** Runs a file of this folder. */
  run<Result>(file: string, task: unknown): Promise<Result>
  close(): Promise<void>
}

/** It starts with the first task and ends when it has been idle for long. */
export function sheetThread(): SheetThread {
  let pool: Piscina | undefined
  return {
    run(file, task) {
      pool ??= new Piscina({ minThreads: 0, maxThreads: 1, idleTimeout: 60_000 })
      return pool.run(task, { filename: new URL(file, import.meta.url).href })
    },
    async close() {
      await pool?.destroy()
      pool = undefined
    },
  }
}
