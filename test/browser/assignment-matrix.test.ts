import type { Page } from 'playwright-core'
import t from 'tap'
import { assignMarks } from '../../server/actions/assign-marks.ts'
import { declareRecusal } from '../../server/actions/declare-recusal.ts'
import type { Bundle } from '../../server/domain/bundle.ts'
import { dutyRoster } from '../../server/store/assignments.ts'
import { MORNING } from '../helpers/app.ts'
import { axeViolations, isWiderThanWindow, openPage, shoot } from '../helpers/browser.ts'
import { aBundle } from '../helpers/cycle.ts'
import { emptyDatabase } from '../helpers/database.ts'
import { aDesk, type Desk } from '../helpers/desk.ts'

/** The cell of the table in this row and column, both from 0. */
const cellAt = (page: Page, row: number, column: number) =>
  page.locator(`.matrix tbody tr:nth-child(${row + 1}) td:nth-child(${column + 2})`)

/** Who has what, as short words. */
async function given({ db, cycleId }: Desk): Promise<string[]> {
  const { assignments } = await dutyRoster(db, cycleId)
  return assignments.map(({ assessor, indicator, unit }) => `${assessor} ${indicator} ${unit}`)
}

async function organiserOf({ account }: Desk) {
  return { actor: (await account('organiser')).actor, at: MORNING }
}

t.test('cells are given by keyboard, in blocks, undone, and saved together', async (t) => {
  const desk = await aDesk(t, await emptyDatabase())
  const page = await openPage(t, desk.app, await desk.account('organiser'))
  await page.goto(`/cycles/${desk.cycleId}/assignments/indicators/A1`)
  await cellAt(page, 0, 0).getByRole('checkbox').focus()
  await page.keyboard.press('Space')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Shift+ArrowDown')
  await page.keyboard.press('Shift+ArrowRight')
  await page.keyboard.press('Space')
  await page.getByText('5 格未保存：分给 5，收回 0').waitFor()
  await page.keyboard.press('Control+z')
  await page.getByText('1 格未保存').waitFor()
  await page.keyboard.press('Control+y')
  t.strictSame(await given(desk), [], 'nothing is saved until it is asked for')
  t.strictSame(await axeViolations(page), [])
  await shoot(page, 'matrix-pending')
  await page.keyboard.press('Control+s')
  await page.getByText('已保存：分给 5 格，收回 0 格。').waitFor()
  t.strictSame(await given(desk), [...['K1 A1 U1', 'K2 A1 U1', 'K2 A1 U2', 'K3 A1 U1', 'K3 A1 U2']])
})

t.test('a click toggles, Shift fills the block, and a line is given whole', async (t) => {
  const desk = await aDesk(t, await emptyDatabase())
  const page = await openPage(t, desk.app, await desk.account('organiser'))
  await page.goto(`/cycles/${desk.cycleId}/assignments/assessors/K2`)
  await cellAt(page, 0, 0).getByRole('checkbox').click()
  await cellAt(page, 1, 1)
    .getByRole('checkbox')
    .click({ modifiers: ['Shift'] })
  await page.getByText('4 格未保存').waitFor()
  await cellAt(page, 0, 1).click()
  await page.getByText('3 格未保存').waitFor()
  await page.getByRole('button', { name: '全选 市委办公室 整行' }).click()
  await page.getByText('6 格未保存').waitFor()
  t.equal(await page.locator('.matrix tfoot td').first().textContent(), '3')
  await page.getByRole('button', { name: '保存分工' }).first().click()
  await page.getByText('已保存：分给 6 格').waitFor()
  t.strictSame(await given(desk), [
    ...['K2 A1 U1', 'K2 A1 U2', 'K2 A1 U3', 'K2 A2 U2', 'K2 A2 U3', 'K2 A3 U3'],
  ])
})

t.test('a cell of many units goes from some to all to none and back', async (t) => {
  const desk = await aDesk(t, await emptyDatabase())
  const by = await organiserOf(desk)
  const some = { assessors: ['K2'], indicators: ['A1'], units: ['U1'] }
  await assignMarks(desk.db, { cycleId: desk.cycleId, how: 'give', ...some, ...by })
  const page = await openPage(t, desk.app, await desk.account('organiser'))
  await page.goto(`/cycles/${desk.cycleId}/assignments`)
  const cell = cellAt(page, 1, 0)
  const seen: (string | null)[] = []
  for (let press = 0; press < 3; press += 1) {
    await cell.getByRole('checkbox').click()
    seen.push(await cell.locator('.matrix-count').textContent())
  }
  t.strictSame(seen, ['3', '', '1/3'])
  await cell.getByRole('checkbox').click()
  await page.getByRole('button', { name: '保存分工' }).first().click()
  await page.getByText('已保存：分给 2 格').waitFor()
  t.strictSame(await given(desk), ['K2 A1 U1', 'K2 A1 U2', 'K2 A1 U3'])
})

