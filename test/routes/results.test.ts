import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { importBundle } from '../../server/actions/import-bundle.ts'
import { publishResult } from '../../server/actions/publish-result.ts'
import { recordMark } from '../../server/actions/record-mark.ts'
import { type Actor, ROLES, type Role } from '../../server/domain/actor.ts'
import type { Bundle } from '../../server/domain/bundle.ts'
import { evaluate } from '../../server/domain/evaluate.ts'
import type { Stage } from '../../server/domain/stage.ts'
import type { Database } from '../../server/store/database.ts'
import { anAccount, anApp, MORNING, signIn, Visitor } from '../helpers/app.ts'
import {
  aBundle,
  aGroup,
  aLedger,
  aMark,
  anAssessor,
  anEvent,
  anIndicator,
  aRule,
  aScheme,
  aUnit,
  marksBy,
  someUnits,
} from '../helpers/builders.ts'
import { anActor, organiser } from '../helpers/cycle.ts'
import { emptyDatabase, onEachDatabase } from '../helpers/database.ts'

const CASES = join(import.meta.dirname, '..', 'fixtures', 'cases')

const example: Bundle = JSON.parse(readFileSync(join(CASES, 'qlmf-2026.json'), 'utf8'))

interface Somebody {
  roles?: readonly Role[]
  unitCode?: Actor['unitCode']
  visibleFrom?: Stage
}

async function aResult(
  t: Test,
  db: Database,
  bundle: Bundle,
  { roles = ['leader'], unitCode = null, visibleFrom = 'scoring' }: Somebody = {},
) {
  const cycleId = await importBundle(db, { bundle, actor: organiser, at: MORNING, visibleFrom })
  const visitor = await signIn(await anApp(t, db), await anAccount(db, { roles, unitCode }))
  const url = (unit: string) => `/cycles/${cycleId}/results/${unit}`
  return { cycleId, visitor, url }
}

/** A page as it is read: without tags, with single spaces. */
function textOf(html: string): string {
  return html
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .replaceAll('&amp;', '&')
}

/** The text between two headings of a page. */
function between(text: string, from: string, to: string): string {
  return text.slice(text.indexOf(from), text.indexOf(to, text.indexOf(from)))
}

onEachDatabase(t, 'a liaison sees his own unit and no other, on any path', async (t, db) => {
  const { visitor, url } = await aResult(t, db, example, { roles: ['unit'], unitCode: 'U18' })
  t.equal((await visitor.get(url('U18'))).statusCode, 200)
  t.equal((await visitor.get(`${url('U18')}/radar.svg`)).statusCode, 200)
  t.equal((await visitor.get(`${url('U18')}/standing.svg`)).statusCode, 200)
  const { result } = evaluate(example)
  const charts = ['U26/radar.svg', 'U26/standing.svg', 'none/radar.svg']
  for (const path of ['U26', 'U26?open=all', 'none', ...charts]) {
    const { statusCode, body } = await visitor.get(url(path))
    t.equal(statusCode, 403, path)
    t.match(body, '这是别的单位的评价结果')
    const other = result.units.find(({ unit }) => unit === 'U26')
    t.notMatch(body, String(other?.total))
    t.notMatch(body, '市农业农村局')
  }
})

t.test("no other unit's name is on a liaison's page", async (t) => {
  const { visitor, url } = await aResult(t, await emptyDatabase(), example, {
    roles: ['unit'],
    unitCode: 'U18',
  })
  const page = await visitor.get(`${url('U18')}?open=all`)
  for (const { code, name } of example.units) {
    if (code !== 'U18') t.notOk(page.body.includes(name), name)
  }
  t.notMatch(page.body, '/ranking', 'no way to the ranking')
  t.notMatch(page.body, /results\/U(?!18)/)
})

