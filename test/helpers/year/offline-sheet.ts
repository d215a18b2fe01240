/** An assessor on the road: his score sheet is filled in without a network, and brought back. */

import type { Workbook, Worksheet } from 'exceljs'
import { MARKING_HEAD, MARKING_SHEET } from '../../../exports/sheets/marking-sheet.ts'
import { bytesOf, COLUMN, openWorkbook } from '../score-sheet.ts'
import { sheetOf } from '../workbook.ts'
import { organisation, rules, study } from './judgement.ts'
import { downloadOf } from './organising.ts'
import type { Person } from './person.ts'
import type { Typed } from './typed.ts'

/** Takes his sheet along, fills in every row of it without a network, uploads it, and accepts all of it. */
export async function scoreOnTheRoad(person: Person, scoring: string, typed: Typed) {
  const { page } = person
  await page.goto(scoring)
  await person.follows('下载或交回离线打分表')
  await person.looks('sheet')
  const workbook = await openWorkbook(await downloadOf(page, () => person.follows('下载打分表')))
  await page.context().setOffline(true)
  const count = fillSheet(workbook, typed)
  await page.context().setOffline(false)
  const file = { name: '打分表.xlsx', mimeType: '', buffer: await bytesOf(workbook) }
  await page.getByLabel('填好的打分表').setInputFiles(file)
  await person.presses('上传并核对')
  await person.reads(`新填 ${count}`)
  await person.looks('sheet, preview')
  await person.presses('写入选中的')
  await person.reads(`已从打分表写入 ${count} 格。`)
  await person.pictures('scoring, after the road')
}

/** @returns how many marks he gave */
function fillSheet(workbook: Workbook, typed: Typed): number {
  const sheet = sheetOf(workbook, MARKING_SHEET)
  let row = MARKING_HEAD + 1
  for (; sheet.getCell(row, 1).text !== ''; row += 1) fillRow(sheet, row, typed)
  return row - MARKING_HEAD - 1
}

function fillRow(sheet: Worksheet, row: number, typed: Typed): void {
  const [indicator, unit] = [sheet.getCell(row, 1).text, sheet.getCell(row, 3).text]
  const put = (field: keyof typeof COLUMN, value: string | number) => {
    if (value !== '') sheet.getCell(row, COLUMN[field]).value = value
  }
  const judgement = judge(indicator, unit)
  const { mark, reason } = judgement
  if (typeof mark === 'object') {
    put('mark', mark.level)
    put('points', Number(mark.points))
  } else if (typeof mark === 'boolean') put('mark', mark ? '达标' : '不达标')
  else put('mark', indicator === 'A1' ? Number(mark) : mark)
  put('reason', reason)
  typed.mark('K3', indicator, unit, judgement)
}

function judge(indicator: string, unit: string) {
  if (indicator === 'A1') return study('K3', unit)
  return indicator === 'A2' ? organisation('K3', unit) : rules(unit)
}
