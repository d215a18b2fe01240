/** «说明»: whose score sheet it is, of which cycle, when it was issued, and how to fill it in. */

import type { Workbook, Worksheet } from 'exceljs'
import { put } from '../cells.ts'
import { bodyStyle, headStyle } from '../format.ts'
import { addTitle, fitRow, setWidths } from '../lines.ts'
import { addPage } from '../page.ts'

export interface MarkingCover {
  title: string
  lines: readonly { heading: string; text: string }[]
}

const WIDTHS = [16, 80]

export function addMarkingCover(workbook: Workbook, { title, lines }: MarkingCover): Worksheet {
  const sheet = addPage(workbook, {
    ...{ name: '说明', orientation: 'portrait', fingerprint: '' },
    ...{ headRows: 0, frozenColumns: 0 },
  })
  setWidths(sheet, WIDTHS)
  addTitle(sheet, title, '', WIDTHS.length)
  lines.forEach(({ heading, text }, index) => {
    const row = index + 3
    put(sheet.getCell(row, 1), heading, headStyle)
    put(sheet.getCell(row, 2), text, bodyStyle('left'))
    fitRow(sheet, row, [heading, text], WIDTHS, 8)
  })
  return sheet
}
