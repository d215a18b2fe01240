import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import t, { type Test } from 'tap'
import { importBundle } from '../../server/actions/import-bundle.ts'
import { publishResult } from '../../server/actions/publish-result.ts'
import type { Bundle } from '../../server/domain/bundle.ts'
import { indicatorsOf } from '../../server/domain/scheme.ts'
import type { Database } from '../../server/store/database.ts'
import { anAccount, anApp, MORNING } from '../helpers/app.ts'
import { axeViolations, isWiderThanWindow, openPage, shoot } from '../helpers/browser.ts'
import {
  aBundle,
  aGroup,
  aLedger,
  anEvent,
  anIndicator,
  aRule,
  aScheme,
  someUnits,
} from '../helpers/builders.ts'
import { organiser } from '../helpers/cycle.ts'
import { emptyDatabase } from '../helpers/database.ts'

const file = join(import.meta.dirname, '..', 'fixtures', 'cases', 'qlmf-2026.json')

const DEVICES = [
  ['laptop', 1366, 768],
  ['phone', 390, 844],
] as const

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
  return { app, db, cycleId, leader, liaison }
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
    for (const [index, chart] of (await page.locator('img.chart').all()).entries()) {
      await chart.scrollIntoViewIfNeeded()
      const width = 'document.images[$].decode().then(() => document.images[$].naturalWidth)'
      t.ok((await page.evaluate<number>(width.replaceAll('$', String(index)))) > 400, path)
    }
  }
})

/** The year before: one indicator had another name, some values were lower, some records fewer. */
async function lastYear(db: Database): Promise<void> {
  const bundle: Bundle = JSON.parse(readFileSync(file, 'utf8'))
  const indicator = [...indicatorsOf(bundle.scheme)].find(
    ({ indicator: { code } }) => code === 'A3.2',
  )
  if (indicator) indicator.indicator.name = '党建与业务'
  const events = bundle.events?.filter((_, index) => index % 4 !== 0) ?? []
  const scheme = { ...bundle.scheme, year: 2025 }
  const by = { actor: organiser, at: MORNING }
  const name = '2025年度考核'
  const cycleId = await importBundle(db, { bundle: { ...bundle, scheme, events }, name, ...by })
  await publishResult(db, { cycleId, ...by })
}

/** Every name, rule and reason is long, every indicator lost points, and it takes many to reach the next grade. */
async function aWordyYear(t: Test) {
  const long = (text: string, times = 6) => text.repeat(times)
  const dimensions = Array.from({ length: 6 }, (_, index) => index)
  const bundle = aBundle({
    scheme: aScheme({
      name: long('清廉机关建设评价体系', 3),
      base: dimensions.map((dimension) =>
        aGroup({
          code: `D${dimension}`,
          name: `${long('政治建设', 3)}${dimension}`,
          points: '60',
          children: Array.from({ length: 6 }, (_, index) =>
            anIndicator({
              code: `I${dimension}.${index}`,
              name: long('重要部署传达', 4),
              owner: long('督查科'),
              method: aLedger({ rules: [aRule({ name: long('未在规定时限内传达学习，每次') })] }),
            }),
          ),
        }),
      ),
    }),
    units: someUnits(6, { category: long('政府部门', 3) }),
    events: dimensions.flatMap((dimension) =>
      Array.from({ length: 6 }, (_, index) =>
        anEvent({
          indicator: `I${dimension}.${index}`,
          reason: long('迟报，经两次催办仍未补报；'),
          document: long('通报〔2026〕3号'),
          date: '2026-03-02',
          foundBy: '督查',
          count: 3,
        }),
      ),
    ),
  })
  const db = await emptyDatabase()
  const cycleId = await importBundle(db, { bundle, actor: organiser, at: MORNING })
  const leader = await anAccount(db, { login: 'chen', name: '陈领导', roles: ['leader'] })
  return { app: await anApp(t, db), leader, path: `/cycles/${cycleId}/results/U1` }
}

/** How many pages of paper the page comes to. */
async function pagesOf(page: Page): Promise<number> {
  const pdf = await page.pdf({ preferCSSPageSize: true })
  return pdf.toString('latin1').match(/\/Type\s*\/Page\b(?!s)/g)?.length ?? 0
}

t.test('a result prints on two A4 pages: head, dimensions, losses, what it took', async (t) => {
  const { app, cycleId, leader } = await theExampleYear(t)
  const page = await openPage(t, app, leader)
  // The example unit, the one with the most losses, one vetoed, one that is not judged whole.
  for (const unit of ['U19', 'U28', 'U26', 'U42']) {
    await page.goto(`/cycles/${cycleId}/results/${unit}`)
    t.equal(await pagesOf(page), 2, unit)
  }
  await page.goto(`/cycles/${cycleId}/results/U19`)
  await page.emulateMedia({ media: 'print' })
  for (const part of ['#dimensions', '#losses', '#next-grade', '.signing']) {
    t.ok(await page.locator(part).isVisible(), part)
  }
  for (const part of ['#indicators', '#totals', '#gains', '.site-header']) {
    t.notOk(await page.locator(part).isVisible(), part)
  }
  t.match(await page.textContent('.proof'), /[0-9a-f]{64}/)
  const rest = await page.locator('.loss-table .print-only').textContent()
  t.match(rest, /^其余 \d+ 项，共失 \d+\.\d\d 分，见系统$/)
})

t.test(
  'with the last result beside it a page stays accessible, and on two pages of paper',
  async (t) => {
    const { app, db, cycleId, liaison } = await theExampleYear(t)
    await lastYear(db)
    for (const [device, width, height] of DEVICES) {
      const page = await openPage(t, app, liaison, { width, height })
      await page.goto(`/cycles/${cycleId}/results/U18`)
      t.match(await page.textContent('#last-result + p'), '上一次是2025年度考核')
      if (device === 'laptop') t.equal(await pagesOf(page), 2)
      await page.getByText('逐项对照').click()
      t.ok(await page.getByRole('region', { name: '逐项对照' }).isVisible())
      t.same(await axeViolations(page), [], `on a ${device}`)
      t.notOk(await isWiderThanWindow(page), `fits a ${device}`)
      await shoot(page, `${device}-last-result`)
    }
  },
)

t.test('long texts and many losses do not make it more than two pages', async (t) => {
  const { app, leader, path } = await aWordyYear(t)
  const page = await openPage(t, app, leader)
  await page.goto(path)
  t.equal(await pagesOf(page), 2)
})

t.test('on paper everything is whole once everything is unfolded', async (t) => {
  const { app, cycleId, liaison } = await theExampleYear(t)
  const page = await openPage(t, app, liaison)
  await page.goto(`/cycles/${cycleId}/results/U18`)
  const entries = page.locator('[id="node-A1.2"] table').first()
  await page.emulateMedia({ media: 'print' })
  t.notOk(await entries.isVisible())
  await page.goto(`/cycles/${cycleId}/results/U18?open=all`)
  t.ok(await entries.isVisible())
  t.equal(await page.locator('.loss-table .print-only').count(), 0, 'no loss is left out')
})

t.test('rankings, results and workbooks are accessible and fit a laptop and a phone', async (t) => {
  const { app, cycleId, leader, liaison } = await theExampleYear(t)
  const forLeader = ['ranking', 'workbooks', 'results/U42']
  for (const [device, width, height] of DEVICES) {
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
