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
import { pageParts, total } from '../page-parts.ts'
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
/** No column grows more than this to fill its page. */
const MOST_STRETCH = 1.5

export function addScoreSheet(workbook: Workbook, assessment: Assessment, name: string): Worksheet {
  const { results, decimals } = assessment
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
  const parts = stretched(widths, headings, left.length)
  const sheet = addPage(workbook, {
    name,
    orientation: 'landscape',
    fingerprint: assessment.fingerprint,
    headRows: pointsRow,
    frozenColumns: left.length,
    pagesWide: parts.length,
  })
  setWidths(sheet, widths)
  addTitles(sheet, assessment, parts)
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
  addClosing(sheet, pointsRow + results.length + 1, LEFT.length + (parts[0] ?? 0), {
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

/**
 * Makes every page that the columns are printed on equally wide, so that pages break between dimensions:
 * a sheet fitted to so many pages fills each of them before it begins the next.
 *
 * @param widths of all columns, changed in place
 * @returns how many columns each page holds beside the left ones
 */
function stretched(widths: number[], headings: readonly Heading[], left: number): number[] {
  const counts = headings.map((heading) => columnsOf(heading).length)
  const starts = counts.map((_, index) => left + total(counts.slice(0, index)))
  const groups = counts.map((count, index) => {
    const start = starts[index] ?? 0
    return total(widths.slice(start, start + count))
  })
  const pages = pageParts(groups, Math.max(1, Math.ceil(total(groups) / PAGE_WIDTH)))
  const parts: number[] = []
  for (let group = 0; parts.length < pages.length; group += pages[parts.length - 1] ?? 0) {
    parts.push(total(counts.slice(group, group + (pages[parts.length] ?? 0))))
  }
  const pageWidths = parts.map((count, page) => {
    const start = left + total(parts.slice(0, page))
    return total(widths.slice(start, start + count))
  })
  const widest = Math.max(...pageWidths)
  parts.forEach((count, page) => {
    const start = left + total(parts.slice(0, page))
    const factor = Math.min(MOST_STRETCH, widest / (pageWidths[page] ?? widest))
    for (let column = start; column < start + count; column += 1) {
      widths[column] = (widths[column] ?? 0) * factor
    }
  })
  return parts
}

/** The title over the table, or over each page of it: repeated columns would print it cut off. */
function addTitles(sheet: Worksheet, assessment: Assessment, parts: readonly number[]): void {
  const { scheme, cycle } = assessment
  const title = `${assessmentTitle(scheme.name, cycle.year)}评分明细`
  const [only = 0, ...others] = parts
  if (others.length === 0) {
    addTitle(sheet, title, legend(assessment), LEFT.length + only)
    return
  }
  parts.forEach((count, page) => {
    const first = LEFT.length + 1 + total(parts.slice(0, page))
    const place = `（${page + 1}／${parts.length}）`
    addTitle(sheet, title + place, legend(assessment), count, first)
  })
}
