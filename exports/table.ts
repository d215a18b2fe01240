/** A sheet that is one table: title, a line below it, header, rows, notes, signature lines. */

import type { Workbook, Worksheet } from 'exceljs'
import { type CellValue, put } from './cells.ts'
import {
  type Align,
  absentStyle,
  BODY_SIZE,
  bodyStyle,
  type CellStyle,
  headStyle,
  noteStyle,
  signatureStyle,
  subtitleStyle,
  TITLE_SIZE,
  titleStyle,
} from './format.ts'
import { addPage } from './page.ts'
import { displayWidth, linesIn, widthFor } from './text-width.ts'

export interface Column<Row> {
  header: string
  align: Align
  /** width between these, from the content */
  width: readonly [least: number, most: number]
  numFmt?: string
  /** undefined: nothing can stand here; the cell is shaded */
  value(row: Row): CellValue | undefined
  /** depth in a tree */
  indent?(row: Row): number
  bold?(row: Row): boolean
}

export interface Table<Row> {
  name: string
  title: string
  subtitle: string
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  /** said in the table's place if there are no rows */
  none: string
  notes?: readonly string[]
  signatures?: readonly string[]
  frozenColumns: number
  fingerprint: string
}

const LINE = BODY_SIZE * 1.4
const HEAD_ROWS = 3

/** Adds a landscape sheet with one table. */
export function addTable<Row>(workbook: Workbook, table: Table<Row>): Worksheet {
  const { columns, rows, frozenColumns } = table
  const sheet = addPage(workbook, {
    name: table.name,
    orientation: 'landscape',
    fingerprint: table.fingerprint,
    headRows: HEAD_ROWS,
    frozenColumns,
  })
  const body = rows.map((row) => columns.map((column) => column.value(row)))
  const widths = columns.map(({ header, width: [least, most] }, index) => {
    const texts = body.map((values) => shownText(values[index], columns[index]?.numFmt))
    // A header may break over two lines.
    const heading = Math.ceil(displayWidth(header) / 4) * 2 + 2
    return widthFor(texts, Math.max(least, heading), Math.max(most, heading))
  })
  setWidths(sheet, widths)
  addTitle(sheet, table.title, table.subtitle, columns.length)
  columns.forEach(({ header }, index) => {
    put(sheet.getCell(HEAD_ROWS, index + 1), header, headStyle)
  })
  fitRow(
    sheet,
    HEAD_ROWS,
    columns.map(({ header }) => header),
    widths,
    8,
  )
  rows.forEach((row, place) => {
    const number = HEAD_ROWS + 1 + place
    columns.forEach((column, index) => {
      const value = body[place]?.[index]
      const style = bodyStyle(column.align, column.numFmt, column.indent?.(row), column.bold?.(row))
      put(
        sheet.getCell(number, index + 1),
        value ?? null,
        value === undefined ? absentStyle : style,
      )
    })
    fitRow(
      sheet,
      number,
      (body[place] ?? []).map((value) => shownText(value)),
      widths,
      6,
    )
  })
  if (rows.length === 0) {
    addLine(sheet, HEAD_ROWS + 1, table.none, columns.length, bodyStyle('center'))
  } else {
    const to = { row: HEAD_ROWS + rows.length, column: columns.length }
    sheet.autoFilter = { from: { row: HEAD_ROWS, column: 1 }, to }
  }
  addClosing(sheet, HEAD_ROWS + Math.max(1, rows.length) + 1, columns.length, table)
  return sheet
}

export function setWidths(sheet: Worksheet, widths: readonly number[]): void {
  widths.forEach((width, index) => {
    sheet.getColumn(index + 1).width = width
  })
}

/** The title in row 1 and the line below it in row 2, both over these columns. */
export function addTitle(
  sheet: Worksheet,
  title: string,
  subtitle: string,
  columnCount: number,
  firstColumn = 1,
): void {
  const over = { columnCount, firstColumn }
  addOver(sheet, 1, title, over, titleStyle)
  sheet.getRow(1).height = Math.max(34, 26 * linesOver(sheet, title, over, TITLE_SIZE))
  addOver(sheet, 2, subtitle, over, subtitleStyle)
}

/** Notes and then signature lines below a table. */
export function addClosing(
  sheet: Worksheet,
  firstRow: number,
  columnCount: number,
  { notes = [], signatures = [] }: { notes?: readonly string[]; signatures?: readonly string[] },
): void {
  let row = firstRow
  for (const note of notes) {
    addLine(sheet, row, note, columnCount, noteStyle)
    row += 1
  }
  if (signatures.length === 0) return
  const blanks = [...signatures.map((name) => `${name}：＿＿＿＿＿＿＿＿`), '　　年　　月　　日']
  addLine(sheet, row + 1, blanks.join('　　'), columnCount, signatureStyle)
  sheet.getRow(row + 1).height = 30
}

/** One text over the whole table. */
export function addLine(
  sheet: Worksheet,
  row: number,
  text: string,
  columnCount: number,
  style: CellStyle,
): void {
  addOver(sheet, row, text, { columnCount, firstColumn: 1 }, style)
}

interface Over {
  columnCount: number
  firstColumn: number
}

function addOver(sheet: Worksheet, row: number, text: string, over: Over, style: CellStyle): void {
  const { columnCount, firstColumn } = over
  put(sheet.getCell(row, firstColumn), text, style)
  if (columnCount > 1) sheet.mergeCells(row, firstColumn, row, firstColumn + columnCount - 1)
  sheet.getRow(row).height = linesOver(sheet, text, over, BODY_SIZE) * LINE + 6
}

/** Makes a row high enough for the longest of its texts, each in its own column. */
export function fitRow(
  sheet: Worksheet,
  row: number,
  texts: readonly string[],
  widths: readonly number[],
  padding: number,
): void {
  const lines = texts.map((text, index) => linesIn(text, widths[index] ?? 8))
  // 409 points is the most that a row may be high.
  sheet.getRow(row).height = Math.min(409, Math.max(1, ...lines) * LINE + padding)
}

function linesOver(sheet: Worksheet, text: string, over: Over, size: number): number {
  let width = 0
  for (let place = 0; place < over.columnCount; place += 1) {
    width += sheet.getColumn(over.firstColumn + place).width ?? 9
  }
  return linesIn(text, (width * BODY_SIZE) / size)
}

function shownText(value: CellValue | undefined, numFmt?: string): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'string') return value
  const digits = numFmt?.split('.')[1]?.replaceAll('#', '').length ?? 0
  const [fixed, exact] = [value.toFixed(digits), String(value)]
  return numFmt?.includes('#') && exact.length > fixed.length ? exact : fixed
}
