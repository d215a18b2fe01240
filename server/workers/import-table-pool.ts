/** Tables to fill in are built in a thread and read in a process, beside the thread that answers pages. */

import type { ReadOrder, TableReading } from '../../exports/read-import-table.ts'
import type { TypedRow } from '../domain/typed-row.ts'
import type { ImportTableTask } from './build-import-table.ts'
import { type ReadProgress, sheetReader } from './sheet-reader.ts'
import { sheetThread } from './sheet-thread.ts'

export type { ReadProgress } from './sheet-reader.ts'

export interface ImportTablePool {
  /** The bytes of an .xlsx file. */
  build(task: ImportTableTask): Promise<Uint8Array>
  /** What stands in a file, or what is wrong with it. */
  read(
    bytes: Uint8Array,
    order: ReadOrder,
    tell: (progress: ReadProgress) => void,
  ): Promise<TableReading>
  close(): Promise<void>
}

export function importTablePool(): ImportTablePool {
  const thread = sheetThread()
  const reader = sheetReader<{ rows: readonly TypedRow[] }>()
  return {
    build: (task) => thread.run('./build-import-table.ts', task),
    read: (bytes, order, tell) => reader.read({ kind: 'table', bytes, order }, tell),
    close() {
      reader.close()
      return thread.close()
    },
  }
}