t.test('a liaison waits for the stage from which results are open, and is told when', async (t) => {
  const db = await emptyDatabase()
  const { cycleId, visitor, url } = await aResult(t, db, example, {
    roles: ['unit'],
    unitCode: 'U18',
    visibleFrom: 'published',
  })
  for (const path of ['U18', 'U18/radar.svg', 'U18/standing.svg']) {
    const { statusCode, body } = await visitor.get(url(path))
    t.equal(statusCode, 403)
    t.match(body, '从「已公布」阶段起向单位开放，现在是「打分」阶段')
    t.notMatch(body, '93.39')
  }
  await publishResult(db, { cycleId, actor: organiser, at: MORNING })
  const page = await visitor.get(url('U18'))
  t.match(page.body, '93.39')
  t.notMatch(page.body, '暂定')
})

t.test('before publication a result says that it is provisional', async (t) => {
  const { visitor, url } = await aResult(t, await emptyDatabase(), example, {
    roles: ['unit'],
    unitCode: 'U18',
  })
  t.match((await visitor.get(url('U18'))).body, '结果尚未公布，以下为暂定结果')
})

t.test('who scores or administers sees no result', async (t) => {
  const db = await emptyDatabase()
  const cycleId = await importBundle(db, { bundle: example, actor: organiser, at: MORNING })
  const app = await anApp(t, db)
  for (const role of ROLES) {
    if (role === 'unit') continue
    const account = await anAccount(db, { login: `p-${role}`, roles: [role], unitCode: 'U18' })
    const visitor = await signIn(app, account)
    const may = ['organiser', 'leader', 'auditor'].includes(role)
    for (const path of ['U18', 'U18/radar.svg', 'U18/standing.svg']) {
      const { statusCode } = await visitor.get(`/cycles/${cycleId}/results/${path}`)
      t.equal(statusCode, may ? 200 : 403, `${path} for ${role}`)
    }
  }
  const nobody = await new Visitor(app).get(`/cycles/${cycleId}/results/U18`)
  t.match(nobody.headers.location, /^\/login\?next=/)
})

t.test('several roles together see what any of them may', async (t) => {
  const db = await emptyDatabase()
  const { visitor, url } = await aResult(t, db, example, {
    roles: ['unit', 'leader'],
    unitCode: 'U18',
    visibleFrom: 'published',
  })
  t.equal((await visitor.get(url('U18'))).statusCode, 200)
  t.equal((await visitor.get(url('U26'))).statusCode, 200)
  const app = await anApp(t, db)
  const both = await anAccount(db, { login: 'both', roles: ['unit', 'assessor'], unitCode: 'U18' })
  t.equal((await (await signIn(app, both)).get(url('U26'))).statusCode, 403)
})

t.test(
  'marks have no names for a leader and a liaison, but for organiser and auditor',
  async (t) => {
    const db = await emptyDatabase()
    const renamed = (code: string) => `ASSESSOR-${code}`
    const bundle: Bundle = {
      ...example,
      assessors: (example.assessors ?? []).map((each, index) => ({
        ...each,
        code: renamed(each.code),
        name: `考官${index}号`,
      })),
      marks: (example.marks ?? []).map((each) => ({ ...each, assessor: renamed(each.assessor) })),
    }
    const cycleId = await importBundle(db, {
      bundle,
      actor: organiser,
      at: MORNING,
      visibleFrom: 'scoring',
    })
    const app = await anApp(t, db)
    for (const role of ['leader', 'unit', 'organiser', 'auditor'] as const) {
      const account = await anAccount(db, { login: `p-${role}`, roles: [role], unitCode: 'U18' })
      const { body } = await (await signIn(app, account)).get(
        `/cycles/${cycleId}/results/U18?open=all`,
      )
      const named = role === 'organiser' || role === 'auditor'
      t.equal(body.includes('考官1号'), named, `names for ${role}`)
      t.equal(/评委 1/.test(body), !named, `numbers for ${role}`)
      t.notMatch(body, 'ASSESSOR-', 'codes tell a reader nothing')
    }
  },
)

