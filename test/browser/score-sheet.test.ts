import { readFileSync } from 'node:fs'
import t from 'tap'
import { recordMark } from '../../server/actions/record-mark.ts'
import { assessorMarks } from '../../server/store/marks.ts'
import { axeViolations, isWiderThanWindow, openPage, shoot } from '../helpers/browser.ts'
import { AT } from '../helpers/cycle.ts'
import { emptyDatabase } from '../helpers/database.ts'
import { aDesk } from '../helpers/entry-desk.ts'
import { bytesOf, inputOf, openWorkbook } from '../helpers/score-sheet.ts'

t.test('a sheet goes on the road and comes back', async (t) => {
  const { app, db, cycleId, scoring, wang } = await aDesk(t, await emptyDatabase())
  const page = await openPage(t, app, wang.account)
  await page.goto(scoring)
  await page.getByRole('link', { name: '下载或交回离线打分表' }).click()
  await shoot(page, 'sheet-page')
  t.same(await axeViolations(page), [])
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: '下载打分表' }).click(),
  ])
  t.equal(download.suggestedFilename(), `${await cycleName()}打分表王考核.xlsx`)
  const workbook = await openWorkbook(readFileSync(await download.path()))
  inputOf(workbook, 'A1', 'U1').value = 7
  inputOf(workbook, 'A1', 'U1', 'reason').value = '有一次会议没有记录，材料也不齐全'
  inputOf(workbook, 'A1', 'U2').value = 6
  inputOf(workbook, 'A1', 'U3').value = 80
  inputOf(workbook, 'A2', 'U1').value = '一般'
  const place = { cycleId, unitCode: 'U2', indicatorCode: 'A1', version: null }
  await recordMark(db, { ...place, mark: '4', reason: '在系统里改过', actor: wang.actor, at: AT })
  const upload = async (name: string, buffer: Buffer) => {
    await page.getByLabel('填好的打分表').setInputFiles({ name, mimeType: '', buffer })
    await page.getByRole('button', { name: '上传并核对' }).click()
  }
  await upload('旧表.xls', Buffer.from('not a workbook'))
  t.match(await page.textContent('.error-summary'), '文件「旧表.xls」不是 Excel 工作簿')
  await shoot(page, 'sheet-refused')
  t.same(await axeViolations(page), [])
  await upload('打分表.xlsx', await bytesOf(workbook))
  t.match(await page.textContent('h1'), '核对打分表')
  await shoot(page, 'sheet-preview')
  t.same(await axeViolations(page), [])
  await page.setViewportSize({ width: 390, height: 844 })
  t.notOk(await isWiderThanWindow(page))
  await shoot(page, 'sheet-preview-phone')
  await page.getByRole('button', { name: '写入选中的' }).click()
  t.match(await page.textContent('.error-summary'), '有 1 处冲突还没有选择')
  await page.getByLabel('市教育局 理论武装 以哪个为准：表中的').check()
  await page.getByLabel('写入 市财政局 组织建设').uncheck()
  await page.getByRole('button', { name: '写入选中的' }).click()
  t.match(await page.textContent('.notice'), '已从打分表写入 2 格。')
  const marks = await assessorMarks(db, { cycleId, assessor: 'K1' })
  t.match(marks.map(({ unit, mark }) => [unit, mark]).sort(), [
    ['U1', '7'],
    ['U2', '6'],
  ])

  async function cycleName(): Promise<string> {
    const row = await db.selectFrom('cycle').select('name').executeTakeFirstOrThrow()
    return row.name
  }
})
