/** A server killed while somebody enters scores: what it acknowledged it has, the rest is in the page. */

import type { Page } from 'playwright-core'
import t from 'tap'
import { openDatabase } from '../../server/store/database.ts'
import { assessorMarks } from '../../server/store/marks.ts'
import { anAccount } from '../helpers/app.ts'
import { openAddress, shoot } from '../helpers/browser.ts'
import { aBundle, aCycle } from '../helpers/cycle.ts'
import { newDatabaseUrl } from '../helpers/database.ts'
import { startServer } from '../helpers/server-process.ts'

t.setTimeout(170_000)

const COUNT = 30

/** Types a mark into each row, from one number of a row on: 0.5, 1, 1.5 … by turns. */
async function typeMarks(page: Page, from: number, to: number): Promise<void> {
  for (let row = from; row < to; row += 1) {
    await page.keyboard.type(markOf(row))
    await page.keyboard.press('Enter')
  }
}

function markOf(row: number): string {
  return String(((row % 16) + 1) / 2)
}

/** Which rows the page says are saved. */
async function acknowledged(page: Page): Promise<number[]> {
  const rows = await page
    .locator('tr:has(.save-saved)')
    .evaluateAll((all) => all.map(({ id }) => id))
  return rows.map((id) => Number(id.slice(1)))
}

t.test('a kill in the middle loses nothing', async (t) => {
  const url = await newDatabaseUrl('SQLite')
  const first = await startServer(t, { DATABASE_URL: url })
  const db = await openDatabase(url)
  t.teardown(() => db.destroy())
  const units = Array.from({ length: COUNT }, (_, index) => ({
    ...{ code: `U${index}`, name: `第${index}单位`, category: '政府部门' },
  }))
  const cycleId = await aCycle(db, aBundle({ units }))
  const wang = await anAccount(db, { login: 'wang', roles: ['assessor'], assessorCode: 'K1' })
  const stored = async () => {
    const marks = await assessorMarks(db, { cycleId, assessor: 'K1' })
    return new Map(marks.map(({ unit, mark }) => [Number(unit.slice(1)), mark]))
  }

  const page = await openAddress(t, first.address)
  await page.goto(`/cycles/${cycleId}/scoring/indicators/A1?columns=marks`)
  await page.getByLabel('登录名').fill(wang.login)
  await page.getByLabel('密码', { exact: true }).fill(wang.password)
  await page.getByRole('button', { name: '登录' }).click()
  // Before its script is there the page is a plain form, which Enter sends.
  await page.getByText(`还剩 ${COUNT} 项`).waitFor()
  await page.getByLabel('第0单位 得分').focus()
  await typeMarks(page, 0, 12)
  first.child.kill('SIGKILL')
  await typeMarks(page, 12, COUNT)
  await first.ended
  await page.getByText('连不上服务器').waitFor()
  await shoot(page, 'grid-killed')

  const told = await acknowledged(page)
  const kept = await stored()
  t.ok(told.length > 0 && told.length < COUNT, `${told.length} were acknowledged`)
  for (const row of told) t.equal(kept.get(row), markOf(row), `row ${row} is in the database`)
  for (let row = 0; row < COUNT; row += 1) {
    const shown = await page.getByLabel(`第${row}单位 得分`).inputValue()
    t.equal(shown, markOf(row), `row ${row} is still in the page`)
  }

  await startServer(t, { DATABASE_URL: url, PORT: new URL(first.address).port })
  await page.locator('[data-sum="state"]', { hasText: '已全部保存' }).waitFor({ timeout: 40_000 })
  const all = Array.from({ length: COUNT }, (_, row) => [row, markOf(row)])
  t.strictSame(
    [...(await stored())].sort(([a], [b]) => a - b),
    all,
  )
})
