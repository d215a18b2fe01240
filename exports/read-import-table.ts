/** A table as a person filled it in: the one that was issued, or one of his own with the same heads. */

import ExcelJS, { type Cell, type Row, type Worksheet } from 'exceljs'
import type { PlacedCell, TypedRow } from '../server/domain/typed-row.ts'
import { CHOICE_SHEET, issuedHeader, type ReadColumn } from './import-table.ts'
import { type TypedCell, typedCell, typedDay, UNREAD } from './typed-cell.ts'

export interface ReadOrder {
  columns: readonly ReadColumn[]
  /** the stamp it should have, if it has one */
  stamp: string
  mostRows: number
}

export type TableReading = { rows: readonly TypedRow[] } | { problem: string }

/** How many rows were read so far, of how many. */
export type Tell = (step: 'opening' | 'reading', done: number, total: number) => void

/** Above the head there may be a title. */
const HEAD_WITHIN = 10
/** Merged cells are told, so they are read. */
const UNREAD_HERE = UNREAD.filter((each) => each !== 'mergeCells')

/**
 * Reads the first sheet that has the heads wanted.
 *
 * @returns what is wrong where there is none
 */
export async function readImportTable(
  bytes: Uint8Array,
  order: ReadOrder,
  tell: Tell = () => {},
): Promise<TableReading> {
  tell('opening', 0, 0)
  const workbook = new ExcelJS.Workbook()
  try {
    // ExcelJS declares a Buffer type of its own, older than Node's.
    const buffer = Buffer.from(bytes) as unknown as Parameters<typeof workbook.xlsx.load>[0]
    await workbook.xlsx.load(buffer, { ignoreNodes: UNREAD_HERE })
  } catch {
    return { problem: '不是完好的 Excel 工作簿（.xlsx），可能已损坏。请另存为 .xlsx 再上传。' }
  }
  const stamp = workbook.getWorksheet(CHOICE_SHEET)?.getCell('A1').value
  if (typeof stamp === 'string' && stamp !== order.stamp) {
    return { problem: '是另一种表，或是另一个考核周期的表。请在本页下载空表填写。' }
  }
  for (const sheet of workbook.worksheets) {
    const head = headOf(sheet, order.columns)
    if (typeof head === 'string') return { problem: head }
    if (head) return rowsBelow(sheet, head, order, tell)
  }
  const wanted = order.columns.filter(({ required }) => required)
  const names = wanted.map(({ header }) => `「${header}」`).join('、')
  return { problem: `里找不到表头：前 ${HEAD_WITHIN} 行中应有一行写着${names}。` }
}

interface Head {
  row: number
  columns: ReadonlyMap<string, number>
}

/** @returns why the head cannot be told, if one of its names stands there twice */
function headOf(sheet: Worksheet, columns: readonly ReadColumn[]): Head | string | undefined {
  for (let row = 1; row <= HEAD_WITHIN; row += 1) {
    const found = new Map<string, number>()
    const twice = new Set<string>()
    sheet.getRow(row).eachCell((cell, column) => {
      const name = typedCell(cell.value).text.trim()
      if (found.has(name)) twice.add(name)
      else found.set(name, column)
    })
    if (!columns.every(({ header, required }) => !required || found.has(header))) continue
    const name = columns.map(({ header }) => header).find((header) => twice.has(header))
    if (name !== undefined) return `的第 ${row} 行有两列都叫「${name}」，请只留一列。`
    return { row, columns: found }
  }
  return undefined
}

function rowsBelow(
  sheet: Worksheet,
  head: Head,
  { columns, mostRows }: ReadOrder,
  tell: Tell,
): TableReading {
  const rows: TypedRow[] = []
  sheet.eachRow((row, number) => {
    if (number <= head.row) return
    if (number % 100 === 0) tell('reading', number, sheet.rowCount)
    const read = readRow(row, number, head, columns)
    const all = Object.values(read.cells)
    if (all.some(({ text, problem }) => text !== '' || problem !== null)) rows.push(read)
  })
  if (rows.length === 0) return { problem: '里没有填写任何内容。' }
  if (rows.length > mostRows) return { problem: `超过 ${mostRows} 行，请分几次导入。` }
  return { rows }
}

function readRow(row: Row, number: number, head: Head, columns: readonly ReadColumn[]): TypedRow {
  const cells = columns.map((column): [string, PlacedCell] => {
    const place = head.columns.get(column.header)
    if (place === undefined)
      return [column.key, { text: '', problem: null, place: `第 ${number} 行` }]
    const cell = row.getCell(place)
    return [column.key, { ...readCell(cell, column), place: cell.address }]
  })
  const issued = columns.flatMap((column): [string, string][] => {
    const place = head.columns.get(issuedHeader(column))
    return place === undefined
      ? []
      : [[column.key, typedCell(row.getCell(place).value).text.trim()]]
  })
  return { row: number, cells: Object.fromEntries(cells), issued: Object.fromEntries(issued) }
}

function readCell(cell: Cell, { kind }: ReadColumn): TypedCell {
  if (cell.isMerged) return { text: '', problem: MERGED }
  if (typeof cell.value === 'number' && cell.numFmt?.includes('%')) {
    return { text: String(cell.value), problem: percentProblem(cell.value) }
  }
  const { text, problem } = kind === 'date' ? typedDay(cell.value) : typedCell(cell.value)
  return { text: text.trim(), problem }
}

const MERGED = '与别的格合并了，看不出属于哪一行。请取消合并，每行各填各的。'

/** What the person sees and what the file holds are different numbers: neither is guessed at. */
function percentProblem(value: number): string {
  const seen = `${Number((value * 100).toFixed(10))}%`
  return `设成了百分比格式：看起来是 ${seen}，表里存的却是 ${value}。请设为常规格式，再填要用的数。`
}
