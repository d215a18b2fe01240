/** A table of units as a person filled it in: the template, or a table of his own with the same headings. */

import ExcelJS, { type Worksheet } from 'exceljs'
import { ROSTER_HEADERS } from './roster-workbook.ts'
import { type TypedCell, typedCell, UNREAD } from './typed-cell.ts'

export type RosterField = keyof typeof ROSTER_HEADERS

/** One field with its place in the sheet, such as B5. */
export interface PlacedCell extends TypedCell {
  place: string
}

export interface TypedRow {
  row: number
  cells: Readonly<Record<RosterField, PlacedCell>>
}

const FIELDS: readonly RosterField[] = ['code', 'name', 'category']
/** Above the headings there may be a title. */
const HEAD_WITHIN = 10
const MOST_ROWS = 2000

/**
 * Reads the first sheet that has the headings of a roster.
 *
 * @returns what is wrong where there is none
 */
export async function readRoster(
  bytes: Uint8Array,
): Promise<{ rows: readonly TypedRow[] } | { problem: string }> {
  const workbook = new ExcelJS.Workbook()
  try {
    // ExcelJS declares a Buffer type of its own, older than Node's.
    const buffer = Buffer.from(bytes) as unknown as Parameters<typeof workbook.xlsx.load>[0]
    await workbook.xlsx.load(buffer, { ignoreNodes: UNREAD })
  } catch {
    return { problem: '不是完好的 Excel 工作簿（.xlsx），可能已损坏。请另存为 .xlsx 再上传。' }
  }
  for (const sheet of workbook.worksheets) {
    const head = headOf(sheet)
    if (head) return rowsBelow(sheet, head)
  }
  const wanted = Object.values(ROSTER_HEADERS).map((name) => `「${name}」`)
  return { problem: `里找不到表头：前 ${HEAD_WITHIN} 行中应有一行写着${wanted.join('、')}。` }
}

interface Head {
  row: number
  columns: Readonly<Record<RosterField, number>>
}

function headOf(sheet: Worksheet): Head | undefined {
  for (let row = 1; row <= HEAD_WITHIN; row += 1) {
    const found = new Map<string, number>()
    sheet.getRow(row).eachCell((cell, column) => {
      found.set(typedCell(cell.value).text.trim(), column)
    })
    const [code, name, category] = FIELDS.map((field) => found.get(ROSTER_HEADERS[field]))
    if (code !== undefined && name !== undefined && category !== undefined) {
      return { row, columns: { code, name, category } }
    }
  }
  return undefined
}

function rowsBelow(
  sheet: Worksheet,
  { row: head, columns }: Head,
): { rows: readonly TypedRow[] } | { problem: string } {
  const rows: TypedRow[] = []
  sheet.eachRow((row, number) => {
    if (number <= head) return
    const at = (field: RosterField): PlacedCell => {
      const cell = row.getCell(columns[field])
      const { text, problem } = typedCell(cell.value)
      return { text: text.trim(), problem, place: cell.address }
    }
    const cells = { code: at('code'), name: at('name'), category: at('category') }
    const all = Object.values(cells)
    if (all.some(({ text, problem }) => text !== '' || problem !== null)) {
      rows.push({ row: number, cells })
    }
  })
  if (rows.length === 0) return { problem: '里没有填写任何单位。' }
  if (rows.length > MOST_ROWS) return { problem: `超过 ${MOST_ROWS} 行，请分几次导入。` }
  return { rows }
}
