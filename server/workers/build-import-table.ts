/** Runs in a thread of its own; see import-table-pool.ts. */

import type { ImportTable } from '../../exports/import-table.ts'
import { importTableWorkbook } from '../../exports/import-table-workbook.ts'
import { workbookBuffer } from '../../exports/ranking-workbook.ts'

export interface ImportTableTask {
  table: ImportTable
  at: string
}

export default async function buildImportTable({
  table,
  at,
}: ImportTableTask): Promise<Uint8Array> {
  return new Uint8Array(await workbookBuffer(importTableWorkbook(table, at)))
}
