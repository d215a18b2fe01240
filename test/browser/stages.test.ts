import t from 'tap'
import { axeViolations, isWiderThanWindow, openPage, shoot } from '../helpers/browser.ts'
import { emptyDatabase } from '../helpers/database.ts'
import { aDesk } from '../helpers/desk.ts'

t.test('an organiser plans the days, moves a cycle on and takes it back', async (t) => {
  const desk = await aDesk(t, await emptyDatabase())
  const page = await openPage(t, desk.app, await desk.account('organiser'))
  await page.goto(`/cycles/${desk.cycleId}`)
  await page.getByRole('link', { name: '安排和推进阶段' }).click()
  await page.getByLabel('打分计划结束').fill('2026-11-30')
  await page.getByRole('button', { name: '保存日期' }).click()
  await page.getByText('各阶段的日期已保存。').waitFor()
  t.equal(await page.getByLabel('打分计划结束').inputValue(), '2026-11-30')
  t.strictSame(await axeViolations(page), [])
  await shoot(page, 'stages')
  await page.goto('/')
  await page.getByText('打分中，截至 2026-11-30').first().waitFor()
  await page.goBack()
  await page.getByRole('button', { name: '进入「复核」阶段' }).click()
  await page.getByText('现在是「复核」阶段。').waitFor()
  await page.getByLabel('退回的理由').fill('两项漏评')
  await page.getByRole('button', { name: '退回「打分」阶段' }).click()
  await page.getByText('现在是「打分」阶段。').waitFor()
})

t.test('the page fits a phone', async (t) => {
  const desk = await aDesk(t, await emptyDatabase())
  const page = await openPage(t, desk.app, await desk.account('organiser'), {
    width: 390,
    height: 844,
  })
  await page.goto(`/cycles/${desk.cycleId}/stage`)
  t.notOk(await isWiderThanWindow(page))
  await shoot(page, 'stages-phone')
})
