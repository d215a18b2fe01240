/** A score sheet as it came back: its seal, and what stands in its rows. What it means is not judged here. */

import ExcelJS, { type Workbook, type Worksheet } from 'exceljs'
import { KEY_HEADER, MARKING_HEAD, MARKING_SHEET, markingColumns } from './sheets/marking-sheet.ts'
import { readSealSheet } from './sheets/seal-sheet.ts'
import { type TypedCell, typedCell, UNREAD } from './typed-cell.ts'

export interface SheetRow {
  /** counted from 1 */
  row: number
  /** its place in what was signed, counted from 1; null: the sheet has no such column */
  key: number | null
  indicator: string
  unit: string
  mark: TypedCell
  points: TypedCell
  reason: TypedCell
}

export interface SheetReading {
  content: string
  seal: string
  rows: readonly SheetRow[]
}

/**
 * Reads the bytes of an .xlsx file that is known to be of a bearable size.
 *
 * @returns what is wrong with it where it is no score sheet
 */
export async function readScoreSheet(
  bytes: Uint8Array,
): Promise<SheetReading | { problem: string }> {
  const workbook = new ExcelJS.Workbook()
  try {
    // ExcelJS declares a Buffer type of its own, older than Node's.
    const buffer = Buffer.from(bytes) as unknown as Parameters<typeof workbook.xlsx.load>[0]
    await workbook.xlsx.load(buffer, { ignoreNodes: UNREAD })
  } catch {
    return {
      problem: '不是完好的 Excel 工作簿（.xlsx），可能已损坏或加了密码。请另存为 .xlsx 再上传。',
    }
  }
  return readWorkbook(workbook)
}

function readWorkbook(workbook: Workbook): SheetReading | { problem: string } {
  const sealed = readSealSheet(workbook)
  const sheet = workbook.getWorksheet(MARKING_SHEET)
  if (!sealed) {
    return { problem: '不是本系统下发的打分表，或其中的核对信息已被删去。请重新下载打分表填写。' }
  }
  if (!sheet) return { problem: `里没有「${MARKING_SHEET}」这张表，请不要改表名。${AGAIN}` }
  const places = columnsOf(sheet)
  if (!places) {
    return { problem: `的表头（第 ${MARKING_HEAD} 行）与下发时不同，可能增删了行或列。${AGAIN}` }
  }
  const rows: SheetRow[] = []
  sheet.eachRow((row, number) => {
    if (number <= MARKING_HEAD) return
    const at = (header: string) => {
      const place = places.get(header)
      return typedCell(place === undefined ? null : row.getCell(place).value)
    }
    const [indicator, unit] = [at('指标编码').text, at('单位编码').text]
    const [mark, points, reason] = [at('得分/档次'), at('档内分数'), at('理由')]
    const all = [mark, points, reason]
    const empty = all.every(({ text, problem }) => text === '' && problem === null)
    if (indicator === '' && unit === '' && empty) return
    const key = places.has(KEY_HEADER) ? wholeNumber(at(KEY_HEADER).text) : null
    rows.push({ row: number, key, indicator, unit, mark, points, reason })
  })
  return { ...sealed, rows }
}

const AGAIN = '请重新下载打分表，把内容填到原来的格子里。'

const LAYOUTS = [
  [true, true],
  [false, true],
  [true, false],
  [false, false],
] as const

/** Where each column stands, by its name; undefined if the head is not that of a score sheet. */
function columnsOf(sheet: Worksheet): Map<string, number> | undefined {
  for (const [points, keyed] of LAYOUTS) {
    const headers = markingColumns(points, keyed).map(({ header }) => header)
    const found = [...headers, ''].every(
      (header, index) => typedCell(sheet.getCell(MARKING_HEAD, index + 1).value).text === header,
    )
    if (found) return new Map(headers.map((header, index) => [header, index + 1]))
  }
  return undefined
}

/** 0, which is no place, for whatever is no whole number. */
function wholeNumber(text: string): number {
  return /^\d{1,9}$/.test(text) ? Number(text) : 0
}
