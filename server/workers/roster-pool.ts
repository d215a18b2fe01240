/** Tables of units are built in a thread and read in a process, beside the thread that answers pages. */

import type { TypedRow } from '../../exports/read-roster.ts'
import type { RosterTask } from './build-roster.ts'
import { sheetReader } from './sheet-reader.ts'
import { sheetThread } from './sheet-thread.ts'

export interface RosterPool {
  /** The bytes of an .xlsx file. */
  build(task: RosterTask): Promise<Uint8Array>
  /** What stands in a file, or what is wrong with it. */
  read(bytes: Uint8Array): Promise<{ rows: readonly TypedRow[] } | { problem: string }>
  close(): Promise<void>
}

export function rosterPool(): RosterPool {
  const thread = sheetThread()
  const reader = sheetReader<{ rows: readonly TypedRow[] }>('roster')
  return {
    build: (task) => thread.run('./build-roster.ts', task),
    read: (bytes) => reader.read(bytes),
    close() {
      reader.close()
      return thread.close()
    },
  }
}
