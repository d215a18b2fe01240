/** Score sheets are built and read beside the thread that answers pages, and a bad file only costs its thread. */

import { Piscina } from 'piscina'
import type { SheetReading } from '../../exports/read-score-sheet.ts'
import type { ScoreSheetInput } from '../../exports/score-sheet-workbook.ts'

export type { SheetReading } from '../../exports/read-score-sheet.ts'

/** A full sheet is read in about a second. */
const READ_WITHIN_MS = 20_000
const MOST_MEGABYTES = 512

const UNREADABLE = '没有读完：内容过大或过于复杂，不是正常的打分表。请重新下载打分表填写。'

export interface ScoreSheetPool {
  /** The bytes of an .xlsx file. */
  build(input: ScoreSheetInput): Promise<Uint8Array>
  /** What stands in a file, or what is wrong with it. */
  read(bytes: Uint8Array): Promise<SheetReading | { problem: string }>
  close(): Promise<void>
}

/** A pool of one thread, which starts with the first sheet and ends when it has been idle for long. */
export function scoreSheetPool(): ScoreSheetPool {
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
    build: (input) => run('./build-score-sheet.ts', input),
    async read(bytes) {
      try {
        return await run('./read-score-sheet.ts', bytes, AbortSignal.timeout(READ_WITHIN_MS))
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
