import t from 'tap'
import { addUnit } from '../../server/actions/add-unit.ts'
import { assignMarks } from '../../server/actions/assign-marks.ts'
import { MORNING } from '../helpers/app.ts'
import { axeViolations, isWiderThanWindow, openPage, shoot } from '../helpers/browser.ts'
import { setStage } from '../helpers/cycle.ts'
import { emptyDatabase } from '../helpers/database.ts'
import { aDesk } from '../helpers/desk.ts'

t.test('an organiser composes a cycle: units in and out, assessors in and out', async (t) => {
  const desk = await aDesk(t, await emptyDatabase())
  const by = { actor: (await desk.account('organiser')).actor, at: MORNING }
  for (const [code, name] of [
    ['U7', '市审计局'],
    ['U8', '市司法局'],
    ['U9', '市委宣传部'],
  ] as const) {
    await addUnit(desk.db, { unit: { code, name, category: '政府部门' }, ...by })
  }
  const given = { assessors: ['K1'], indicators: ['A1'], units: ['U1', 'U2'] }
  await assignMarks(desk.db, { cycleId: desk.cycleId, how: 'give', ...given, ...by })
  await setStage(desk.db, desk.cycleId, 'draft')
  const page = await openPage(t, desk.app, await desk.account('organiser'))
  await page.goto(`/cycles/${desk.cycleId}`)
  await page.getByRole('link', { name: '参评单位' }).click()
  await page.getByLabel('名称、代码或拼音首字母').fill('ssfj')
  await page.getByRole('button', { name: '查找' }).click()
  await page.getByLabel('市司法局', { exact: true }).check()
  await page.getByRole('button', { name: '加入勾选的单位' }).click()
  await page.getByText('已加入 1 家单位。').waitFor()
  t.strictSame(await axeViolations(page), [])
  await shoot(page, 'cycle-units')
  await page.getByRole('link', { name: '市财政局' }).click()
  await page.getByLabel('组织建设不适用', { exact: true }).check()
  await page.getByLabel('组织建设不适用的理由').fill('没有党组织')
  t.strictSame(await axeViolations(page), [])
  await shoot(page, 'cycle-unit')
  await page.getByRole('button', { name: '保存' }).click()
  await page.getByText('已保存「市财政局」。').waitFor()
  await page.getByRole('link', { name: '市教育局' }).click()
  await page.getByText('一并收回、解除：分工 1 项。').waitFor()
  await page.getByLabel('确认移出').check()
  await page.getByRole('button', { name: '移出本周期' }).click()
  await page.getByText('已移出').waitFor()
  await page.goto(`/cycles/${desk.cycleId}/assessors`)
  await page.getByLabel('代码').fill('K4')
  await page.getByLabel('姓名').fill('赵接替')
  t.strictSame(await axeViolations(page), [])
  await shoot(page, 'cycle-assessors')
  await page.getByRole('button', { name: '增加' }).click()
  await page.getByText('已增加考核员「赵接替」。').waitFor()
  await page.getByRole('link', { name: '赵接替' }).click()
  t.strictSame(await axeViolations(page), [])
  await shoot(page, 'cycle-assessor')
})

t.test('the pages of a cycle’s roster fit a phone', async (t) => {
  const desk = await aDesk(t, await emptyDatabase())
  await setStage(desk.db, desk.cycleId, 'draft')
  const size = { width: 390, height: 844 }
  const page = await openPage(t, desk.app, await desk.account('organiser'), size)
  for (const each of ['units', 'units/U1', 'assessors', 'assessors/K1']) {
    await page.goto(`/cycles/${desk.cycleId}/${each}`)
    t.notOk(await isWiderThanWindow(page), each)
    await shoot(page, `phone-${each.replace('/', '-')}`)
  }
})
