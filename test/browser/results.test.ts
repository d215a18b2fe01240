import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { importBundle } from '../../server/actions/import-bundle.ts'
import { anAccount, anApp, MORNING } from '../helpers/app.ts'
import { axeViolations, isWiderThanWindow, openPage, shoot } from '../helpers/browser.ts'
import { organiser } from '../helpers/cycle.ts'
import { emptyDatabase } from '../helpers/database.ts'

const file = join(import.meta.dirname, '..', 'fixtures', 'cases', 'qlmf-2026.json')

async function theExampleYear(t: Test) {
  const db = await emptyDatabase()
  const bundle = JSON.parse(readFileSync(file, 'utf8'))
  const cycleId = await importBundle(db, {
    bundle,
    actor: organiser,
    at: MORNING,
    visibleFrom: 'scoring',
  })
  const app = await anApp(t, db)
  const leader = await anAccount(db, { login: 'chen', name: '陈领导', roles: ['leader'] })
  const liaison = await anAccount(db, { login: 'li', roles: ['unit'], unitCode: 'U18' })
  return { app, cycleId, leader, liaison }
}

t.test('a leader looks at the ranking, asks why, and takes the workbook', async (t) => {
  const { app, cycleId, leader } = await theExampleYear(t)
  const page = await openPage(t, app, leader, { scripts: false })
  await page.goto(`/cycles/${cycleId}/ranking`)
  await page.getByRole('link', { name: '政府部门（24）' }).click()
  const first = page.locator('.ranking-table tbody tr').first()
  t.match(await first.textContent(), '市公安局')
  await page.getByRole('link', { name: '纪律建设' }).click()
  t.equal(await page.locator('th[aria-sort]').textContent(), '纪律建设 ▼')

  const row = page.locator('.ranking-table tbody tr', { hasText: '市司法局' })
  await row.getByRole('link', { name: '33.51' }).click()
  t.equal(await page.textContent('h1'), '市司法局：评价结果')
  const part = page.locator('#node-A')
  t.ok(await part.isVisible(), 'the dimension that was clicked on is unfolded')
  t.notOk(await page.locator('#node-B').isVisible(), 'the others are not')

  await page.getByRole('link', { name: '“四风”问题' }).first().click()
  t.ok(await page.locator('[id="node-C2.1"]').isVisible(), 'a loss leads to its indicator')
  t.ok(await page.locator('[id="node-C2.1"]').evaluate((part) => part.matches(':target')))
  await page.getByRole('link', { name: '下一家：市农业农村局' }).click()
  t.match(await page.textContent('.banner >> nth=1'), '班子成员被立案审查')

  await page.getByRole('navigation', { name: '当前位置' }).getByText('排名').click()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: '下载 Excel 工作簿' }).click(),
  ])
  t.equal(download.suggestedFilename(), '2026年度清廉机关模范机关建设评价排名.xlsx')
})

t.test('the charts are drawn, not blocked', async (t) => {
  const { app, cycleId, leader } = await theExampleYear(t)
  const page = await openPage(t, app, leader)
  for (const path of ['ranking?scope=overall', 'results/U18']) {
    await page.goto(`/cycles/${cycleId}/${path}`)
    await page.locator('img.chart').scrollIntoViewIfNeeded()
    const width = 'document.images[0].decode().then(() => document.images[0].naturalWidth)'
    t.ok((await page.evaluate<number>(width)) > 400, path)
  }
})

t.test('on paper a folded part is whole', async (t) => {
  const { app, cycleId, liaison } = await theExampleYear(t)
  const page = await openPage(t, app, liaison)
  await page.goto(`/cycles/${cycleId}/results/U18`)
  const entries = page.locator('[id="node-A1.2"] table').first()
  t.notOk(await entries.isVisible())
  await page.emulateMedia({ media: 'print' })
  t.ok(await entries.isVisible())
})

t.test('rankings, results and workbooks are accessible and fit a laptop and a phone', async (t) => {
  const { app, cycleId, leader, liaison } = await theExampleYear(t)
  const forLeader = ['ranking', 'workbooks', 'results/U42']
  for (const [device, width, height] of [
    ['laptop', 1366, 768],
    ['phone', 390, 844],
  ] as const) {
    for (const [who, paths] of [
      // All units are looked at once: so long a table takes axe seconds.
      [leader, device === 'laptop' ? [...forLeader, 'ranking?scope=overall'] : forLeader],
      [liaison, ['results/U18?open=A']],
    ] as const) {
      const page = await openPage(t, app, who, { width, height })
      for (const path of paths) {
        await page.goto(`/cycles/${cycleId}/${path}`)
        t.same(await axeViolations(page), [], `${path} for ${who.login} on a ${device}`)
        t.notOk(await isWiderThanWindow(page), `${path} fits a ${device}`)
        await shoot(page, `${device}-${who.login}-${path.replaceAll(/\W+/g, '-')}`)
      }
    }
  }
})
