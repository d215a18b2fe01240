/** A sheet that is one table: title, a line below it, header, rows, notes, signature lines. */

import type { Workbook, Worksheet } from 'exceljs'
import { type CellValue, put } from './cells.ts'
import { type Align, absentStyle, bodyStyle, headStyle } from './format.ts'
import { addClosing, addLine, addTitle, fitRow, setWidths } from './lines.ts'
import { addPage } from './page.ts'
import { displayWidth, widthFor } from './text-width.ts'

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

function shownText(value: CellValue | undefined, numFmt?: string): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'string') return value
  const digits = numFmt?.split('.')[1]?.replaceAll('#', '').length ?? 0
  const [fixed, exact] = [value.toFixed(digits), String(value)]
  return numFmt?.includes('#') && exact.length > fixed.length ? exact : fixed
}
