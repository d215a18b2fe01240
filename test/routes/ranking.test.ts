import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { importBundle } from '../../server/actions/import-bundle.ts'
import { publishResult } from '../../server/actions/publish-result.ts'
import { recordMark } from '../../server/actions/record-mark.ts'
import { ROLES, type Role } from '../../server/domain/actor.ts'
import type { Bundle } from '../../server/domain/bundle.ts'
import { evaluate } from '../../server/domain/evaluate.ts'
import type { Database } from '../../server/store/database.ts'
import { anAccount, anApp, MORNING, signIn, Visitor } from '../helpers/app.ts'
import {
  aBundle,
  aGroup,
  aMark,
  anAssessor,
  anIndicator,
  aScheme,
  someUnits,
} from '../helpers/builders.ts'
import { anActor, organiser } from '../helpers/cycle.ts'
import { emptyDatabase, onEachDatabase } from '../helpers/database.ts'

const example: Bundle = JSON.parse(
  readFileSync(join(import.meta.dirname, '..', 'fixtures', 'cases', 'qlmf-2026.json'), 'utf8'),
)

async function aRanking(t: Test, db: Database, bundle: Bundle, role: Role = 'leader') {
  const cycleId = await importBundle(db, { bundle, actor: organiser, at: MORNING })
  const visitor = await signIn(await anApp(t, db), await anAccount(db, { roles: [role] }))
  const url = `/cycles/${cycleId}/ranking`
  return { cycleId, visitor, url }
}

/** Units with these marks out of 10, one indicator in one dimension. */
function marked(marks: readonly (string | null)[], more: Partial<Bundle> = {}): Bundle {
  return aBundle({
    scheme: aScheme({ base: [aGroup()] }),
    units: someUnits(marks.length),
    assessors: [anAssessor()],
    marks: marks.flatMap((mark, index) =>
      mark === null ? [] : [aMark({ unit: `U${index + 1}`, mark })],
    ),
    ...more,
  })
}

/** The text of each row of the ranking, best first, without tags. */
function rowsOf(page: string): string[] {
  const [, body = ''] = /ranking-table">[\s\S]*?<tbody>([\s\S]*?)<\/tbody>/.exec(page) ?? []
  return body
    .split('</tr>')
    .map((row) =>
      row
        .replaceAll(/<[^>]*>/g, ' ')
        .replaceAll(/\s+/g, ' ')
        .trim(),
    )
    .filter((row) => row !== '')
}

/** The names of the units in the order shown. */
function unitsOf(page: string): string[] {
  return [...page.matchAll(/<th scope="row"><a href="[^"]*\/results\/[^"]*">([^<]*)<\/a>/g)].map(
    (match) => match[1] ?? '',
  )
}

onEachDatabase(t, 'every number of the example stands in its row, on every tab', async (t, db) => {
  const { visitor, url } = await aRanking(t, db, example)
  const { result } = evaluate(example)
  const nameOf = new Map(example.units.map(({ code, name }) => [code, name]))
  for (const scope of [null, ...new Set(example.units.map(({ category }) => category))]) {
    const query = scope === null ? 'scope=overall' : `category=${encodeURIComponent(scope)}`
    const { body, statusCode } = await visitor.get(`${url}?${query}`)
    t.equal(statusCode, 200)
    const rows = rowsOf(body)
    const units = result.units.filter(({ category }) => scope === null || category === scope)
    t.equal(rows.length, units.length)
    for (const { unit, total, base, bonus, penalty, scores, grade, rank, overallRank } of units) {
      const row = rows.find((each) => each.includes(` ${nameOf.get(unit)} `)) ?? ''
      const place = (scope === null ? overallRank : rank) ?? '未评完'
      t.ok(row.startsWith(`${place} ${nameOf.get(unit)}`), row)
      for (const number of [scores.A, scores.B, scores.C, scores.D, base, bonus, penalty, total]) {
        t.ok(row.includes(` ${number}`), `${row} has ${number}`)
      }
      t.ok(row.includes(` ${grade ?? '—'}`))
    }
  }
})

