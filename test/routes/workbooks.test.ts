import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import ExcelJS from 'exceljs'
import t, { type Test } from 'tap'
import { importBundle } from '../../server/actions/import-bundle.ts'
import { recordMark } from '../../server/actions/record-mark.ts'
import type { Role } from '../../server/domain/actor.ts'
import type { Database } from '../../server/store/database.ts'
import { workbookPool } from '../../server/workers/workbook-pool.ts'
import { anAccount, anApp, Clock, MORNING, signIn } from '../helpers/app.ts'
import { aBundle, aCycle, organiser, traceOf, wang } from '../helpers/cycle.ts'
import { emptyDatabase, onEachDatabase } from '../helpers/database.ts'

async function visitorOf(t: Test, db: Database, roles: readonly Role[], clock = new Clock()) {
  const app = await anApp(t, db, { clock })
  return signIn(app, await anAccount(db, { roles, unitCode: 'U1', name: '陈领导' }))
}

async function read(bytes: Buffer): Promise<ExcelJS.Workbook> {
  const workbook = new ExcelJS.Workbook()
  await workbook.xlsx.load(new Uint8Array(bytes).buffer)
  return workbook
}

await onEachDatabase(
  t,
  'a leader takes the ranking workbook, and the ledger says so',
  async (t, db) => {
    const cycleId = await aCycle(db)
    const visitor = await visitorOf(t, db, ['leader'])
    const answer = await visitor.get(`/cycles/${cycleId}/workbooks/ranking.xlsx`)
    t.equal(answer.statusCode, 200)
    t.equal(
      answer.headers['content-type'],
      'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    )
    t.equal(answer.headers['cache-control'], 'no-store')
    t.match(
      answer.headers['content-disposition'],
      `attachment; filename="ranking.xlsx"; filename*=UTF-8''${encodeURIComponent('2026年度清廉机关评价排名.xlsx')}`,
    )
    const workbook = await read(answer.rawPayload)
    t.match(
      workbook.worksheets.map(({ name }) => name),
      ['封面与说明', '总排名', '政府部门', '党委部门', '评分明细'],
    )
    const cover = JSON.stringify(workbook.worksheets[0]?.getSheetValues())
    t.match(cover, '陈领导　2026-11-20 09:00（北京时间）')
    const { newest } = await traceOf(db, cycleId)
    t.match(newest, { action: 'workbook.download', actor_name: '陈领导' })
    t.match(cover, String(newest?.detail.fingerprint), 'the ledger names the result on the cover')
  },
)

t.test(
  'nothing is built again while nothing changed; a changed mark gives a new file',
  async (t) => {
    const db = await emptyDatabase()
    const cycleId = await aCycle(db)
    const clock = new Clock()
    const visitor = await visitorOf(t, db, ['leader'], clock)
    const url = `/cycles/${cycleId}/workbooks/ranking.xlsx`
    t.match((await visitor.get(`/cycles/${cycleId}/workbooks`)).body, '下载时生成')
    const first = await visitor.get(url)
    clock.pass(10)
    const second = await visitor.get(url)
    t.ok(first.rawPayload.equals(second.rawPayload), 'the same bytes, with the time of the first')
    t.match((await visitor.get(`/cycles/${cycleId}/workbooks`)).body, /约 \d+ KB/)
    await recordMark(db, {
      cycleId,
      unitCode: 'U1',
      indicatorCode: 'A1',
      mark: '8',
      version: null,
      actor: wang,
      at: MORNING,
    })
    t.match((await visitor.get(`/cycles/${cycleId}/workbooks`)).body, '下载时生成')
    const third = await visitor.get(url)
    t.notOk(third.rawPayload.equals(second.rawPayload))
    const scores = (await read(third.rawPayload)).getWorksheet('评分明细')
    t.match(JSON.stringify(scores?.getSheetValues()), /"市财政局",.*8/)
  },
)

t.test('a workbook is built beside the thread that answers pages', async (t) => {
  const pool = workbookPool()
  t.teardown(() => pool.close())
  const file = join(import.meta.dirname, '..', 'fixtures', 'cases', 'qlmf-2026.json')
  const bundle = JSON.parse(readFileSync(file, 'utf8'))
  const about = { fingerprint: 'f', cycle: { name: '2026', year: 2026 }, by: '王', at: MORNING }
  const before = performance.eventLoopUtilization()
  const { thread, bytes } = await pool.build({ bundle, ...about })
  const { utilization } = performance.eventLoopUtilization(before)
  t.ok(thread > 0)
  t.ok(bytes.byteLength > 10_000)
  t.ok(utilization < 0.5, `the main thread was busy for ${utilization} of the time`)
})

t.test('what cannot be built is told, and the next one can', async (t) => {
  const pool = workbookPool()
  t.teardown(() => pool.close())
  const task = { fingerprint: 'f', cycle: { name: '2026', year: 2026 }, by: '王', at: MORNING }
  const faulty = aBundle({ vetoes: [{ unit: 'U9', veto: 'V1', reason: '立案' }] })
  await t.rejects(pool.build({ ...task, bundle: faulty }))
  t.ok((await pool.build({ ...task, bundle: aBundle() })).bytes.byteLength > 0)
})

t.test('only those who may see every score have workbooks', async (t) => {
  const db = await emptyDatabase()
  const cycleId = await importBundle(db, { bundle: aBundle(), actor: organiser, at: MORNING })
  const app = await anApp(t, db)
  const may: readonly Role[] = ['organiser', 'leader', 'auditor']
  const roles: readonly Role[] = [...may, 'admin', 'lead', 'assessor', 'unit']
  for (const role of roles) {
    const account = await anAccount(db, { login: `p-${role}`, roles: [role], unitCode: 'U1' })
    const visitor = await signIn(app, account)
    for (const path of ['workbooks', 'workbooks/ranking.xlsx']) {
      const { statusCode } = await visitor.get(`/cycles/${cycleId}/${path}`)
      t.equal(statusCode, may.includes(role) ? 200 : 403, `${path} for ${role}`)
    }
  }
})

t.test('the page shows the fingerprint, and who took what to the organiser alone', async (t) => {
  const db = await emptyDatabase()
  const cycleId = await aCycle(db)
  const app = await anApp(t, db)
  const leader = await signIn(
    app,
    await anAccount(db, { login: 'chen', name: '陈领导', roles: ['leader'] }),
  )
  await leader.get(`/cycles/${cycleId}/workbooks/ranking.xlsx`)
  const { newest } = await traceOf(db, cycleId)
  const seen = await leader.get(`/cycles/${cycleId}/workbooks`)
  t.match(seen.body, String(newest?.detail.fingerprint))
  t.notMatch(seen.body, '最近的下载')
  const office = await signIn(app, await anAccount(db, { login: 'kpb', roles: ['organiser'] }))
  const page = await office.get(`/cycles/${cycleId}/workbooks`)
  t.match(page.body, /最近的下载[\s\S]*<td>陈领导<\/td>[\s\S]*结果相同/)
})

t.test('a cycle that is not there has no workbooks', async (t) => {
  const db = await emptyDatabase()
  const visitor = await visitorOf(t, db, ['leader'])
  for (const path of ['workbooks', 'workbooks/ranking.xlsx']) {
    t.equal((await visitor.get(`/cycles/none/${path}`)).statusCode, 404)
  }
})
