import t from 'tap'
import { addEvent } from '../../server/actions/add-event.ts'
import { recordMark } from '../../server/actions/record-mark.ts'
import { auditEntries, recordAudit } from '../../server/store/audit.ts'
import { MORNING } from '../helpers/app.ts'
import { emptyDatabase, onEachDatabase } from '../helpers/database.ts'
import { aDesk, type Desk, rolesWith, textOf } from '../helpers/desk.ts'

/** 张组长 marks 市财政局 8 and changes it to 6.5. */
async function twoMarks(desk: Desk) {
  const { actor } = await desk.account('lead')
  const place = { cycleId: desk.cycleId, unitCode: 'U1', indicatorCode: 'A1', actor, at: MORNING }
  await recordMark(desk.db, { ...place, mark: 8, version: null })
  await recordMark(desk.db, { ...place, mark: '6.5', reason: '资料不全', version: 1 })
}

await onEachDatabase(
  t,
  'every write reads as a sentence: who, what, to what, from what to what',
  async (t, db) => {
    const desk = await aDesk(t, db)
    await twoMarks(desk)
    const { actor } = await desk.account('lead')
    const event = { unit: 'U2', indicator: 'C1', rule: 'late', count: 2, reason: '迟报' }
    await addEvent(db, { cycleId: desk.cycleId, event, actor, at: MORNING })
    const page = textOf(await (await desk.as('auditor')).get('/audit'))
    t.match(page, '张组长 改分 市财政局 / 理论武装 / 张组长 打分：8 → 6.5 等 2 处')
    t.match(page, /登记台账 市教育局 \/ 廉洁记录 (次数：无 → 2|理由：无 → 迟报) 等 5 处/)
    t.match(page, '项目 之前 之后 打分 8 6.5 理由 无 资料不全')
    t.match(page, '陈考评 导入考核数据包 2026年度考核')
    t.match(page, '命令行 新增账号')
  },
)

await onEachDatabase(
  t,
  'entries are found by person, action, cycle, text and day',
  async (t, db) => {
    const desk = await aDesk(t, db)
    await twoMarks(desk)
    const { actor: lead } = await desk.account('lead')
    const visitor = await desk.as('auditor')
    const found = async (query: string) =>
      [
        ...(await visitor.get(`/audit?${query}`)).body.matchAll(
          /<td class="nowrap">([^<]+)<\/td>\s*<td class="long">/g,
        ),
      ].map(([, action]) => action)
    t.same(await found(`person=${lead.accountId}`), ['改分', '打分'])
    t.same(await found('action=mark'), ['改分', '打分'])
    t.same(await found('action=mark.change'), ['改分'])
    t.same(await found(`cycle=${desk.cycleId}`), ['改分', '打分', '导入考核数据包'])
    t.same(await found(`text=${encodeURIComponent('资料不全')}`), ['改分'])
    t.same(await found('action=mark&from=2026-11-20&to=2026-11-20'), ['改分', '打分'])
    t.same(await found('action=mark&from=2026-11-21'), [])
    t.same(await found('action=mark&to=2026-11-19'), [])
    t.match((await visitor.get('/audit?text=nothing')).body, '没有符合条件的记录。')
    const odd = await visitor.get('/audit?from=2026-02-30&action=mark')
    t.equal(odd.statusCode, 422)
    t.match(odd.body, '<a href="#from">起始日期「2026-02-30」应写成')
    t.match(odd.body, 'value="mark" selected')
  },
)