t.test('each state is said in words, with its reason', async (t) => {
  const { visitor, url } = await aRanking(t, await emptyDatabase(), example)
  const { body } = await visitor.get(`${url}?scope=overall`)
  const row = (name: string) => rowsOf(body).find((each) => each.includes(name)) ?? ''
  t.match(row('市工商联'), '未评完 市工商联')
  t.match(row('市工商联'), '缺 1 项：「理论学习中心组学习（全年12次）」，按 0 分暂计')
  t.match(row('市司法局'), '一票否决 整改不力被上级约谈：整改滞后被约谈（等次降1档）')
  t.match(
    row('市应急管理局'),
    '等次调整 由「优秀」调整为「良好」：承担重大任务，经考核领导小组审定',
  )
  t.match(body, /免于否决<\/span> [^<]*已核实不属责任事件/)
})

t.test('a tie is shown as one, with whom', async (t) => {
  const { visitor, url } = await aRanking(t, await emptyDatabase(), marked(['9', '8', '9', '7']))
  const rows = rowsOf((await visitor.get(url)).body)
  t.match(rows[0], /^1 并列 单位1 .*并列 与「单位3」总分和各比较项都相同$/)
  t.match(rows[1], /^1 并列 单位3 .*与「单位1」/)
  t.match(rows[2], /^3 单位2 /)
  t.notMatch(rows[2], '并列')
})

t.test('a unit that a veto takes out of the ranking has no place', async (t) => {
  const veto = { code: 'V', name: '发生重大案件', effects: [{ type: 'unranked' as const }] }
  const bundle = marked(['9', '8'], {
    scheme: aScheme({ base: [aGroup()], vetoes: [veto] }),
    vetoes: [{ unit: 'U1', veto: 'V', reason: '通报〔2026〕1号' }],
  })
  const { visitor, url } = await aRanking(t, await emptyDatabase(), bundle)
  const { body } = await visitor.get(url)
  const rows = rowsOf(body)
  t.match(rows[0], /^1 单位2 /)
  t.match(rows[1], /^不排名 单位1 .*一票否决 发生重大案件：通报〔2026〕1号（不参加排名）/)
  t.match(body, '评完但不排名 1 家「单位1」')
})

t.test('where full marks differ there is no overall place, and the page says why', async (t) => {
  const scheme = aScheme({
    base: [anIndicator(), anIndicator({ code: 'I2', points: '5', categories: ['政府部门'] })],
  })
  const [one, two] = [
    someUnits(2),
    someUnits(1, { code: 'U9', name: '市委办', category: '党委部门' }),
  ]
  const bundle = aBundle({ scheme, units: [...one, ...two] })
  const { visitor, url } = await aRanking(t, await emptyDatabase(), bundle)
  const { body } = await visitor.get(`${url}?scope=overall`)
  t.match(body, '各类别满分不同（政府部门15分，党委部门10分），总分不能直接相比，因此没有总名次')
  t.match(body, '类别内名次')
  t.match(body, '（本类别没有这项指标）')
})

t.test('grades are counted against their quota, decided ones beside it', async (t) => {
  const grades = [
    { name: '优秀', min: '9', quota: '40%' },
    { name: '良好', min: '6' },
    { name: '一般' },
  ]
  const bundle = marked(['10', '9.5', '9.2', '9', '5'], {
    scheme: aScheme({ base: [aGroup()], grades }),
    adjustments: [{ unit: 'U5', grade: '优秀', reason: '党委研究' }],
  })
  const { visitor, url } = await aRanking(t, await emptyDatabase(), bundle)
  const { body } = await visitor.get(url)
  const cells = /<th scope="row">优秀<\/th>\s*([\s\S]*?)<\/tr>/.exec(body)?.[1] ?? ''
  // Two places of five units, both taken; the adjusted unit stands beside them.
  t.match(cells.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' '), /^ 2 2 已满 1 3 总分9分及以上/)
  t.match(body, /名额所限<\/span> [^<]*降为「良好」/)
})

t.test('a column sorts both ways, what has no value stays last', async (t) => {
  const { visitor, url } = await aRanking(t, await emptyDatabase(), marked(['7', null, '9', '8']))
  const sorted = async (query: string) => unitsOf((await visitor.get(`${url}?${query}`)).body)
  t.same(await sorted(''), ['单位3', '单位4', '单位1', '单位2'])
  t.same(await sorted('sort=score.G1&order=desc'), ['单位3', '单位4', '单位1', '单位2'])
  t.same(await sorted('sort=score.G1'), ['单位2', '单位1', '单位4', '单位3'])
  t.same(await sorted('sort=rank&order=desc'), ['单位1', '单位4', '单位3', '单位2'])
  t.same(await sorted('sort=unit'), ['单位1', '单位2', '单位3', '单位4'])
  t.same(await sorted('sort=nothing&order=up'), ['单位3', '单位4', '单位1', '单位2'])
  const { body } = await visitor.get(`${url}?sort=total&order=desc`)
  t.match(body, /aria-sort="descending"><a href="[^"]*sort&#x3D;total"/)
  t.same(await sorted('sort=unit&sort=total'), await sorted('sort=unit'))
})

