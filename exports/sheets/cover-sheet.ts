/** «封面与说明»: what this workbook is, how it was scored, and which sheets it holds. */

import type { Workbook, Worksheet } from 'exceljs'
import type { Assessment } from '../assessment.ts'
import { put } from '../cells.ts'
import { coverLines } from '../cover-lines.ts'
import { bodyStyle, headStyle, linkStyle } from '../format.ts'
import { addClosing, addTitle, fitRow, setWidths } from '../lines.ts'
import { addPage } from '../page.ts'
import { rankingTitle } from '../titles.ts'

/** A sheet of the workbook with what it is for. */
export interface Content {
  name: string
  about: string
}

const WIDTHS = [18, 78]

export function addCoverSheet(
  workbook: Workbook,
  assessment: Assessment,
  name: string,
  contents: readonly Content[],
): Worksheet {
  const { scheme, cycle } = assessment
  const sheet = addPage(workbook, {
    name,
    orientation: 'portrait',
    fingerprint: assessment.fingerprint,
    headRows: 0,
    frozenColumns: 0,
  })
  setWidths(sheet, WIDTHS)
  addTitle(sheet, rankingTitle(scheme.name, cycle.year), cycle.name, WIDTHS.length)
  let row = 3
  for (const { heading, text } of coverLines(assessment)) {
    put(sheet.getCell(row, 1), heading, headStyle)
    put(sheet.getCell(row, 2), text, bodyStyle('left'))
    fitRow(sheet, row, [heading, text], WIDTHS, 8)
    row += 1
  }
  row += 1
  put(sheet.getCell(row, 1), '本工作簿各表', headStyle)
  put(sheet.getCell(row, 2), '内容', headStyle)
  fitRow(sheet, row, ['', ''], WIDTHS, 8)
  for (const { name: target, about } of contents) {
    row += 1
    const cell = sheet.getCell(row, 1)
    put(cell, null, linkStyle)
    // Sheet names hold neither quotes nor apostrophes (sheet-names.ts), so this cannot be broken out of.
    cell.value = { formula: `HYPERLINK("#'${target}'!A1","${target}")`, result: target }
    put(sheet.getCell(row, 2), about, bodyStyle('left'))
    fitRow(sheet, row, [target, about], WIDTHS, 6)
  }
  addClosing(sheet, row + 1, WIDTHS.length, { signatures: ['制表', '复核', '审定'] })
  return sheet
}
