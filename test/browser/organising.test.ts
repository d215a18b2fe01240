import t from 'tap'
import { anAccount } from '../helpers/app.ts'
import { axeViolations, isWiderThanWindow, openPage, shoot } from '../helpers/browser.ts'
import { emptyDatabase } from '../helpers/database.ts'
import { aDesk } from '../helpers/desk.ts'
import { aJudgedBundle } from '../helpers/judged.ts'

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

t.test('an organiser gives out the marking and declares a tie', async (t) => {
  const desk = await aDesk(t, await emptyDatabase())
  const page = await openPage(t, desk.app, await desk.account('organiser'))
  await page.goto(`/cycles/${desk.cycleId}/assignments`)
  await page.getByLabel('每个单位的每项指标由几人打分').fill('2')
  await page.getByRole('button', { name: '按建议分工' }).click()
  await page.getByText('已按建议分给 15 个打分项').waitFor()
  const recusal = page.locator('form', { has: page.getByRole('button', { name: '登记回避' }) })
  await recusal.getByLabel('考核员').selectOption('李考核')
  await recusal.getByLabel('单位').selectOption('市教育局')
  await recusal.getByLabel('理由').fill('配偶在该局任职')
  await recusal.getByRole('button', { name: '登记回避' }).click()
  await page.getByText('配偶在该局任职').waitFor()
  t.strictSame(await axeViolations(page), [])
  await shoot(page, 'assignments')
  await page.setViewportSize({ width: 390, height: 844 })
  t.notOk(await isWiderThanWindow(page))
  await shoot(page, 'assignments-phone')
})

t.test('an organiser starts a rehearsal from this year', async (t) => {
  const desk = await aDesk(t, await emptyDatabase())
  const page = await openPage(t, desk.app, await desk.account('organiser'))
  await page.goto(`/cycles/${desk.cycleId}/successor`)
  t.strictSame(await axeViolations(page), [])
  await shoot(page, 'successor')
  await page.getByLabel('作为演练').check()
  await page.getByRole('button', { name: '新建考核周期' }).click()
  await page.getByText('【演练】2027年度考核').first().waitFor()
  await shoot(page, 'rehearsal')
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

t.test('one organiser enters a veto, another confirms it', async (t) => {
  const desk = await aDesk(t, await emptyDatabase(), aJudgedBundle())
  const page = await openPage(t, desk.app, await desk.account('organiser'))
  const path = `/cycles/${desk.cycleId}/decisions`
  await page.goto(path)
  await page.locator('#veto-unit').selectOption('U1')
  await page.locator('#veto-code').selectOption('V1')
  await page.locator('#veto-reason').fill('市纪委立案')
  await page.locator('#veto-document').fill('市纪〔2026〕12 号')
  await page.getByRole('button', { name: '记录一票否决' }).click()
  await page.getByText('待另一人确认', { exact: true }).waitFor()
  t.strictSame(await axeViolations(page), [])
  await shoot(page, 'decisions-waiting')
  const shen = { login: 'shenhe', name: '沈审核', roles: ['organiser'] as const }
  const other = await openPage(t, desk.app, await anAccount(desk.db, shen))
  await other.goto('/')
  await other.getByRole('link', { name: '「市财政局」的一票否决' }).click()
  t.strictSame(await axeViolations(other), [])
  await shoot(other, 'confirmation')
  await other.setViewportSize({ width: 390, height: 844 })
  t.notOk(await isWiderThanWindow(other))
  await shoot(other, 'confirmation-phone')
  await other.getByRole('button', { name: '确认', exact: true }).click()
  await other.getByText('已确认，这项决定从现在起算数。').waitFor()
  t.notOk(await isWiderThanWindow(other))
  await shoot(other, 'decisions-phone')
})
