/** One thread for building and reading workbooks: a file that is too much for it costs the thread and nothing else. */

import { Piscina } from 'piscina'

/** A full sheet is read in about a second. */
const READ_WITHIN_MS = 20_000
const MOST_MEGABYTES = 512

const UNREADABLE = '没有读完：内容过大或过于复杂，不是正常的表格。请重新下载空表填写。'

export interface SheetThread {
  /** Runs a file of this folder. */
  run<Result>(file: string, task: unknown): Promise<Result>
  /** The same with bytes that somebody sent, within a time and a memory that no sound file needs. */
  read<Result>(file: string, bytes: Uint8Array): Promise<Result | { problem: string }>
  close(): Promise<void>
}

/** It starts with the first task and ends when it has been idle for long. */
export function sheetThread(): SheetThread {
  let pool: Piscina | undefined
  const run = (file: string, task: unknown, signal?: AbortSignal) => {
    pool ??= new Piscina({
      minThreads: 0,
      maxThreads: 1,
      idleTimeout: 60_000,
      resourceLimits: { maxOldGenerationSizeMb: MOST_MEGABYTES },
    })
    const filename = new URL(file, import.meta.url).href
    return pool.run(task, { filename, ...(signal ? { signal } : {}) })
  }
  return {
    run: (file, task) => run(file, task),
    async read(file, bytes) {
      try {
        return await run(file, bytes, AbortSignal.timeout(READ_WITHIN_MS))
      } catch {
        return { problem: UNREADABLE }
      }
    },
    async close() {
      await pool?.destroy()
      pool = undefined
    },
  }
}