t.test(
  'marks without names are told from the highest down, not in the order of entry',
  async (t) => {
    const bundle = aBundle({ ...marksBy('6', '9', '8') })
    const { visitor, url } = await aResult(t, await emptyDatabase(), bundle)
    const text = textOf((await visitor.get(`${url('U1')}?open=all`)).body)
    t.match(text, /评委 1 9 9\.00 .* 评委 2 8 8\.00 .* 评委 3 6 6\.00/)
    t.match(text, /评委 1：打分折合 9 分，占 1\/3 \+3\.00 3\.00 评委 2：打分折合 8 分/)
  },
)

for (const file of readdirSync(CASES).filter((name) => !name.includes('expected'))) {
  t.test(`what is shown of ${file} adds up, figure by figure`, async (t) => {
    const db = await emptyDatabase()
    const bundle: Bundle = JSON.parse(readFileSync(join(CASES, file), 'utf8'))
    const { visitor, url } = await aResult(t, db, bundle)
    const { result } = evaluate(bundle)
    const decimals = bundle.scheme.decimals ?? 2
    for (const { unit, total, scores } of result.units.slice(0, 12)) {
      const { body, statusCode } = await visitor.get(`${url(encodeURIComponent(unit))}?open=all`)
      t.equal(statusCode, 200, unit)
      const tables = body
        .split('<table')
        .filter((part) => /^ class="table table-plain steps"/.test(part))
      t.ok(tables.length > 0, `${unit} has steps`)
      for (const table of [...tables, `<table${between(body, 'total-table', '</table>')}`]) {
        let sum = 0n
        for (const row of table.split('<tr').slice(2)) {
          const cells = row
            .split('<td')
            .slice(1)
            .map((cell) => figure(`<td${cell}`))
          const [change, after] = cells.slice(table.startsWith('<tabletotal') ? 2 : -2)
          if (change === undefined || change === null) continue
          sum += change
          if (sum !== after) t.fail(`${unit}: ${textOf(row)} does not follow`)
        }
      }
      const rows = between(body, 'total-table', '</table>').split('<tr').slice(1)
      t.equal(figure(`<td${rows.at(-1)?.split('<td').slice(4, 5)}`), figure(`<td>${total}`))
      for (const [code, score] of Object.entries(scores)) {
        if (score === null) continue
        t.equal(score, Number(score).toFixed(decimals))
        t.ok(body.includes(score), `${unit} shows ${score} for ${code}`)
      }
    }
  })
}

/** The shown figure of a cell in millionths; null if there is none. */
function figure(cell: string): bigint | null {
  const shown = /<td[^>]*>(?:<span[^>]*>)?\s*≈?([+−-]?)([\d.]+)/.exec(cell)
  if (!shown) return null
  const [whole = '0', fraction = ''] = (shown[2] ?? '').split('.')
  const size = BigInt(whole) * 1_000_000n + BigInt(fraction.padEnd(6, '0').slice(0, 6))
  return shown[1] === '−' || shown[1] === '-' ? -size : size
}

