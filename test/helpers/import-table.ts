/** A table from Excel on its way: downloaded, changed in a spreadsheet, sent, previewed, accepted. */

import ExcelJS, { type CellValue, type Workbook } from 'exceljs'
import type { LightMyRequestResponse } from 'fastify'
import type { Visitor } from './app.ts'
import { type Desk, postMultipart } from './desk.ts'
import { formOn } from './form-on-page.ts'
import { bytesOf, openWorkbook } from './score-sheet.ts'

export async function downloadTable(visitor: Visitor, path: string): Promise<Workbook> {
  return openWorkbook((await visitor.get(`${path}/template.xlsx`)).rawPayload)
}

/** A table of one's own, its heads in the first row. */
export async function aTable(heads: string[], ...rows: CellValue[][]): Promise<Buffer> {
  const workbook = new ExcelJS.Workbook()
  workbook.addWorksheet('表').addRows([heads, ...rows])
  return bytesOf(workbook)
}

export interface SentTable {
  /** where it is found */
  url: string
  page: LightMyRequestResponse
}

/** Sends a table and waits until it was read. */
export async function sendTable(
  desk: Desk,
  visitor: Visitor,
  path: string,
  content: Workbook | Uint8Array,
): Promise<SentTable> {
  const bytes = content instanceof Uint8Array ? content : await bytesOf(content)
  const file = { field: 'file', name: '表.xlsx', content: bytes }
  const answer = await postMultipart(desk, visitor, path, {}, file)
  if (answer.statusCode !== 303) return { url: path, page: answer }
  const url = String(answer.headers.location)
  return { url, page: await whenDone(visitor, url) }
}

/** The page of a table once nothing is being done to it. */
export async function whenDone(visitor: Visitor, url: string): Promise<LightMyRequestResponse> {
  for (;;) {
    const page = await visitor.get(url)
    if (page.headers.refresh === undefined) return page
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}

/** Confirms a preview as it is shown. @param take the numbers of doubtful rows that are ticked */
export async function acceptTable(
  visitor: Visitor,
  { url, page }: SentTable,
  take: readonly number[] = [],
): Promise<LightMyRequestResponse> {
  const action = `${url}/acceptance`
  return visitor.post(action, { ...formOn(page.body, action), take: take.map(String) })
}
