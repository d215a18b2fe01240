/** The ranked workbook of the year-end assessment: which sheets, in reading order. */

import ExcelJS, { type Workbook } from 'exceljs'
import { type RankingInput, readAssessment } from './assessment.ts'
import { sheetNames } from './sheet-names.ts'
import { addCategoryRankingSheet, addOverallRankingSheet } from './sheets/ranking-sheet.ts'
import { rankingTitle } from './titles.ts'

export type { RankingInput } from './assessment.ts'

export function rankingWorkbook(input: RankingInput): Workbook {
  const assessment = readAssessment(input)
  const workbook = new ExcelJS.Workbook()
  workbook.creator = '衡鉴'
  workbook.lastModifiedBy = '衡鉴'
  workbook.title = rankingTitle(assessment.scheme.name, input.cycle.year)
  workbook.created = new Date(input.at)
  workbook.modified = new Date(input.at)
  const nameOf = sheetNames(['总排名'])
  addOverallRankingSheet(workbook, assessment, '总排名')
  for (const category of assessment.categories) {
    addCategoryRankingSheet(workbook, assessment, category, nameOf(category))
  }
  return workbook
}

/** The bytes of an .xlsx file. */
export async function workbookBuffer(workbook: Workbook): Promise<Buffer> {
  return Buffer.from(await workbook.xlsx.writeBuffer())
}