t.test(
  'a loss has its size, rule, reason, document, date, finder, and what was not counted',
  async (t) => {
    const ledger = aLedger({ rules: [aRule({ cap: '1' })] })
    const bundle = aBundle({
      scheme: aScheme({ base: [anIndicator({ method: ledger, owner: '督查科' })] }),
      events: [
        anEvent({
          document: '通报〔2026〕3号',
          date: '2026-03-02',
          foundBy: '督查',
          reason: '迟报',
        }),
        anEvent({ count: 2, reason: '又迟报', matter: '年报' }),
        anEvent({ reason: '再迟报', matter: '年报' }),
      ],
    })
    const { visitor, url } = await aResult(t, await emptyDatabase(), bundle)
    const losses = between(textOf((await visitor.get(url('U1'))).body), '分丢在哪里', '名次和等次')
    t.match(
      losses,
      /理论武装 0\.50 未按时传达，每次 迟报 通报〔2026〕3号 2026-03-02 发现方式：督查 督查科 0\.50/,
    )
    t.match(losses, '未全计：本条规则累计不超过1分')
    t.match(
      losses,
      /0\.00 未计 未按时传达，每次 再迟报；事项：年报 未全计：同一事项就高不重复，已按「理论武装」/,
    )
    t.match(losses, /失分合计 1\.00 共差 1\.00 ＝ 满分 10 − 总分 9\.00/)
    const order = [...losses.matchAll(/理论武装 (\d\.\d\d) /g)].map(([, cost]) => Number(cost))
    t.same(
      order,
      order.toSorted((a, b) => b - a),
      'in order of size',
    )
  },
)

t.test('every entry has its fate in words', async (t) => {
  const trimmed = anIndicator({ combine: { type: 'trimmed', drop: 1, from: 5 } })
  const floored = anIndicator({ code: 'I2', points: '1', method: aLedger() })
  const bundle = aBundle({
    scheme: aScheme({ base: [trimmed, floored] }),
    ...marksBy('6', '7', '8', '9', '10'),
    events: [anEvent({ indicator: 'I2', count: 3 }), anEvent({ indicator: 'I2' })],
  })
  const { visitor, url } = await aResult(t, await emptyDatabase(), bundle)
  const text = textOf((await visitor.get(`${url('U1')}?open=all`)).body)
  t.match(text, /评委 1 10 10\.00 0\.00 去掉最高分/)
  t.match(text, /评委 5 6 6\.00 0\.00 去掉最低分/)
  t.match(
    text,
    /评委 3 8 8\.00 ≈\+2\.6667 （精确值 8\/3） 计入，占 1\/3|评委 3 8 8\.00 .*计入，占 1\/3/,
  )
  t.match(text, '扣完为止')
})

t.test('an indicator that nobody judged never looks like one judged full', async (t) => {
  const scheme = aScheme({
    base: [
      anIndicator(),
      anIndicator({ code: 'I2', name: '廉洁记录', method: aLedger() }),
      anIndicator({ code: 'I3', name: '制度健全', method: { type: 'pass' } }),
      anIndicator({ code: 'I4', name: '学习覆盖率', method: { type: 'ratio', target: '100' } }),
    ],
  })
  const bundle = aBundle({
    scheme,
    units: [aUnit({ notApplicable: ['I4'] })],
    assessors: [anAssessor()],
    marks: [aMark({ mark: '10' })],
  })
  const { visitor, url } = await aResult(t, await emptyDatabase(), bundle)
  const text = textOf((await visitor.get(`${url('U1')}?open=all`)).body)
  t.match(text, /I1 理论武装 已评 10\.00 \/ 10/)
  t.match(text, /I2 廉洁记录 还没有人评，按起评分计 10\.00 \/ 10/)
  t.match(text, /I3 制度健全 未评 0\.00 \/ 10/)
  t.match(text, /I4 学习覆盖率 不适用 — \/ 10/)
  t.match(text, '已评 1 项，还没有人评、按起评分计 1 项，未评 1 项，不适用 1 项')
  t.match(text, /未评完 以下各项还缺打分或数据.* 制度健全/)
  t.match(text, '总分（暂计）')
})

t.test('too few units are not compared, and the page says why', async (t) => {
  const marks = (count: number) => ({
    units: someUnits(count),
    assessors: [anAssessor()],
    marks: Array.from({ length: count }, (_, index) =>
      aMark({ unit: `U${index + 1}`, mark: String(5 + index) }),
    ),
  })
  const few = await aResult(t, await emptyDatabase(), aBundle(marks(4)))
  const page = textOf((await few.visitor.get(few.url('U1'))).body)
  t.match(page, '「政府部门」已评完的单位不足 5 家')
  t.notMatch(page, '8.00')
  const enough = await aResult(t, await emptyDatabase(), aBundle(marks(5)))
  const shown = textOf((await enough.visitor.get(enough.url('U1'))).body)
  t.match(shown, /总分 10 5\.00 5\.00 后四分之一 6\.00 7\.00 8\.00 9\.00/)
  t.match(shown, '已评完的 5 家单位，不列单位名称')
})

