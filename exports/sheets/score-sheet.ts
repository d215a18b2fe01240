/** «评分明细»: units × indicators, under headings by dimension and group, full marks below the names. */

import type { Workbook, Worksheet } from 'exceljs'
import type { Assessment } from '../assessment.ts'
import { put } from '../cells.ts'
import { absentStyle, bodyStyle, type CellStyle, exactFormat, scoreFormat } from '../format.ts'
import { addClosing, addTitle, fitRow, setWidths } from '../lines.ts'
import { addPage } from '../page.ts'
import { spread, total } from '../page-parts.ts'
import { type ScoreCell, type ScoreColumn, scoreHeadings } from '../score-columns.ts'
import { addHead, columnsOf, headDepth } from '../score-head.ts'
import { displayWidth, widthFor } from '../text-width.ts'
import { assessmentTitle } from '../titles.ts'

const FIRST_HEAD_ROW = 3
const LEFT = ['单位', '类别'] as const
/** What fits beside the left columns on one landscape page and can still be read. */
const PAGE_WIDTH = 165

export function addScoreSheet(workbook: Workbook, assessment: Assessment, name: string): Worksheet {
  const { results, decimals } = assessment
  const headings = scoreHeadings(assessment)
  const columns = headings.flatMap(columnsOf)
  const cells = results.map((result) => columns.map((column) => column.cell(result)))
  const pointsRow = FIRST_HEAD_ROW + headDepth(headings)
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
  const narrow = columns.map(({ full }, index) =>
    scoreWidth(
      full,
      cells.map((row) => row[index]),
      decimals,
    ),
  )
  const counts = headings.map((heading) => columnsOf(heading).length)
  const { widths, parts } = spread(left, narrow, counts, PAGE_WIDTH)
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
  addHead(sheet, LEFT, headings, FIRST_HEAD_ROW, widths)
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
