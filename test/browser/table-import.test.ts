import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import t from 'tap'
import { uploadTable } from '../../server/actions/upload-table.ts'
import { findAccountByLogin } from '../../server/store/accounts.ts'
import { standingEvents } from '../../server/store/events.ts'
import { findUnit } from '../../server/store/units.ts'
import { MORNING } from '../helpers/app.ts'
import { axeViolations, isWiderThanWindow, openPage, shoot } from '../helpers/browser.ts'
import { emptyDatabase } from '../helpers/database.ts'
import { aDesk } from '../helpers/desk.ts'
import { bytesOf, openWorkbook } from '../helpers/score-sheet.ts'
import { sheetOf } from '../helpers/workbook.ts'

async function downloaded(page: Page) {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: /^下载.+xlsx$/ }).click(),
  ])
  return openWorkbook(readFileSync(await download.path()))
}

async function upload(page: Page, workbook: Awaited<ReturnType<typeof downloaded>>) {
  const buffer = await bytesOf(workbook)
  await page.getByLabel('填好的表').setInputFiles({ name: '表.xlsx', mimeType: '', buffer })
  await page.getByRole('button', { name: '上传并核对' }).click()
  await page.getByRole('heading', { level: 1, name: /^核对/ }).waitFor()
}

t.test('an organiser takes the roster out, fills it in, mends it and brings it back', async (t) => {
  const db = await emptyDatabase()
  const desk = await aDesk(t, db)
  const page = await openPage(t, desk.app, await desk.account('organiser'), { scripts: false })
  await page.goto('/units')
  await page.getByRole('link', { name: '从 Excel 导入' }).click()
  const workbook = await downloaded(page)
  const sheet = sheetOf(workbook, '单位名册')
  sheet.getCell('A7').value = 'U9'
  sheet.getCell('B7').value = '市审计局'
  sheet.getCell('C4').value = '综合部门'
  await upload(page, workbook)
  t.match(await page.textContent('.error-summary'), 'C7（类别）：请填写单位类别')
  await shoot(page, 'units-import-faulty')
  sheet.getCell('C7').value = '政府部门'
  await upload(page, workbook)
  await shoot(page, 'units-import-preview')
  await page.setViewportSize({ width: 390, height: 844 })
  t.notOk(await isWiderThanWindow(page))
  await page.getByRole('button', { name: '确认导入 2 个单位' }).click()
  t.match(await page.textContent('.notice'), '已从 Excel 新增 1 个单位，修改 1 个单位。')
  t.match(await findUnit(db, 'U9'), { name: '市审计局' })
})

t.test('an administrator brings in accounts and hands out their passwords', async (t) => {
  const db = await emptyDatabase()
  const desk = await aDesk(t, db)
  const page = await openPage(t, desk.app, await desk.account('admin'))
  await page.goto('/admin/accounts')
  await page.getByRole('link', { name: '从 Excel 导入' }).click()
  t.same(await axeViolations(page), [])
  const workbook = await downloaded(page)
  sheetOf(workbook, '账号').getRow(10).values = ['zhao', '赵敏', '考核员、考核组组长', 'U2', 'P7']
  await upload(page, workbook)
  t.same(await axeViolations(page), [])
  await page.getByRole('button', { name: '确认导入 1 个账号' }).click()
  await page.getByRole('heading', { name: '新账号的一次性密码' }).waitFor()
  t.same(await axeViolations(page), [])
  await shoot(page, 'accounts-import-passwords')
  const password = await page.textContent('.secret')
  const file = await downloaded(page)
  t.equal(sheetOf(file, '一次性密码').getCell('C4').value, password)
  await page.setViewportSize({ width: 390, height: 844 })
  t.notOk(await isWiderThanWindow(page))
  await page.getByRole('button', { name: '已交付，清除这些密码' }).click()
  t.match(await page.textContent('.notice'), '已清除页面上的一次性密码')
  t.match(await findAccountByLogin(db, 'zhao'), { roles: ['lead', 'assessor'] })
})

t.test('an assessor brings in facts, and says which are no doubles', async (t) => {
  const db = await emptyDatabase()
  const desk = await aDesk(t, db)
  const page = await openPage(t, desk.app, await desk.account('assessor'))
  await page.goto(`/cycles/${desk.cycleId}/ledger`)
  await page.getByRole('link', { name: '从 Excel 导入' }).click()
  const workbook = await downloaded(page)
  const sheet = sheetOf(workbook, '台账')
  for (const row of [4, 5]) {
    for (const [column, text] of [
      ...[
        ['A', 'U1 市财政局'],
        ['B', 'C1 廉洁记录'],
        ['C', 'late 迟报'],
      ],
      ...[
        ['J', `迟报${row}`],
        ['L', '2026-10-12'],
      ],
    ]) {
      sheet.getCell(`${column}${row}`).value = text ?? ''
    }
  }
  await upload(page, workbook)
  t.same(await axeViolations(page), [])
  await shoot(page, 'events-import-preview')
  await page.setViewportSize({ width: 390, height: 844 })
  t.notOk(await isWiderThanWindow(page))
  await page.getByLabel('导入第 5 行').check()
  await page.getByRole('button', { name: '确认导入 1 条台账和勾选的' }).click()
  t.match(await page.textContent('.notice'), '已从 Excel 记入 2 条台账。')
  t.equal((await standingEvents(db, desk.cycleId)).length, 2)
})

t.test('the page of a long table says how far it is', async (t) => {
  const db = await emptyDatabase()
  const desk = await aDesk(t, db)
  const { actor, ...account } = await desk.account('organiser')
  const sent = { kind: 'units', cycleId: null, fileName: '大表.xlsx', at: MORNING } as const
  const id = await uploadTable(db, { ...sent, actor })
  const page = await openPage(t, desk.app, account)
  await page.goto(`/units/import/${id}`)
  t.match(await page.textContent('main'), '排队等候')
  t.same(await axeViolations(page), [])
  await shoot(page, 'table-progress')
  await page.setViewportSize({ width: 390, height: 844 })
  t.notOk(await isWiderThanWindow(page))
})