t.test('a part is unfolded where the address asks for it', async (t) => {
  const bundle = aBundle({
    scheme: aScheme({
      base: [aGroup(), aGroup({ code: 'G2', children: [anIndicator({ code: 'I2' })] })],
    }),
  })
  const { visitor, url } = await aResult(t, await emptyDatabase(), bundle)
  const opened = async (open: string) => {
    const { body } = await visitor.get(`${url('U1')}?open=${open}`)
    return [...body.matchAll(/<details class="scored-part"( open)?>/g)].map(
      ([, is]) => is !== undefined,
    )
  }
  t.same(await opened(''), [false, false])
  t.same(await opened('G2'), [false, true])
  t.same(await opened('I1'), [true, false])
  t.same(await opened('all'), [true, true])
})

t.test('a leader goes from unit to unit in the order of the ranking', async (t) => {
  const bundle = aBundle({
    units: someUnits(3),
    assessors: [anAssessor()],
    marks: [
      aMark({ mark: '8' }),
      aMark({ unit: 'U2', mark: '6' }),
      aMark({ unit: 'U3', mark: '9' }),
    ],
  })
  const { visitor, url } = await aResult(t, await emptyDatabase(), bundle)
  const { body } = await visitor.get(url('U1'))
  t.match(body, `href="${url('U3')}" rel="prev">← 上一家：单位3`)
  t.match(body, `href="${url('U2')}" rel="next">下一家：单位2`)
  t.notMatch((await visitor.get(url('U3'))).body, 'rel="prev"')
})

t.test('ties, vetoes and adjustments are told with their reason', async (t) => {
  const { visitor, url } = await aResult(t, await emptyDatabase(), example)
  const page = async (unit: string) => textOf((await visitor.get(url(unit))).body)
  t.match(
    await page('U26'),
    '一票否决 班子成员严重违纪违法：班子成员被立案审查（等次定为「不合格」）',
  )
  t.match(await page('U40'), '免于否决')
  t.match(
    await page('U30'),
    '按规则为「优秀」；经研究调整为「良好」：承担重大任务，经考核领导小组审定',
  )
  const equal = aBundle({
    units: someUnits(2),
    assessors: [anAssessor()],
    marks: [aMark(), aMark({ unit: 'U2' })],
  })
  const tied = await aResult(t, await emptyDatabase(), equal)
  t.match(textOf((await tied.visitor.get(tied.url('U1'))).body), /与另外 1 家并列.*「单位2」/)
})

onEachDatabase(
  t,
  'after a mark changed, the result and its radar are right at once',
  async (t, db) => {
    const bundle = aBundle({
      scheme: aScheme({
        base: ['A', 'B', 'C'].map((code) =>
          aGroup({ code, name: `维度${code}`, children: [anIndicator({ code: `${code}1` })] }),
        ),
      }),
      assessors: [anAssessor()],
      marks: ['A1', 'B1', 'C1'].map((indicator) => aMark({ indicator })),
    })
    const { cycleId, visitor, url } = await aResult(t, db, bundle)
    const before = await visitor.get(`${url('U1')}/radar.svg`)
    t.match(before.headers['content-type'], 'image/svg+xml')
    t.match(before.body, '维度A')
    t.match((await visitor.get(url('U1'))).body, '24.00')
    const change = {
      cycleId,
      unitCode: 'U1',
      indicatorCode: 'A1',
      mark: '2',
      version: 1,
      at: MORNING,
    }
    await recordMark(db, { ...change, actor: anActor({ assessorCode: 'P1' }) })
    t.match((await visitor.get(url('U1'))).body, '18.00')
    const after = await visitor.get(`${url('U1')}/radar.svg`)
    t.not(after.body, before.body)
  },
)