onEachDatabase(t, 'a changed mark is in the ranking and its chart at once', async (t, db) => {
  const { cycleId, visitor, url } = await aRanking(t, db, marked(['9', '8']))
  t.same(unitsOf((await visitor.get(url)).body), ['单位1', '单位2'])
  t.match((await visitor.get(`${url}/chart.svg`)).body, '8.00')
  await recordMark(db, {
    cycleId,
    unitCode: 'U2',
    indicatorCode: 'I1',
    mark: '9.5',
    version: 1,
    actor: anActor({ assessorCode: 'P1' }),
    at: MORNING,
  })
  t.same(unitsOf((await visitor.get(url)).body), ['单位2', '单位1'])
  const chart = await visitor.get(`${url}/chart.svg`)
  t.match(chart.headers['content-type'], 'image/svg+xml')
  t.match(chart.body, '9.50')
  t.notMatch(chart.body, '8.00')
})

t.test('only those who may see every score see the ranking', async (t) => {
  const db = await emptyDatabase()
  const cycleId = await importBundle(db, {
    bundle: marked(['9', '8']),
    actor: organiser,
    at: MORNING,
  })
  await publishResult(db, { cycleId, actor: organiser, at: MORNING })
  const app = await anApp(t, db)
  for (const role of ROLES) {
    const account = await anAccount(db, { login: `p-${role}`, roles: [role], unitCode: 'U1' })
    const visitor = await signIn(app, account)
    const may = ['organiser', 'leader', 'auditor'].includes(role)
    for (const path of ['ranking', 'ranking?scope=overall&sort=total', 'ranking/chart.svg']) {
      const { statusCode, body } = await visitor.get(`/cycles/${cycleId}/${path}`)
      t.equal(statusCode, may ? 200 : 403, `${path} for ${role}`)
      if (!may) t.notMatch(body, '单位2')
    }
  }
  const nobody = await new Visitor(app).get(`/cycles/${cycleId}/ranking`)
  t.equal(
    nobody.headers.location,
    `/login?next=${encodeURIComponent(`/cycles/${cycleId}/ranking`)}`,
  )
})

t.test('a published ranking is not called provisional', async (t) => {
  const db = await emptyDatabase()
  const { cycleId, visitor, url } = await aRanking(t, db, marked(['9', '8']))
  t.match((await visitor.get(url)).body, '结果尚未公布')
  await publishResult(db, { cycleId, actor: organiser, at: MORNING })
  t.notMatch((await visitor.get(url)).body, '暂定')
})

t.test(
  'a cycle without units says what to do, and one that is not there is not found',
  async (t) => {
    const { visitor, url } = await aRanking(t, await emptyDatabase(), marked([]))
    const { statusCode, body } = await visitor.get(url)
    t.equal(statusCode, 200)
    t.match(body, '还没有参评单位。请考评办先把单位加入本周期。')
    t.equal((await visitor.get('/cycles/none/ranking')).statusCode, 404)
    t.equal((await visitor.get('/cycles/none/ranking/chart.svg')).statusCode, 404)
  },
)

t.test('every score leads to a part of a page that is there', async (t) => {
  const { visitor, url } = await aRanking(t, await emptyDatabase(), example)
  const { body } = await visitor.get(`${url}?scope=overall`)
  const links = [...body.matchAll(/href="([^"]*\/results\/U18[^"]*)"/g)].map((match) =>
    (match[1] ?? '').replaceAll('&#x3D;', '='),
  )
  t.equal(links.length, 7, 'the unit, four dimensions, bonus and penalty')
  for (const link of links) {
    const [path = '', part] = link.split('#')
    const page = await visitor.get(path)
    t.equal(page.statusCode, 200, link)
    if (part !== undefined) t.match(page.body, `id="${part}"`)
  }
})
