import t from 'tap'
import { importBundle } from '../../server/actions/import-bundle.ts'
import { publishResult } from '../../server/actions/publish-result.ts'
import type { Bundle } from '../../server/domain/bundle.ts'
import type { Stage } from '../../server/domain/stage.ts'
import type { Database } from '../../server/store/database.ts'
import { anAccount, anApp, MORNING, signIn } from '../helpers/app.ts'
import {
  aBundle,
  aGroup,
  aMark,
  anAssessor,
  anIndicator,
  aScheme,
  someUnits,
} from '../helpers/builders.ts'
import { organiser } from '../helpers/cycle.ts'
import { onEachDatabase } from '../helpers/database.ts'

/** Two units; 学习 stays, 教育 is new this year, 廉洁 is gone. */
function year(of: number, indicators: Record<string, string>, mark: string): Bundle {
  const children = Object.entries(indicators).map(([code, name]) => anIndicator({ code, name }))
  const units = someUnits(2)
  return aBundle({
    scheme: aScheme({
      year: of,
      base: [aGroup({ points: String(10 * children.length), children })],
    }),
    units,
    assessors: [anAssessor()],
    marks: units.flatMap(({ code: unit }, index) =>
      children.map(({ code: indicator }) =>
        aMark({ unit, indicator, mark: index === 0 ? mark : '9.87' }),
      ),
    ),
  })
}

const before = year(2025, { A1: '学习', A3: '廉洁' }, '6')
const now = year(2026, { A1: '学习', A2: '教育' }, '8')

async function twoYears(db: Database, visibleFrom: Stage = 'published') {
  const by = { actor: organiser, at: MORNING }
  const name = '2025年度考核'
  const last = await importBundle(db, { bundle: before, name, visibleFrom, ...by })
  const cycleId = await importBundle(db, { bundle: now, visibleFrom: 'scoring', ...by })
  return {
    last,
    url: `/cycles/${cycleId}/results/U1`,
    publish: () => publishResult(db, { cycleId: last, ...by }),
  }
}

/** What the page says of the last result, without tags. */
function said(html: string): string {
  const text = html.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ')
  return text.slice(text.indexOf('与上一次相比'), text.indexOf('从满分到总分'))
}

onEachDatabase(
  t,
  'last year stands beside this one, the index apart from the unit',
  async (t, db) => {
    const { last, url, publish } = await twoYears(db)
    const liaison = await anAccount(db, { roles: ['unit'], unitCode: 'U1' })
    const visitor = await signIn(await anApp(t, db), liaison)
    t.match(said((await visitor.get(url)).body), '没有已公布的上一次结果可比')
    await publish()
    const page = await visitor.get(url)
    const text = said(page.body)
    t.match(text, '总分 12.00 → 16.00，名次 第 2 名 → 第 2 名，等次 合格 → 合格')
    t.match(text, '本单位的变化 +2.00 口径相同的指标中，1 项上升，0 项下降')
    t.match(text, '评价体系的变化 +2.00 新增 1 项，取消 1 项')
    t.match(text, /其他 0\.00 .* 合计 \+4\.00/)
    t.match(text, '教育 — 8.00 0.00 +8.00 新增')
    t.match(text, '廉洁 6.00 — 0.00 −6.00 取消')
    t.notMatch(page.body, '单位2', 'no other unit is named')
    t.notMatch(page.body, '19.74', 'nor is its total told')
    t.equal(
      (await visitor.get(`/cycles/${last}/results/U1`)).statusCode,
      200,
      'its link leads there',
    )
  },
)

onEachDatabase(
  t,
  'a result that its unit may not see yet is not told beside the next',
  async (t, db) => {
    const { url, publish } = await twoYears(db, 'archived')
    await publish()
    const app = await anApp(t, db)
    const liaison = await signIn(app, await anAccount(db, { roles: ['unit'], unitCode: 'U1' }))
    const page = (await liaison.get(url)).body
    t.match(said(page), '没有已公布的上一次结果可比')
    t.notMatch(page, '12.00')
    const leader = await signIn(app, await anAccount(db, { login: 'chen', roles: ['leader'] }))
    t.match(said((await leader.get(url)).body), '总分 12.00 → 16.00')
  },
)