t.test('a unit or a cycle that is not there is not found', async (t) => {
  const { visitor, url } = await aResult(t, await emptyDatabase(), example)
  t.equal((await visitor.get(url('U99'))).statusCode, 404)
  t.equal((await visitor.get(`${url('U99')}/radar.svg`)).statusCode, 404)
  t.equal((await visitor.get('/cycles/none/results/U18')).statusCode, 404)
})

t.test('codes may be anything that a scheme calls its nodes', async (t) => {
  const code = `甲 一/二?#&"<${'长'.repeat(120)}`
  const unit = '财政 局/1'
  const bundle = aBundle({
    scheme: aScheme({ base: [aGroup({ code: '组 1', children: [anIndicator({ code })] })] }),
    units: [aUnit({ code: unit })],
    assessors: [anAssessor()],
    marks: [aMark({ unit, indicator: code })],
  })
  const { visitor, url } = await aResult(t, await emptyDatabase(), bundle)
  const { body, statusCode } = await visitor.get(url(encodeURIComponent(unit)))
  t.equal(statusCode, 200)
  const [link = ''] = /[^"]*\?open[^"]*#node-%E7%94%B2[^"]*/.exec(body) ?? []
  const [path = '', part = ''] = link.replaceAll('&#x3D;', '=').split('#')
  const page = await visitor.get(path)
  t.equal(page.statusCode, 200)
  t.match(page.body, '<details class="scored-part" open>')
  t.ok(page.body.includes(`id="${part}"`))
})

/** Six units with these marks of ten; the last has three records in a ledger too. */
function someMarked(...marks: readonly string[]): Bundle {
  const last = `U${marks.length}`
  return aBundle({
    scheme: aScheme({
      base: [
        anIndicator(),
        anIndicator({
          code: 'I2',
          name: '廉洁记录',
          method: aLedger({ rules: [aRule({ cap: '1' })] }),
        }),
      ],
      grades: [{ name: '优秀', min: '18', quota: '20%', quotaMinimum: 1 }, { name: '合格' }],
    }),
    units: someUnits(marks.length),
    assessors: [anAssessor()],
    marks: marks.map((mark, index) => aMark({ unit: `U${index + 1}`, mark })),
    events: [
      anEvent({ unit: last, count: 2, indicator: 'I2', date: '2026-03-02' }),
      anEvent({ unit: last, indicator: 'I2', reason: '又迟报' }),
    ],
  })
}

/** What a page says of the next grade. */
async function nextGradeOf(visitor: Visitor, url: string): Promise<string> {
  const text = textOf((await visitor.get(url)).body)
  return between(text, '差在哪里', '从满分到总分')
}

onEachDatabase(t, 'it is told which losses kept a unit from the next grade', async (t, db) => {
  const bundle = someMarked('7.9', '8', '7', '6', '5', '8')
  const { visitor, url } = await aResult(t, db, bundle, {
    roles: ['unit'],
    unitCode: 'U6',
  })
  const said = await nextGradeOf(visitor, url('U6'))
  t.match(
    said,
    '如果没有下面 1 项失分，总分会是 19.00，而不是 17.00，等次会是「优秀」（分数线 18），而不是「合格」',
  )
  t.match(said, '理论武装 得 8.00 分，满分 10 分 2.00 合计 2.00')
  t.match(said, '这是件数最少的一组，同样件数中所需分值也最少')
})

