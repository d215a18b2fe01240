/** Tables of units are built and read beside the thread that answers pages. */

import type { TypedRow } from '../../exports/read-roster.ts'
import type { RosterTask } from './build-roster.ts'
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
  return {
    build: (task) => thread.run('./build-roster.ts', task),
    read: (bytes) => thread.read('./read-roster.ts', bytes),
    close: () => thread.close(),
  }
}
