import { readFileSync } from 'node:fs'
import t from 'tap'
import { findUnit } from '../../server/store/units.ts'
import { axeViolations, isWiderThanWindow, openPage, shoot } from '../helpers/browser.ts'
import { emptyDatabase } from '../helpers/database.ts'
import { aDesk } from '../helpers/desk.ts'
import { bytesOf, openWorkbook } from '../helpers/score-sheet.ts'
import { sheetOf } from '../helpers/workbook.ts'

t.test('an organiser takes the roster out, fills it in, mends it and brings it back', async (t) => {
  const db = await emptyDatabase()
  const desk = await aDesk(t, db)
  const page = await openPage(t, desk.app, await desk.account('organiser'))
  await page.goto('/units')
  await page.getByRole('link', { name: '从 Excel 导入' }).click()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: '下载单位表' }).click(),
  ])
  const workbook = await openWorkbook(readFileSync(await download.path()))
  const sheet = sheetOf(workbook, '单位名册')
  const upload = async () => {
    const buffer = await bytesOf(workbook)
    await page.getByLabel('填好的单位表').setInputFiles({ name: '单位.xlsx', mimeType: '', buffer })
    await page.getByRole('button', { name: '上传并核对' }).click()
  }
  sheet.getCell('A7').value = 'U9'
  sheet.getCell('B7').value = '市审计局'
  sheet.getCell('C4').value = '综合部门'
  await upload()
  t.match(await page.textContent('.error-summary'), 'C7（类别）：请填写单位类别')
  t.same(await axeViolations(page), [])
  await shoot(page, 'units-import-faulty')
  sheet.getCell('C7').value = '政府部门'
  await upload()
  t.match(await page.textContent('h1'), '核对要导入的单位')
  t.same(await axeViolations(page), [])
  await shoot(page, 'units-import-preview')
  await page.setViewportSize({ width: 390, height: 844 })
  t.notOk(await isWiderThanWindow(page))
  await page.getByRole('button', { name: '确认导入' }).click()
  t.match(await page.textContent('.notice'), '已从 Excel 新增 1 个单位，修改 1 个单位。')
  t.match(await findUnit(db, 'U9'), { name: '市审计局' })
  await page.setViewportSize({ width: 1366, height: 768 })
  await shoot(page, 'units-list')
})
