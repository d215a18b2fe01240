/** The ranked workbook of the year-end assessment: which sheets, in reading order. */

import ExcelJS, { type Workbook, type WorkbookView, type Worksheet } from 'exceljs'
import { type Assessment, type RankingInput, readAssessment } from './assessment.ts'
import { sheetNames } from './sheet-names.ts'
import { addBonusSheet } from './sheets/bonus-sheet.ts'
import { addCoverSheet } from './sheets/cover-sheet.ts'
import { addDecisionSheet } from './sheets/decision-sheet.ts'
import { addDeductionSheet } from './sheets/deduction-sheet.ts'
import { addCategoryRankingSheet, addOverallRankingSheet } from './sheets/ranking-sheet.ts'
import { addSchemeSheet } from './sheets/scheme-sheet.ts'
import { addScoreSheet } from './sheets/score-sheet.ts'
import { rankingTitle } from './titles.ts'

export type { RankingInput } from './assessment.ts'

interface Sheet {
  name: string
  about: string
  add(workbook: Workbook, assessment: Assessment, name: string): Worksheet
}

const COVER = '封面与说明'

/** Opens on the cover. */
const WINDOW: WorkbookView = {
  x: 0,
  y: 0,
  width: 24_000,
  height: 14_000,
  firstSheet: 0,
  activeTab: 0,
  visibility: 'visible',
}

const RANKING: Sheet = {
  name: '总排名',
  about: '全部单位的名次、各一级指标、基础分、加分、扣分、总分、等次',
  add: addOverallRankingSheet,
}

const DETAILS: readonly Sheet[] = [
  { name: '评分明细', about: '每个单位每项指标的得分', add: addScoreSheet },
  { name: '扣分明细', about: '每一处失分的规则、事由、依据和分数', add: addDeductionSheet },
  { name: '加分明细', about: '每一项加分是否计入，未计入的原因', add: addBonusSheet },
  {
    name: '一票否决与调整',
    about: '一票否决、免于执行的情形，等次调整及理由',
    add: addDecisionSheet,
  },
  { name: '评价体系', about: '全部指标、分值和计分方法', add: addSchemeSheet },
]

/**
 * The whole workbook in memory. Every number in it comes from the evaluation; nothing is computed anew.
 *
 * @throws {RangeError} if `at` is no time
 */
export function rankingWorkbook(input: RankingInput): Workbook {
  const assessment = readAssessment(input)
  const workbook = new ExcelJS.Workbook()
  workbook.creator = '衡鉴'
  workbook.lastModifiedBy = '衡鉴'
  workbook.title = rankingTitle(assessment.scheme.name, input.cycle.year)
  workbook.created = new Date(input.at)
  workbook.modified = new Date(input.at)
  workbook.views = [WINDOW]
  const nameOf = sheetNames([COVER, RANKING.name, ...DETAILS.map(({ name }) => name)])
  const categories = assessment.categories.map(
    (category): Sheet => ({
      name: nameOf(category),
      about: `「${category}」类别内的排名`,
      add: (book, from, name) => addCategoryRankingSheet(book, from, category, name),
    }),
  )
  const sheets = [RANKING, ...categories, ...DETAILS]
  addCoverSheet(workbook, assessment, COVER, sheets)
  for (const { name, add } of sheets) add(workbook, assessment, name)
  return workbook
}

/** The bytes of an .xlsx file. */
export async function workbookBuffer(workbook: Workbook): Promise<Buffer> {
  return Buffer.from(await workbook.xlsx.writeBuffer())
}