t.test('where a place was missing it is told so, and nothing of who holds it', async (t) => {
  const bundle = someMarked('9.37', '8', '7', '6', '5', '8')
  const { visitor, url } = await aResult(t, await emptyDatabase(), bundle, {
    roles: ['unit'],
    unitCode: 'U6',
  })
  const said = await nextGradeOf(visitor, url('U6'))
  t.match(said, /没有下面 2 项失分，总分会是 19\.50.*（分数线 18，名额有限，过线之外名次也要够）/)
  t.notMatch(said, '19.37')
  t.notMatch(said, '单位1')
})

t.test(
  'where the search for the smallest set stopped at its bound, the page says so',
  async (t) => {
    // Forty records of nearly the same size: too many sets of twenty to go through.
    const rules = Array.from({ length: 40 }, (_, index) =>
      aRule({ code: `r${index}`, points: (1 + index / 1000).toFixed(3) }),
    )
    const bundle = aBundle({
      scheme: aScheme({
        decimals: 3,
        base: [anIndicator({ points: '100', method: aLedger({ rules }) })],
        grades: [{ name: '优秀', min: '80.0005' }, { name: '合格' }],
      }),
      events: rules.map(({ code }) => anEvent({ rule: code })),
    })
    const { visitor, url } = await aResult(t, await emptyDatabase(), bundle)
    const said = await nextGradeOf(visitor, url('U1'))
    t.match(said, '如果没有下面 21 项失分')
    t.match(said, '测算试到 3000 种组合为止，同样件数中也许还有所需分值更少的')
  },
)

t.test('it is told why nothing would have brought the next grade', async (t) => {
  const { visitor, url } = await aResult(t, await emptyDatabase(), example)
  t.match(await nextGradeOf(visitor, url('U01')), '已是最高等次「优秀」')
  t.match(await nextGradeOf(visitor, url('U42')), '还有 1 项没有评完')
  t.match(await nextGradeOf(visitor, url('U30')), '等次经研究定为「良好」')
  t.match(await nextGradeOf(visitor, url('U26')), '一票否决「班子成员严重违纪违法」限定了等次')
  const tied = await aResult(t, await emptyDatabase(), someMarked('10', '10', '7', '6', '5', '10'))
  t.match(await nextGradeOf(tied.visitor, tied.url('U1')), '名额已满')
})

t.test('among few units a liaison is not told what depends on the score of another', async (t) => {
  const db = await emptyDatabase()
  const { visitor, url, cycleId } = await aResult(t, db, someMarked('8.1', '8', '9', '8'), {
    roles: ['unit'],
    unitCode: 'U4',
  })
  const said = await nextGradeOf(visitor, url('U4'))
  t.match(said, '一起定等次的单位不足 5 家，为免等于公开别家得分，不作测算')
  t.notMatch(said, '总分会是')
  const app = await anApp(t, db)
  const leader = await signIn(app, await anAccount(db, { login: 'chen', roles: ['leader'] }))
  t.notMatch(await nextGradeOf(leader, `/cycles/${cycleId}/results/U4`), '不作测算')
})

t.test(
  'what a veto takes from the total is a loss with its reason, and the losses add up',
  async (t) => {
    const effects = [{ type: 'zero' as const }, { type: 'grade' as const, grade: '不合格' }]
    const bundle = aBundle({
      scheme: aScheme({ vetoes: [{ code: 'V', name: '班子成员被立案', effects }] }),
      assessors: [anAssessor()],
      marks: [aMark({ mark: '7' })],
      vetoes: [{ unit: 'U1', veto: 'V', reason: '通报〔2026〕9号' }],
    })
    const { visitor, url } = await aResult(t, await emptyDatabase(), bundle)
    const losses = between(textOf((await visitor.get(url('U1'))).body), '分丢在哪里', '差在哪里')
    t.match(losses, /一票否决 总分 7\.00 一票否决：总分记 0 分 班子成员被立案：通报〔2026〕9号/)
    t.match(losses, /失分合计 10\.00 共差 10\.00 ＝ 满分 10 − 总分 0\.00/)
  },
)
