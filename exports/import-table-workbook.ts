/** A table to be filled in, with what is there and room for more. */

import ExcelJS, { type DataValidation, type Workbook, type Worksheet } from 'exceljs'
import { put } from './cells.ts'
import { bodyStyle, type CellStyle } from './format.ts'
import {
  CHOICE_JOINT,
  CHOICE_SHEET,
  type ColumnChoice,
  HEAD_ROW,
  type ImportColumn,
  type ImportTable,
  issuedHeader,
} from './import-table.ts'
import { addTable } from './table.ts'

type Row = Readonly<Record<string, string>>

export function importTableWorkbook(table: ImportTable, at: string): Workbook {
  const workbook = new ExcelJS.Workbook()
  workbook.creator = '衡鉴'
  workbook.lastModifiedBy = '衡鉴'
  workbook.title = table.name
  workbook.created = new Date(at)
  workbook.modified = new Date(at)
  const rows: Row[] = [...table.rows, ...Array.from({ length: table.blankRows }, () => ({}))]
  const tracked = table.columns.filter((column) => column.tracked)
  const sheet = addTable<Row>(workbook, {
    name: table.name,
    title: table.name,
    subtitle: table.subtitle,
    columns: [
      ...table.columns.map(({ key, header, width }) => {
        return { header, width, align: 'left' as const, value: (row: Row) => row[key] ?? '' }
      }),
      ...tracked.map((column) => {
        const value = (row: Row) => row[column.key] ?? ''
        return {
          header: issuedHeader(column),
          width: column.width,
          align: 'left' as const,
          value,
        }
      }),
    ],
    rows,
    none: '',
    frozenColumns: Math.max(
      1,
      table.columns.findIndex(({ named }) => !named),
    ),
    fingerprint: '',
  })
  sheet.headerFooter.oddFooter = '&C&9 第 &P 页 共 &N 页'
  style(sheet, table, rows)
  tracked.forEach((_, index) => {
    sheet.getColumn(table.columns.length + 1 + index).hidden = true
  })
  addChoices(workbook, sheet, table, rows.length)
  return workbook
}

const INPUT: CellStyle = {
  fill: { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFFFF8E1' } },
}

/** Everything is text, so that 001 or 3-2 stay as typed; numbers stand right, as numbers where they are. */
function style(sheet: Worksheet, { columns }: ImportTable, rows: readonly Row[]): void {
  rows.forEach((row, place) => {
    columns.forEach(({ key, kind, named }, index) => {
      const cell = sheet.getCell(HEAD_ROW + 1 + place, index + 1)
      const fixed = named === true && row[key] !== undefined
      const look = kind === 'number' ? bodyStyle('right') : bodyStyle('left', '@')
      cell.style = fixed ? look : { ...look, ...INPUT }
      const text = row[key] ?? ''
      if (kind === 'number' && PLAIN_NUMBER.test(text)) cell.value = Number(text)
    })
  })
}

/** What a spreadsheet's number holds to the last digit. */
const PLAIN_NUMBER = /^-?(?=[\d.]{1,15}$)(?:0|[1-9]\d*)(?:\.\d*[1-9])?$/

function addChoices(
  workbook: Workbook,
  sheet: Worksheet,
  { columns, stamp }: ImportTable,
  rowCount: number,
): void {
  const lists = workbook.addWorksheet(CHOICE_SHEET, { state: 'veryHidden' })
  put(lists.getCell(1, 1), stamp, {})
  let next = 2
  columns.forEach(({ choice, header }, index) => {
    if (!choice) return
    const formula = Array.isArray(choice.options)
      ? plainList(lists, next, choice.options)
      : dependentList(lists, next, choice, columns)
    next += 2
    if (formula === null) return
    const { letter } = sheet.getColumn(index + 1)
    const cells = `${letter}${HEAD_ROW + 1}:${letter}${HEAD_ROW + Math.max(1, rowCount)}`
    validate(sheet, cells, {
      type: 'list',
      allowBlank: true,
      showErrorMessage: choice.only,
      errorStyle: 'stop',
      errorTitle: header,
      error: '请从下拉列表里选。',
      formulae: [formula],
    })
  })
}

function plainList(lists: Worksheet, column: number, options: readonly string[]): string | null {
  if (options.length === 0) return null
  options.forEach((option, index) => {
    put(lists.getCell(index + 1, column), option, { numFmt: '@' })
  })
  const { letter } = lists.getColumn(column)
  return `'${CHOICE_SHEET}'!$${letter}$1:$${letter}$${options.length}`
}

/** Options that hang on what stands to the left in the row: the stretch of pairs that begins with it. */
function dependentList(
  lists: Worksheet,
  column: number,
  { options }: ColumnChoice,
  columns: readonly ImportColumn[],
): string | null {
  if (!('pairs' in options) || options.pairs.length === 0) return null
  const ordered = [...Map.groupBy(options.pairs, ({ of }) => of).values()].flat()
  ordered.forEach(({ of, option }, index) => {
    put(lists.getCell(index + 1, column), of, { numFmt: '@' })
    put(lists.getCell(index + 1, column + 1), option, { numFmt: '@' })
  })
  const [of, option] = [column, column + 1].map((each) => lists.getColumn(each).letter)
  const names = options.by.map((key) => columns.findIndex((each) => each.key === key) + 1)
  const wanted = names
    .map((place) => `$${lists.getColumn(place).letter}${HEAD_ROW + 1}`)
    .join(`&"${CHOICE_JOINT}"&`)
  const keys = `'${CHOICE_SHEET}'!$${of}$1:$${of}$${ordered.length}`
  const start = `'${CHOICE_SHEET}'!$${option}$1`
  return `OFFSET(${start},MATCH(${wanted},${keys},0)-1,0,COUNTIF(${keys},${wanted}),1)`
}

/** ExcelJS writes validations of whole ranges, but declares only those of cells. */
function validate(sheet: Worksheet, cells: string, validation: DataValidation): void {
  const all: unknown = Reflect.get(sheet, 'dataValidations')
  if (typeof all !== 'object' || all === null || !('model' in all)) return
  Object.assign(all.model as object, { [cells]: validation })
}
