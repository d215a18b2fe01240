/** «评分明细»: units × indicators, under headings by dimension and group, full marks below the names. */

import type { Workbook, Worksheet } from 'exceljs'
import type { Assessment } from '../assessment.ts'
import { put } from '../cells.ts'
import {
  absentStyle,
  bodyStyle,
  type CellStyle,
  exactFormat,
  headStyle,
  scoreFormat,
} from '../format.ts'
import { addPage } from '../page.ts'
import {
  type Heading,
  isColumn,
  type ScoreCell,
  type ScoreColumn,
  scoreHeadings,
} from '../score-columns.ts'
import { addClosing, addTitle, fitRow, setWidths } from '../table.ts'
import { displayWidth, widthFor } from '../text-width.ts'
import { assessmentTitle } from '../titles.ts'

const FIRST_HEAD_ROW = 3
const LEFT = ['单位', '类别'] as const
/** What fits beside the left columns on one landscape page and can still be read. */
const PAGE_WIDTH = 165

export function addScoreSheet(workbook: Workbook, assessment: Assessment, name: string): Worksheet {
  const { results, scheme, cycle, decimals } = assessment
  const headings = scoreHeadings(assessment)
  const columns = headings.flatMap(columnsOf)
  const cells = results.map((result) => columns.map((column) => column.cell(result)))
  const namesRow = FIRST_HEAD_ROW + Math.max(...headings.map(depthOf)) - 1
  const pointsRow = namesRow + 1
  const left = [
    widthFor(
      results.map(({ unit }) => assessment.unit(unit).name),
      12,
      22,
    ),
    widthFor(
      results.map(({ category }) => category),
      8,
      12,
    ),
  ]
  const widths = [
    ...left,
    ...columns.map(({ full }, index) =>
      scoreWidth(
        full,
        cells.map((row) => row[index]),
        decimals,
      ),
    ),
  ]
  const pages = pageBreaks(widths, left.length)
  const sheet = addPage(workbook, {
    name,
    orientation: 'landscape',
    fingerprint: assessment.fingerprint,
    headRows: pointsRow,
    frozenColumns: left.length,
    pagesWide: pages.count,
  })
  setWidths(sheet, widths)
  addTitle(
    sheet,
    `${assessmentTitle(scheme.name, cycle.year)}评分明细`,
    legend(assessment),
    pages.first,
  )
  addLeftHeadings(sheet, namesRow, pointsRow)
  let column = LEFT.length + 1
  for (const heading of headings)
    column += addHeading(sheet, heading, FIRST_HEAD_ROW, column, namesRow)
  columns.forEach(({ full }, index) => {
    put(sheet.getCell(pointsRow, LEFT.length + 1 + index), full, headStyle)
  })
  fitHead(sheet, columns, widths, namesRow)
  results.forEach((result, place) => {
    const row = pointsRow + 1 + place
    put(sheet.getCell(row, 1), assessment.unit(result.unit).name, bodyStyle('left'))
    put(sheet.getCell(row, 2), result.category, bodyStyle('center'))
    columns.forEach(({ sum }, index) => {
      const cell = cells[place]?.[index]
      if (cell)
        put(sheet.getCell(row, LEFT.length + 1 + index), cell.value, styleOf(cell, sum, decimals))
    })
    fitRow(sheet, row, [assessment.unit(result.unit).name, result.category], widths, 6)
  })
  if (results.length > 0) {
    const to = { row: pointsRow + results.length, column: widths.length }
    sheet.autoFilter = { from: { row: pointsRow, column: 1 }, to }
  }
  addClosing(sheet, pointsRow + results.length + 1, pages.first, {
    signatures: ['考核组成员', '组长'],
  })
  return sheet
}

/** Marks in the cells, with their meaning on the sheet: not by colour alone. */
const DEFAULT_MARK = '"*"'
const NOT_APPLICABLE_MARK = '"※"'

function legend({ scheme }: Assessment): string {
  const policy = scheme.notApplicable ?? 'rescale'
  const left =
    policy === 'rescale' ? '“—”为不适用' : `“※”为不适用、按${policy === 'full' ? '满分' : '0分'}计`
  return `“未评”为缺少打分；${left}；灰格为该类别没有的指标；“*”为台账没有记录、按起评分计。`
}

function styleOf(cell: ScoreCell, sum: boolean, decimals: number): CellStyle {
  if (!cell.exists) return absentStyle
  if (typeof cell.value === 'string') return bodyStyle('center')
  const format = scoreFormat(decimals)
  const marks = {
    default: DEFAULT_MARK,
    'not-applicable': NOT_APPLICABLE_MARK,
    judged: '',
    missing: '',
  }
  return bodyStyle('right', format + (cell.state === null ? '' : marks[cell.state]), 0, sum)
}

function columnsOf(heading: Heading): ScoreColumn[] {
  return isColumn(heading) ? [heading] : heading.under.flatMap(columnsOf)
}

function depthOf(heading: Heading): number {
  return isColumn(heading) ? 1 : 1 + Math.max(...heading.under.map(depthOf))
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

function addLeftHeadings(sheet: Worksheet, namesRow: number, pointsRow: number): void {
  LEFT.forEach((text, index) => {
    put(sheet.getCell(FIRST_HEAD_ROW, index + 1), text, headStyle)
    sheet.mergeCells(FIRST_HEAD_ROW, index + 1, namesRow, index + 1)
    put(sheet.getCell(pointsRow, index + 1), index === 0 ? '分值' : null, headStyle)
  })
}

function fitHead(
  sheet: Worksheet,
  columns: readonly ScoreColumn[],
  widths: readonly number[],
  namesRow: number,
): void {
  for (let row = FIRST_HEAD_ROW; row < namesRow; row += 1) sheet.getRow(row).height = 34
  const names = columns.map(({ heading }) => heading)
  fitRow(sheet, namesRow, ['', '', ...names], widths, 6)
  sheet.getRow(namesRow + 1).height = 20
}

function scoreWidth(
  full: ScoreColumn['full'],
  cells: readonly (ScoreCell | undefined)[],
  decimals: number,
): number {
  const format = exactFormat(decimals)
  const texts = cells.map((cell) => {
    if (typeof cell?.value !== 'number') return String(cell?.value ?? '')
    return cell.value.toFixed(decimals) + (cell.state === 'default' ? '*' : '')
  })
  const widest = Math.max(...[String(full ?? ''), ...texts].map(displayWidth))
  return Math.min(Math.max(6.2, widest + 1.2), format.length + 8)
}

/** How many pages the columns take, and how many of them lie on the first. */
function pageBreaks(widths: readonly number[], left: number): { count: number; first: number } {
  const fixed = widths.slice(0, left).reduce((sum, width) => sum + width, 0)
  const rest = widths.slice(left).reduce((sum, width) => sum + width, 0)
  const count = Math.max(1, Math.ceil(rest / PAGE_WIDTH))
  let first = left
  for (let used = 0; first < widths.length; first += 1) {
    used += widths[first] ?? 0
    if (used > rest / count && count > 1) break
  }
  return { count, first: fixed > 0 ? Math.max(first, left + 1) : first }
}
