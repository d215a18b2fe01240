/** What the organiser of the year does through his pages. */

import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { bytesOf, openWorkbook } from '../score-sheet.ts'
import { sheetOf } from '../workbook.ts'
import { ASSESSORS, CYCLE, SCHEME, UNITS } from './ground.ts'
import type { Person } from './person.ts'

/** The roster goes out as a workbook, is filled in, and comes back. */
export async function importUnits(organiser: Person): Promise<void> {
  const { page } = organiser
  await organiser.follows('单位')
  await organiser.looks('units, empty')
  await organiser.follows('从 Excel 导入')
  await organiser.looks('units, import')
  const bytes = await downloadOf(page, () => organiser.follows('下载单位名册'))
  const workbook = await openWorkbook(bytes)
  const sheet = sheetOf(workbook, '单位名册')
  UNITS.forEach(({ code, name, category }, index) => {
    const row = sheet.getRow(4 + index)
    for (const [place, text] of [code, name, category].entries())
      row.getCell(place + 1).value = text
  })
  const file = { name: '单位.xlsx', mimeType: '', buffer: await bytesOf(workbook) }
  await page.getByLabel('填好的表').setInputFiles(file)
  await organiser.presses('上传并核对')
  await organiser.looks('units, preview')
  await organiser.presses('确认导入 10 个单位')
  await organiser.reads('已从 Excel 新增 10 个单位')
  await organiser.pictures('units, list')
}

/** What a browser saves when something is clicked. */
export async function downloadOf(page: Page, click: () => Promise<void>): Promise<Buffer> {
  const [download] = await Promise.all([page.waitForEvent('download'), click()])
  return readFileSync(await download.path())
}

/** The index comes in as a file of its own. */
export async function importScheme(organiser: Person): Promise<void> {
  const { page } = organiser
  await organiser.follows('评价体系')
  await organiser.looks('schemes, empty')
  await organiser.follows('导入评价体系')
  await organiser.looks('schemes, new')
  const buffer = Buffer.from(JSON.stringify(SCHEME))
  await page.getByLabel('JSON 文件').setInputFiles({ name: '体系.json', mimeType: '', buffer })
  await organiser.presses('检查并导入')
  await page.getByRole('heading', { name: SCHEME.name }).waitFor()
  await organiser.looks('scheme')
}

/**
 * A cycle out of the index and the whole roster, with its assessors.
 *
 * @returns the address of the new cycle's page
 */
export async function startCycle(organiser: Person): Promise<string> {
  const { page } = organiser
  await organiser.follows('考核周期')
  await organiser.looks('cycles, empty')
  await organiser.follows('新建考核周期')
  await organiser.looks('cycles, new')
  await page.getByLabel('周期名称').fill(CYCLE)
  await organiser.presses('新建考核周期')
  await page.getByRole('heading', { name: CYCLE }).waitFor()
  await organiser.looks('cycle, draft')
  const path = new URL(page.url()).pathname
  await listAssessors(organiser)
  await page.goto(path)
  return path
}

async function listAssessors(organiser: Person): Promise<void> {
  const { page } = organiser
  await organiser.follows('考核员')
  await organiser.looks('assessors, none')
  for (const { code, name } of ASSESSORS) {
    await page.getByLabel('代码').fill(code)
    await page.getByLabel('姓名').fill(name)
    await organiser.presses('增加')
    await organiser.reads(`已增加考核员「${name}」。`)
  }
  await organiser.pictures('assessors')
}

/** Days by the stages' names. */
export async function planStages(
  organiser: Person,
  days: Readonly<Record<string, readonly [from: string, to: string]>>,
): Promise<void> {
  await organiser.follows('安排和推进阶段')
  for (const [stage, [from, to]] of Object.entries(days)) {
    await organiser.page.getByLabel(`${stage}计划开始`).fill(from)
    await organiser.page.getByLabel(`${stage}计划结束`).fill(to)
  }
  await organiser.presses('保存日期')
  await organiser.reads('各阶段的日期已保存。')
  await organiser.looks('stages, planned')
}

export async function declareRecusal(
  organiser: Person,
  cycle: string,
  { assessor, unit, reason }: { assessor: string; unit: string; reason: string },
): Promise<void> {
  const { page } = organiser
  await page.goto(cycle)
  await organiser.follows('分工和回避')
  const button = page.getByRole('button', { name: '登记回避' })
  const form = page.locator('form', { has: button })
  await form.getByLabel('考核员').selectOption(assessor)
  await form.getByLabel('单位').selectOption(unit)
  await form.getByLabel('理由').fill(reason)
  await button.click()
  await organiser.reads(reason)
  await organiser.pictures('assignments, recusal')
}

export async function assignBySuggestion(organiser: Person, markers: number): Promise<void> {
  await organiser.page.getByLabel('每个单位的每项指标由几人打分').fill(String(markers))
  await organiser.presses('按建议分工')
  await organiser.reads('已按建议分给')
  await organiser.looks('assignments, suggested')
}

/** @param missing what the page has to say beforehand, line by line */
export async function moveOn(
  organiser: Person,
  { cycle, to, missing }: { cycle: string; to: string; missing: readonly (string | RegExp)[] },
): Promise<void> {
  await organiser.page.goto(`${cycle}/stage`)
  for (const line of missing) await organiser.reads(line)
  await organiser.pictures(`stages, before ${to}`)
  await organiser.presses(`进入「${to}」阶段`)
  await organiser.reads(`现在是「${to}」阶段。`)
}
