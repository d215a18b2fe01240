/** What stands above and below a table, and how high its rows are. */

import type { Worksheet } from 'exceljs'
import { put } from './cells.ts'
import {
  BODY_SIZE,
  type CellStyle,
  noteStyle,
  signatureStyle,
  subtitleStyle,
  TITLE_SIZE,
  titleStyle,
} from './format.ts'
import { linesIn } from './text-width.ts'

const LINE = BODY_SIZE * 1.4

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
