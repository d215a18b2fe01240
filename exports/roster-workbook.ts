/** The roster of units as a table to be filled in: with the units that are there, and room for more. */

import ExcelJS, { type Workbook } from 'exceljs'
import { bodyStyle } from './format.ts'
import { addTable } from './table.ts'

export const ROSTER_SHEET = '单位名册'
export const ROSTER_HEADERS = { code: '代码', name: '单位名称', category: '类别' } as const

export interface RosterRow {
  code: string
  name: string
  category: string
}

/** Rows below the table that are ready to be typed into. */
const BLANK_ROWS = 60

export function rosterWorkbook(rows: readonly RosterRow[], at: string): Workbook {
  const workbook = new ExcelJS.Workbook()
  workbook.creator = '衡鉴'
  workbook.lastModifiedBy = '衡鉴'
  workbook.title = ROSTER_SHEET
  workbook.created = new Date(at)
  workbook.modified = new Date(at)
  const blank = Array.from({ length: BLANK_ROWS }, () => ({ code: '', name: '', category: '' }))
  const all = [...rows, ...blank]
  const sheet = addTable<RosterRow>(workbook, {
    name: ROSTER_SHEET,
    title: ROSTER_SHEET,
    subtitle:
      '改单位名称或类别，或在下面的空行新增；代码相同的是同一个单位。删去的行不会删去单位。',
    columns: [
      { header: ROSTER_HEADERS.code, align: 'left', width: [12, 20], value: ({ code }) => code },
      { header: ROSTER_HEADERS.name, align: 'left', width: [36, 60], value: ({ name }) => name },
      { header: ROSTER_HEADERS.category, align: 'left', width: [18, 30], value: categoryOf },
    ],
    rows: all,
    none: '',
    frozenColumns: 1,
    fingerprint: '',
  })
  sheet.headerFooter.oddFooter = '&C&9 第 &P 页 共 &N 页'
  // Codes such as 001 or 3-2 stay as they are typed.
  all.forEach((_, index) => {
    for (const column of [1, 2, 3]) {
      sheet.getCell(index + 4, column).style = bodyStyle('left', '@')
    }
  })
  return workbook
}

function categoryOf({ category }: RosterRow): string {
  return category
}
