/** A score sheet on the road: downloaded, changed in a spreadsheet, and sent back. */

import ExcelJS, { type Cell, type Workbook, type Worksheet } from 'exceljs'
import type { Visitor } from './app.ts'
import { type Desk, postMultipart } from './desk.ts'
import { sheetOf } from './workbook.ts'

/** Columns with a level's points, as the small cycle of cycle.ts has them. */
export const COLUMN = { mark: 7, points: 8, reason: 9 } as const

export async function openWorkbook(bytes: Uint8Array): Promise<Workbook> {
  const workbook = new ExcelJS.Workbook()
  // ExcelJS declares a Buffer type of its own, older than Node's.
  const buffer = Buffer.from(bytes) as unknown as Parameters<typeof workbook.xlsx.load>[0]
  await workbook.xlsx.load(buffer)
  return workbook
}

export async function bytesOf(workbook: Workbook): Promise<Buffer> {
  return Buffer.from(await workbook.xlsx.writeBuffer())
}

export async function downloadSheet({ cycleId }: Desk, visitor: Visitor): Promise<Workbook> {
  const { rawPayload } = await visitor.get(`/cycles/${cycleId}/score-sheet.xlsx`)
  return openWorkbook(rawPayload)
}

/** The input cell of a unit in an indicator, by their codes. */
export function inputOf(
  workbook: Workbook,
  indicator: string,
  unit: string,
  field: keyof typeof COLUMN = 'mark',
): Cell {
  const sheet = sheetOf(workbook, '打分表')
  return sheet.getCell(rowOf(sheet, indicator, unit), COLUMN[field])
}

export function rowOf(sheet: Worksheet, indicator: string, unit: string): number {
  for (let row = 4; row <= sheet.rowCount; row += 1) {
    if (sheet.getCell(row, 1).value === indicator && sheet.getCell(row, 3).value === unit)
      return row
  }
  throw new RangeError(`no row for ${indicator} ${unit}`)
}

/** @param content a workbook, or the bytes of whatever is sent in its place */
export async function sendSheet(desk: Desk, visitor: Visitor, content: Workbook | Uint8Array) {
  const bytes = content instanceof Uint8Array ? content : await bytesOf(content)
  const url = `/cycles/${desk.cycleId}/score-sheet`
  return postMultipart(
    desk,
    visitor,
    url,
    {},
    { field: 'file', name: '打分表.xlsx', content: bytes },
  )
}

/** Sends a sheet that is taken, and opens its preview. */
export async function previewOf(desk: Desk, visitor: Visitor, content: Workbook) {
  const { headers } = await sendSheet(desk, visitor, content)
  const url = String(headers.location)
  return { url, page: await visitor.get(url) }
}
