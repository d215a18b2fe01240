/** The head of «评分明细»: headings over their columns, and full marks in the row below the names. */

import type { Worksheet } from 'exceljs'
import { put } from './cells.ts'
import { headStyle } from './format.ts'
import { fitRow } from './lines.ts'
import { type Heading, isColumn, type ScoreColumn } from './score-columns.ts'

/** Room for two lines, as a group of one indicator needs. */
const GROUP_HEIGHT = 34
const POINTS_HEIGHT = 20

export function columnsOf(heading: Heading): ScoreColumn[] {
  return isColumn(heading) ? [heading] : heading.under.flatMap(columnsOf)
}

/** How many rows the headings take, full marks not counted. */
export function headDepth(headings: readonly Heading[]): number {
  const depth = (heading: Heading): number =>
    isColumn(heading) ? 1 : 1 + Math.max(0, ...heading.under.map(depth))
  return Math.max(...headings.map(depth))
}

/**
 * Writes the whole head.
 *
 * @param left headings of the columns at the left of the scores
 * @param widths of all columns
 */
export function addHead(
  sheet: Worksheet,
  left: readonly string[],
  headings: readonly Heading[],
  firstRow: number,
  widths: readonly number[],
): void {
  const namesRow = firstRow + headDepth(headings) - 1
  left.forEach((text, index) => {
    put(sheet.getCell(firstRow, index + 1), text, headStyle)
    if (firstRow < namesRow) sheet.mergeCells(firstRow, index + 1, namesRow, index + 1)
    put(sheet.getCell(namesRow + 1, index + 1), index === 0 ? '分值' : null, headStyle)
  })
  let column = left.length + 1
  for (const heading of headings) {
    column += addHeading(sheet, heading, firstRow, column, namesRow)
  }
  const columns = headings.flatMap(columnsOf)
  columns.forEach(({ full }, index) => {
    put(sheet.getCell(namesRow + 1, left.length + 1 + index), full, headStyle)
  })
  for (let row = firstRow; row < namesRow; row += 1) sheet.getRow(row).height = GROUP_HEIGHT
  const names = columns.map(({ heading }) => heading)
  fitRow(sheet, namesRow, [...left.map(() => ''), ...names], widths, 6)
  sheet.getRow(namesRow + 1).height = POINTS_HEIGHT
}

/** Writes a heading over its columns, a column's own down to the row of names. @returns how many columns */
function addHeading(
  sheet: Worksheet,
  heading: Heading,
  row: number,
  column: number,
  namesRow: number,
): number {
  put(sheet.getCell(row, column), heading.heading, headStyle)
  if (isColumn(heading)) {
    if (row < namesRow) sheet.mergeCells(row, column, namesRow, column)
    return 1
  }
  let width = 0
  for (const child of heading.under) {
    width += addHeading(sheet, child, row + 1, column + width, namesRow)
  }
  if (width > 1) sheet.mergeCells(row, column, row, column + width - 1)
  return width
}