await onEachDatabase(
  t,
  'entries are found by unit and by indicator, and none of another whose code begins the same',
  async (t, db) => {
    const desk = await aDesk(t, db)
    await twoMarks(desk)
    const { actor } = await desk.account('organiser')
    const add = (subject: string, detail: Record<string, unknown>) =>
      db
        .transaction()
        .execute((trx) =>
          recordAudit(trx, { at: MORNING, actor, action: 'mark.clear', subject, detail }),
        )
    await add('市财政局二分局 / 理论武装二', { unit: 'U10', indicator: 'A10' })
    await add('某局 / 某项', { unit: 'u1', indicator: 'a1' })
    await add('某局 / 某项', {
      unit: 'U_',
      indicator: 'A%',
      reason: '"unit":"U1","indicator":"A1"',
    })
    await add('2026年度考核', { units: ['U2', 'U1'], give: { 'K1 A1': ['U3'] } })
    const visitor = await desk.as('auditor')
    const found = async (query: Record<string, string>) => {
      const asked = new URLSearchParams({ action: 'mark', ...query })
      const { body } = await visitor.get(`/audit/entries.csv?${asked}`)
      const subjects = [...body.matchAll(/"([^"]*)","[^"]*"\r\n/g)].map(([, subject]) => subject)
      return subjects.slice(1).reverse()
    }
    const mark = '市财政局 / 理论武装 / 张组长'
    t.same(await found({ unit: 'U1' }), [mark, mark, '2026年度考核'])
    t.same(await found({ unit: 'U2' }), ['2026年度考核'])
    t.same(await found({ unit: 'U10' }), ['市财政局二分局 / 理论武装二'])
    t.same(await found({ unit: 'U' }), [])
    t.same(await found({ indicator: 'A1' }), [mark, mark, '2026年度考核'])
    t.same(await found({ indicator: '理论武装' }), [mark, mark])
    t.same(await found({ indicator: '理论武装二' }), ['市财政局二分局 / 理论武装二'])
    t.same(await found({ indicator: '理论' }), [])
    t.same(await found({ unit: 'U1', indicator: 'A2' }), [])
    const page = await visitor.get('/audit?unit=U1&indicator=A1')
    t.match(page.body, '<option value="U1" selected>市财政局</option>')
    t.match(page.body, 'href="/audit/entries.csv?unit&#x3D;U1&amp;indicator&#x3D;A1"')
  },
)

await onEachDatabase(t, 'long ledgers come in pages that keep the filter', async (t, db) => {
  const desk = await aDesk(t, db)
  const { actor } = await desk.account('organiser')
  await db.transaction().execute(async (trx) => {
    for (let n = 1; n <= 60; n += 1) {
      await recordAudit(trx, { at: MORNING, actor, action: 'unit.add', subject: `单位${n}` })
    }
  })
  const visitor = await desk.as('auditor')
  const first = await visitor.get('/audit?action=unit.add')
  t.match(first.body, '共 60 条，第 1 页，共 2 页')
  t.match(first.body, '单位60<')
  t.notMatch(first.body, '单位10<')
  t.match(first.body, 'href="/audit?action&#x3D;unit.add&amp;page&#x3D;2"')
  const second = await visitor.get('/audit?action=unit.add&page=2')
  t.match(second.body, '单位10<')
  t.notMatch(second.body, '单位11<')
})

await onEachDatabase(
  t,
  'the ledger is exported whole, in which no text becomes a formula',
  async (t, db) => {
    const desk = await aDesk(t, db)
    const { actor } = await desk.account('organiser')
    await db.transaction().execute(async (trx) => {
      for (let n = 1; n <= 1001; n += 1) {
        await recordAudit(trx, { at: MORNING, actor, action: 'unit.add', subject: '=1+1' })
      }
    })
    const file = await (await desk.as('auditor')).get('/audit/entries.csv?action=unit.add')
    t.equal(file.headers['content-type'], 'text/csv; charset=utf-8')
    t.match(file.headers['content-disposition'], 'filename="audit.csv"')
    t.same([...file.rawPayload.subarray(0, 3)], [0xef, 0xbb, 0xbf])
    const lines = file.body.trimEnd().split('\r\n')
    t.equal(lines.length, 1002)
    t.match(lines[0], '"序号","时间（北京时间）","人员","操作","考核周期","对象","内容"')
    const newest = (await auditEntries(db, { action: 'unit.add', limit: 1 }))[0]?.id
    t.equal(lines[1], `${newest},"2026-11-20 09:00","陈考评","新增单位","","'=1+1",""`)
    const numbers = new Set(lines.slice(1).map((line) => line.split(',')[0]))
    t.equal(numbers.size, 1001, 'each entry once')
  },
)

t.test('the export keeps the filter, and says what changed', async (t) => {
  const desk = await aDesk(t, await emptyDatabase())
  await twoMarks(desk)
  const visitor = await desk.as('auditor')
  const page = await visitor.get('/audit?action=mark.change')
  t.match(page.body, 'href="/audit/entries.csv?action&#x3D;mark.change"')
  const lines = (await visitor.get('/audit/entries.csv?action=mark.change')).body.split('\r\n')
  t.equal(lines.length, 3)
  t.match(
    lines[1],
    '"2026年度考核","市财政局 / 理论武装 / 张组长","打分：8 → 6.5；理由：无 → 资料不全；',
  )
})

t.test('only the auditor reads the ledger', async (t) => {
  const desk = await aDesk(t, await emptyDatabase())
  t.same(await rolesWith(desk, 200, '/audit'), ['auditor'])
  t.same(await rolesWith(desk, 200, '/audit/entries.csv'), ['auditor'])
})
