/** One assessor's score sheet for the road: what he marks, to be filled in without the program. */

import ExcelJS, { type Workbook, type Worksheet } from 'exceljs'
import { beijingTime } from '../server/domain/beijing-time.ts'
import { addMarkingCover } from './sheets/marking-cover-sheet.ts'
import { addMarkingSheet, type MarkingRow } from './sheets/marking-sheet.ts'
import { addSealSheet } from './sheets/seal-sheet.ts'
import { addTable } from './table.ts'

export interface ScoreSheetInput {
  cycle: string
  scheme: string
  assessor: string
  /** when it is issued, as ISO-8601 UTC text */
  at: string
  rows: readonly MarkingRow[]
  /** how each indicator is scored, in words */
  rules: readonly { code: string; name: string; rule: string; hint: string }[]
  /** what is signed, and the signature */
  content: string
  seal: string
}

/** The whole workbook in memory. */
export function scoreSheetWorkbook(input: ScoreSheetInput): Workbook {
  const { assessor, at, cycle, rows } = input
  const workbook = new ExcelJS.Workbook()
  workbook.creator = '衡鉴'
  workbook.lastModifiedBy = '衡鉴'
  workbook.title = `${cycle}打分表`
  workbook.created = new Date(at)
  workbook.modified = new Date(at)
  const cover = addMarkingCover(workbook, {
    title: `${cycle}打分表（${assessor}）`,
    lines: coverLines(input),
  })
  const window = { x: 0, y: 0, width: 24_000, height: 14_000, firstSheet: 0, activeTab: 1 }
  workbook.views = [{ ...window, visibility: 'visible' }]
  // A sheet can only be told where its lists stand once they do; in the file it comes last.
  const lists = rows.flatMap(({ entry }) => (entry.kind === 'choice' ? [entry.options] : []))
  const marking = addMarkingSheet(workbook, {
    title: `${cycle}打分表`,
    subtitle: `考核员：${assessor}　　下发：${beijingTime(at)}（北京时间）　　只填浅黄色的格子；空着的格子交回时不改动系统里的打分。`,
    rows,
    listOf: addSealSheet(workbook, input, lists),
  })
  const rules = addRules(workbook, input)
  for (const sheet of [cover, marking, rules]) {
    sheet.headerFooter.oddFooter = footer(sheet.name, assessor, at)
    shut(sheet)
  }
  order(workbook)
  return workbook
}

function coverLines({ cycle, scheme, assessor, at, rows }: ScoreSheetInput) {
  const indicators = new Set(rows.map(({ indicatorCode }) => indicatorCode)).size
  const units = new Set(rows.map(({ unitCode }) => unitCode)).size
  return [
    { heading: '考核周期', text: cycle },
    { heading: '评价体系', text: scheme },
    { heading: '考核员', text: `${assessor}。这份表只供本人使用，别人交回系统不会接收。` },
    { heading: '下发时间', text: `${beijingTime(at)}（北京时间）` },
    { heading: '范围', text: `${indicators} 项指标，${units} 个单位，共 ${rows.length} 格。` },
    { heading: '怎样填写', text: HOW.map((text, index) => `${index + 1}. ${text}`).join('\n') },
    { heading: '怎样交回', text: BACK.map((text, index) => `${index + 1}. ${text}`).join('\n') },
  ]
}

const HOW = [
  '在「打分表」中只填浅黄色的格子；其余内容已锁定，不要增删行列、改表名。',
  '「得分/档次」：打分的填数，分档的和是否达标的从下拉列表里选；「档内分数」只在该档要求给分时填写。',
  '低于满分的，请在「理由」写明原因，单位会看到。',
  '得分请直接填数，不要填公式；表头的筛选可以只看一个单位或一项指标。要排序请整行一起排，不要只排几列。',
]
const BACK = [
  '保存为 .xlsx，在系统「我的打分」的「离线打分表」页上传。',
  '系统逐格比较下发时、系统现在和表中填写的内容，由您确认后才写入；有冲突的由您选择以哪个为准。',
  '空着的格子不会清除系统里已有的打分；要清除请在系统里操作。',
]

function addRules(workbook: Workbook, { cycle, rules }: ScoreSheetInput): Worksheet {
  return addTable(workbook, {
    name: '评分标准',
    title: `${cycle}评分标准`,
    subtitle: '本表各项指标怎样打分。',
    columns: [
      { header: '指标编码', align: 'left', width: [9, 14], value: ({ code }) => code },
      { header: '指标', align: 'left', width: [16, 30], value: ({ name }) => name },
      { header: '怎样打分', align: 'left', width: [40, 80], value: ({ rule }) => rule },
      { header: '说明', align: 'left', width: [14, 36], value: ({ hint }) => hint },
    ],
    rows: rules,
    none: '没有需要打分的指标。',
    frozenColumns: 2,
    fingerprint: '',
  })
}

/** Against slips, not against malice: what comes back is checked against the seal. */
function shut(sheet: Worksheet): void {
  Object.assign(sheet, {
    sheetProtection: {
      ...{ sheet: true, objects: false, scenarios: false },
      ...{ selectLockedCells: true, selectUnlockedCells: true },
      ...{ autoFilter: true, formatColumns: true, formatRows: true },
    },
  })
}

function footer(name: string, assessor: string, at: string): string {
  const part = (place: string, text: string) => `&${place}&9 ${text.replaceAll('&', '&&')}`
  const page = '&C&9 第 &P 页 共 &N 页'
  return `${part('L', `${assessor} ${beijingTime(at)} 下发`)}${page}${part('R', name)}`
}

/** The hidden sheet goes behind those that are read. */
function order(workbook: Workbook): void {
  const wanted = ['说明', '打分表', '评分标准', '_核对']
  for (const sheet of workbook.worksheets) {
    Object.assign(sheet, { orderNo: wanted.indexOf(sheet.name) })
  }
}
