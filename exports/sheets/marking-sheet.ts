/** «打分表»: one row a mark, indicator by indicator; only what is to be filled in can be changed. */

import type { Cell, DataValidation, Workbook, Worksheet } from 'exceljs'
import type { SheetTexts } from '../../server/domain/score-sheet.ts'
import { type CellValue, put, scoreValue } from '../cells.ts'
import type { CellStyle } from '../format.ts'
import { addTable, type Column } from '../table.ts'

export const MARKING_SHEET = '打分表'
/** where the column's names stand; the rows of marks follow */
export const MARKING_HEAD = 3

/** What may be typed into a row's mark. */
export type MarkingEntry =
  | { kind: 'number'; top: number }
  /** @property ranged the names whose points are to be given, and between which */
  | { kind: 'choice'; options: readonly string[]; ranged: { low: number; high: number } | null }

export interface MarkingRow {
  indicatorCode: string
  indicator: string
  /** full marks as typed */
  full: string
  unitCode: string
  unit: string
  category: string
  entry: MarkingEntry
  /** what may be typed, in words */
  allowed: string
  texts: SheetTexts
  /** its place in what is signed, counted from 1 */
  key: number
}

export interface MarkingTable {
  title: string
  subtitle: string
  rows: readonly MarkingRow[]
  /** the place of a list of options in this workbook */
  listOf: (options: readonly string[]) => string
}

type Field = keyof SheetTexts

interface MarkingColumn extends Column<MarkingRow> {
  field?: Field
}

const fixed = (
  header: string,
  align: 'left' | 'center' | 'right',
  width: readonly [number, number],
  value: (row: MarkingRow) => CellValue,
): MarkingColumn => ({ header, align, width, value })

const MARK: MarkingColumn = {
  ...{ header: '得分/档次', align: 'center', width: [11, 16], field: 'mark' },
  value: ({ entry, texts }) =>
    entry.kind === 'number' && texts.mark !== '' ? scoreValue(texts.mark) : texts.mark,
}
const POINTS: MarkingColumn = {
  ...{ header: '档内分数', align: 'center', width: [10, 12], field: 'points' },
  value: ({ entry, texts }) => {
    if (entry.kind === 'number' || !entry.ranged) return undefined
    return texts.points === '' ? '' : scoreValue(texts.points)
  },
}
const REASON: MarkingColumn = {
  ...{ header: '理由', align: 'left', width: [30, 44], field: 'reason' },
  numFmt: '@',
  value: ({ texts }) => texts.reason,
}

/** Hidden behind the others: it goes along with its row when rows are sorted. */
export const KEY_HEADER = '行核对'

/**
 * @param points whether a level's points are among the columns
 * @param keyed whether rows carry their key: sheets that were issued before they did still come back
 */
export function markingColumns(points: boolean, keyed = true): MarkingColumn[] {
  return [
    fixed('指标编码', 'left', [9, 14], ({ indicatorCode }) => indicatorCode),
    fixed('指标', 'left', [14, 24], ({ indicator }) => indicator),
    fixed('单位编码', 'left', [9, 14], ({ unitCode }) => unitCode),
    fixed('单位', 'left', [16, 26], ({ unit }) => unit),
    fixed('类别', 'left', [9, 14], ({ category }) => category),
    fixed('满分', 'right', [7, 8], ({ full }) => (full === '' ? null : scoreValue(full))),
    MARK,
    ...(points ? [POINTS] : []),
    REASON,
    fixed('可填', 'left', [16, 28], ({ allowed }) => allowed),
    ...(keyed ? [fixed(KEY_HEADER, 'right', [8, 8], ({ key }) => key)] : []),
  ]
}

export function hasPoints({ entry }: MarkingRow): boolean {
  return entry.kind === 'choice' && entry.ranged !== null
}

export function addMarkingSheet(workbook: Workbook, table: MarkingTable): Worksheet {
  const columns = markingColumns(table.rows.some(hasPoints))
  const sheet = addTable(workbook, {
    name: MARKING_SHEET,
    ...{ title: table.title, subtitle: table.subtitle, columns, rows: table.rows },
    none: '没有需要填的项目。',
    frozenColumns: 4,
    fingerprint: '',
  })
  sheet.getColumn(columns.length).hidden = true
  table.rows.forEach((row, place) => {
    columns.forEach((column, index) => {
      if (!column.field || column.value(row) === undefined) return
      const cell = sheet.getCell(MARKING_HEAD + 1 + place, index + 1)
      open(cell, column.field, row)
      const validation = validationOf(column.field, row, table.listOf)
      if (validation) cell.dataValidation = validation
    })
  })
  return sheet
}

const INPUT_FILL: CellStyle = {
  fill: { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFFFF8E1' } },
  protection: { locked: false },
}

/** What people type stays what they typed: an explanation that begins with `=` or looks like a date is text. */
function open(cell: Cell, field: Field, { entry }: MarkingRow): void {
  const asText = field === 'reason' || (field === 'mark' && entry.kind === 'choice')
  const style = { ...cell.style, ...INPUT_FILL, ...(asText ? { numFmt: '@' } : {}) }
  if (cell.value === null) put(cell, null, style)
  else cell.style = style
}

function validationOf(
  field: Field,
  { entry, indicator, allowed }: MarkingRow,
  listOf: MarkingTable['listOf'],
): DataValidation | undefined {
  const told = {
    allowBlank: true,
    showErrorMessage: true,
    errorStyle: 'stop',
    errorTitle: shortened(indicator, 30),
    error: shortened(`应填：${allowed}`, 220),
  }
  if (field === 'mark' && entry.kind === 'choice') {
    return { ...told, type: 'list', formulae: [listOf(entry.options)] }
  }
  const range = rangeOf(field, entry)
  if (!range) return undefined
  return { ...told, type: 'decimal', operator: 'between', formulae: [...range] }
}

function rangeOf(field: Field, entry: MarkingEntry): readonly [number, number] | undefined {
  if (field === 'mark' && entry.kind === 'number') return [0, entry.top]
  if (field === 'points' && entry.kind === 'choice' && entry.ranged) {
    return [entry.ranged.low, entry.ranged.high]
  }
  return undefined
}

/** Excel refuses a file whose messages are longer than it allows. */
function shortened(text: string, most: number): string {
  const letters = [...text]
  return letters.length <= most ? text : `${letters.slice(0, most - 1).join('')}…`
}
