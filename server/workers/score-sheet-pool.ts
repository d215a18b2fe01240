/** Score sheets are built in a thread and read in a process, beside the thread that answers pages. */

import type { SheetReading } from '../../exports/read-score-sheet.ts'
import type { ScoreSheetInput } from '../../exports/score-sheet-workbook.ts'
import { sheetReader } from './sheet-reader.ts'
import { sheetThread } from './sheet-thread.ts'

export type { SheetReading } from '../../exports/read-score-sheet.ts'

export interface ScoreSheetPool {
  /** The bytes of an .xlsx file. */
  build(input: ScoreSheetInput): Promise<Uint8Array>
  /** What stands in a file, or what is wrong with it. */
  read(bytes: Uint8Array): Promise<SheetReading | { problem: string }>
  close(): Promise<void>
}

export function scoreSheetPool(): ScoreSheetPool {
  const thread = sheetThread()
  const reader = sheetReader<SheetReading>()
  return {
    build: (input) => thread.run('./build-score-sheet.ts', input),
    read: (bytes) => reader.read({ kind: 'score-sheet', bytes }),
    close() {
      reader.close()
      return thread.close()
    },
  }
}