t.test('a recused cell says why and cannot be given', async (t) => {
  const desk = await aDesk(t, await emptyDatabase())
  const by = await organiserOf(desk)
  const tie = { assessor: 'K2', unit: 'U2', reason: '配偶在该局任职' }
  await declareRecusal(desk.db, { cycleId: desk.cycleId, ...tie, ...by })
  await desk.account('assessor')
  const page = await openPage(t, desk.app, await desk.account('organiser'))
  await page.goto(`/cycles/${desk.cycleId}/assignments/indicators/A1`)
  await cellAt(page, 0, 1).getByRole('checkbox').focus()
  await page.keyboard.press('ArrowDown')
  await page.getByText('市教育局 · 李考核：不能分给，回避：配偶在该局任职').waitFor()
  await page.keyboard.press('Space')
  t.notOk(await page.getByText('格未保存').isVisible())
  await page.getByText('王考核和「市委办公室」：回避：所在单位').waitFor()
  t.strictSame(await axeViolations(page), [])
})

t.test('who was slower is shown both, and loses nothing', async (t) => {
  const desk = await aDesk(t, await emptyDatabase())
  const page = await openPage(t, desk.app, await desk.account('organiser'))
  await page.goto(`/cycles/${desk.cycleId}/assignments/indicators/A1`)
  await cellAt(page, 0, 0).getByRole('checkbox').click()
  const other = { assessors: ['K3'], indicators: ['A1'], units: ['U2'] }
  const by = await organiserOf(desk)
  await assignMarks(desk.db, { cycleId: desk.cycleId, how: 'give', ...other, ...by })
  await page.getByRole('button', { name: '保存分工' }).first().click()
  await page.getByText('「市教育局」·张组长：您打开时没有分给，现在已分给').waitFor()
  await page.getByText('「市财政局」·王考核：您要分给').waitFor()
  await page.getByText('1 格未保存：分给 1，收回 0').waitFor()
  t.strictSame(await axeViolations(page), [])
  await shoot(page, 'matrix-conflict')
  await page.getByRole('button', { name: '保存分工' }).first().click()
  await page.getByText('已保存：分给 1 格').waitFor()
  t.strictSame(await given(desk), ['K1 A1 U1', 'K3 A1 U2'])
})

t.test('without scripts it is ticks and a button', async (t) => {
  const desk = await aDesk(t, await emptyDatabase())
  const page = await openPage(t, desk.app, await desk.account('organiser'), { scripts: false })
  await page.goto(`/cycles/${desk.cycleId}/assignments`)
  await cellAt(page, 0, 0).getByRole('checkbox').check()
  await page.getByRole('button', { name: '保存分工' }).last().click()
  await page.getByText('已保存：分给 3 格').waitFor()
  await page.getByRole('link', { name: '王考核' }).click()
  await cellAt(page, 1, 0).getByRole('checkbox').uncheck()
  await page.getByRole('button', { name: '保存分工' }).last().click()
  await page.getByText('已保存：分给 0 格，收回 1 格。').waitFor()
  t.strictSame(await given(desk), ['K1 A1 U1', 'K1 A1 U3'])
})

/** As large as a city's assessment: 60 units, 33 indicators, 12 assessors. */
function largeBundle(): Bundle {
  const { scheme } = aBundle()
  const numbers = (count: number) => Array.from({ length: count }, (_, index) => index + 1)
  const base = numbers(33).map((n) => {
    const name = `第${n}项党风廉政建设责任落实情况`
    return { code: `I${n}`, name, points: 3, method: { type: 'direct' as const } }
  })
  return {
    scheme: { ...scheme, base, grades: [{ name: '优秀', min: 90 }, { name: '一般' }] },
    units: numbers(60).map((n) => {
      return { code: `U${n}`, name: `市第${n}局`, category: n % 2 ? '政府部门' : '党委部门' }
    }),
    assessors: numbers(12).map((n) => ({ code: `K${n}`, name: `考核员${n}` })),
  }
}

t.test('a table of a city stays readable, on a desk and on a phone', async (t) => {
  const desk = await aDesk(t, await emptyDatabase(), largeBundle())
  const page = await openPage(t, desk.app, await desk.account('organiser'))
  await page.goto(`/cycles/${desk.cycleId}/assignments`)
  await page.getByLabel('每个单位的每项指标由几人打分').fill('3')
  await page.getByRole('button', { name: '按建议分工' }).click()
  await page.getByText('已按建议分给 5940 个打分项').waitFor()
  await shoot(page, 'matrix-large')
  await page.goto(`/cycles/${desk.cycleId}/assignments/assessors/K3`)
  const box = page.locator('.table-box')
  await box.evaluate((element) => element.scrollTo(400, 900))
  const { top, left } = await box.evaluate((element) => {
    const head = element.querySelector('thead th')?.getBoundingClientRect()
    const own = element.getBoundingClientRect()
    return { top: (head?.top ?? 0) - own.top, left: (head?.left ?? 0) - own.left }
  })
  t.ok(top >= 0 && top < 2 && left >= 0 && left < 2, 'head and first column stay in sight')
  await shoot(page, 'matrix-large-assessor')
  await page.setViewportSize({ width: 390, height: 844 })
  t.notOk(await isWiderThanWindow(page))
  await shoot(page, 'matrix-large-phone')
})
