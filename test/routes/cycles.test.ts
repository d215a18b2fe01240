import t from 'tap'
import { recordMark } from '../../server/actions/record-mark.ts'
import { canonicalBundle } from '../../server/domain/canonical-bundle.ts'
import { auditEntries } from '../../server/store/audit.ts'
import { cycleBundle } from '../../server/store/bundle.ts'
import { allCycles, findCycle } from '../../server/store/cycles.ts'
import { MORNING } from '../helpers/app.ts'
import { aBundle } from '../helpers/cycle.ts'
import { emptyDatabase, onEachDatabase } from '../helpers/database.ts'
import { ALL_ROLES, aDesk, postMultipart, rolesWith, textOf } from '../helpers/desk.ts'

const MARKED = aBundle({
  marks: [
    { unit: 'U1', indicator: 'A1', assessor: 'K1', mark: 8 },
    { unit: 'U1', indicator: 'A1', assessor: 'K2', mark: 6 },
  ],
})

await onEachDatabase(
  t,
  'a bundle becomes a cycle from a file or from pasted text',
  async (t, db) => {
    const desk = await aDesk(t, db, null)
    const visitor = await desk.as('organiser')
    t.match(textOf(await visitor.get('/cycles')), '还没有考核周期')
    const fields = { name: '2026年度考核', visibleFrom: 'scoring', text: '' }
    const file = { field: 'file', name: '数据包.json', content: JSON.stringify(MARKED) }
    const uploaded = await postMultipart(desk, visitor, '/cycles/import', fields, file)
    t.equal(uploaded.statusCode, 303)
    const [cycle] = await allCycles(db)
    t.match(cycle, { name: '2026年度考核', visibleFrom: 'scoring', stage: 'scoring' })
    t.equal(uploaded.headers.location, `/cycles/${cycle?.id}`)
    t.same(await cycleBundle(db, cycle?.id ?? ''), canonicalBundle(MARKED))
    const pasted = await visitor.postForm('/cycles/import', { text: JSON.stringify(aBundle()) })
    t.equal(pasted.statusCode, 303)
    t.match(await allCycles(db), [{ name: '清廉机关评价体系', visibleFrom: 'published' }, {}])
  },
)

t.test(
  'a faulty bundle is told whole with places, keeps what was typed, and makes nothing',
  async (t) => {
    const db = await emptyDatabase()
    const desk = await aDesk(t, db, null)
    const visitor = await desk.as('organiser')
    const marks = [
      { unit: 'U9', indicator: 'A1', assessor: 'K1', mark: 8 },
      { unit: 'U1', indicator: 'A1', assessor: 'K1', mark: 9 },
    ]
    const text = JSON.stringify({ ...aBundle(), marks })
    const answer = await visitor.postForm('/cycles/import', {
      text,
      name: '试评',
      visibleFrom: 'scoring',
    })
    t.equal(answer.statusCode, 422)
    t.match(answer.body, '有 2 处错误，没有导入')
    t.match(answer.body, '<code>/marks/0/unit</code>')
    t.match(answer.body, '<code>/marks/1/mark</code>')
    t.match(textOf(answer), '「市财政局」的「理论武装」')
    t.match(answer.body, 'value="试评"')
    t.match(answer.body, 'value="scoring" checked')
    t.match(textOf(answer), text)
    const file = { field: 'file', name: '数据包.json', content: text }
    const uploaded = await postMultipart(
      desk,
      visitor,
      '/cycles/import',
      { text: '', name: '试评' },
      file,
    )
    t.equal(uploaded.statusCode, 422)
    t.match(uploaded.body, '<code>/marks/0/unit</code>')
    t.match(
      (await visitor.postForm('/cycles/import', { text: '' })).body,
      '请选择考核数据包的 JSON 文件',
    )
    t.same(await allCycles(db), [])
  },
)

await onEachDatabase(t, 'the organiser sees who has how much left, unit by unit', async (t, db) => {
  const desk = await aDesk(t, db, MARKED)
  // 王考核 belongs to U3, so it is not his to mark.
  await desk.account('assessor')
  const page = await (await desk.as('organiser')).get(`/cycles/${desk.cycleId}`)
  const text = textOf(page)
  t.match(text, '2026年度考核 打分中')
  t.match(page.body, `/scoring">数据录入<`)
  t.match(text, '单位评完 0 / 3')
  t.match(text, '王考核 — 1 / 4 还剩 3 2026-11-23（每天约 1 项） 1/2 0/2')
  t.match(text, '李考核 — 1 / 6 还剩 5 2026-11-25（每天约 1 项） 1/3 0/3')
  t.match(text, '市财政局 政府部门 组织建设、制度健全、学习覆盖率、民主测评')
  t.match(text, /B1 学习覆盖率 — (0 \/ 2 )+市财政局、市教育局/)
  t.match(text, '打分 2 数值 0 测评票 0 台账记录 0')
  const auditor = textOf(await (await desk.as('auditor')).get(`/cycles/${desk.cycleId}`))
  t.match(auditor, '李考核')
  t.notMatch(auditor, '公布结果')
})

t.test('a mark that comes in shows at once', async (t) => {
  const desk = await aDesk(t, await emptyDatabase(), MARKED)
  const { actor } = await desk.account('lead')
  const organiser = await desk.as('organiser')
  t.match(textOf(await organiser.get(`/cycles/${desk.cycleId}`)), '张组长 — 0 / 6')
  const mark = { unitCode: 'U2', indicatorCode: 'A1', mark: 8, version: null }
  await recordMark(desk.db, { cycleId: desk.cycleId, ...mark, actor, at: MORNING })
  t.match(textOf(await organiser.get(`/cycles/${desk.cycleId}`)), '张组长 — 1 / 6')
})

t.test(
  'a leader sees progress without assessors, an assessor and a unit only the stage',
  async (t) => {
    const desk = await aDesk(t, await emptyDatabase(), MARKED)
    const path = `/cycles/${desk.cycleId}`
    const leader = textOf(await (await desk.as('leader')).get(path))
    t.match(leader, '单位评完 0 / 3')
    t.notMatch(leader, /王考核|李考核|K1|公布结果/)
    const assessor = await (await desk.as('assessor')).get(path)
    t.match(textOf(assessor), '打分中')
    t.match(assessor.body, `href="${path}/scoring"`)
    t.notMatch(textOf(assessor), /李考核|评完|市财政局|排名/)
    const unit = await (await desk.as('unit')).get(path)
    t.notMatch(textOf(unit), /考核员|评完|市教育局/)
    t.notMatch(unit.body, `${path}/results`, 'not before it is published')
  },
)

t.test('the list says to each what is his', async (t) => {
  const desk = await aDesk(t, await emptyDatabase(), MARKED)
  const said = async (role: 'organiser' | 'assessor' | 'unit') =>
    textOf(await (await desk.as(role)).get('/cycles'))
  t.match(await said('organiser'), '单位评完 0 / 3')
  const assessor = await said('assessor')
  t.match(assessor, '我的打分还剩 3 项，共 4 项')
  t.notMatch(assessor, '单位评完')
  t.match(await said('unit'), '本单位的结果尚未公布')
})

t.test('who has nothing to do with a cycle does not learn that it exists', async (t) => {
  const { scheme, units } = aBundle()
  const [, second, third] = units
  if (!second || !third) throw new Error('the bundle has three units')
  // Without the assessors and the liaison's unit.
  const desk = await aDesk(t, await emptyDatabase(), { scheme, units: [second, third] })
  const path = `/cycles/${desk.cycleId}`
  t.same(await rolesWith(desk, 200, path), ['organiser', 'leader', 'auditor'])
  t.same(await rolesWith(desk, 404, path), ['assessor', 'lead', 'unit'])
  t.same(await rolesWith(desk, 403, path), ['admin'])
  t.match(textOf(await (await desk.as('assessor')).get('/cycles')), '还没有与您有关的考核周期')
  t.same(
    await rolesWith(desk, 404, '/cycles/none'),
    ALL_ROLES.filter((role) => role !== 'admin'),
  )
})

await onEachDatabase(
  t,
  'publishing says what it does and what is missing, and asks again',
  async (t, db) => {
    const desk = await aDesk(t, db, MARKED)
    const path = `/cycles/${desk.cycleId}`
    const visitor = await desk.as('organiser')
    const page = await visitor.get(`${path}/publication`)
    const text = textOf(page)
    t.match(text, '参评单位 3 家，评完 0 家。')
    t.match(text, '市财政局 ：缺 4 项得分')
    t.match(text, '考核员还有 16 项没有打分：王考核 5 项，李考核 5 项，张组长 6 项。')
    t.match(text, '3 家单位从公布起可以看到本单位的结果。')
    const revision = /name="revision" value="(\d+)"/.exec(page.body)?.[1] ?? ''
    const silent = await visitor.postForm(`${path}/publication`, { revision })
    t.equal(silent.statusCode, 422)
    t.match(silent.body, '<a href="#confirmed">请先勾选')
    t.equal((await findCycle(db, desk.cycleId))?.stage, 'scoring')
    const done = await visitor.postForm(`${path}/publication`, { revision, confirmed: 'yes' })
    t.equal(done.statusCode, 303)
    t.match(await findCycle(db, desk.cycleId), { stage: 'published', publishedAt: MORNING })
    const shown = await visitor.get(path)
    t.match(shown.body, '结果已公布。各项记录不再改动。')
    t.match(textOf(shown), '已公布')
    const unit = await (await desk.as('unit')).get(path)
    t.match(unit.body, `${path}/results/U1`)
  },
)

t.test('what changed while the page was open is not published unseen', async (t) => {
  const desk = await aDesk(t, await emptyDatabase(), MARKED)
  const path = `/cycles/${desk.cycleId}`
  const visitor = await desk.as('organiser')
  const page = await visitor.get(`${path}/publication`)
  const revision = /name="revision" value="(\d+)"/.exec(page.body)?.[1] ?? ''
  const { actor } = await desk.account('lead')
  const mark = { unitCode: 'U2', indicatorCode: 'A1', mark: 8, version: null }
  await recordMark(desk.db, { cycleId: desk.cycleId, ...mark, actor, at: MORNING })
  const answer = await visitor.postForm(`${path}/publication`, { revision, confirmed: 'yes' })
  t.equal(answer.statusCode, 409)
  t.match(answer.body, '在您打开这一页之后又有改动，没有公布')
  t.equal((await findCycle(desk.db, desk.cycleId))?.stage, 'scoring')
  const fresh = /name="revision" value="(\d+)"/.exec(answer.body)?.[1] ?? ''
  const again = await visitor.postForm(`${path}/publication`, { revision: fresh, confirmed: 'yes' })
  t.equal(again.statusCode, 303)
  const invented = await visitor.postForm(`${path}/publication`, {
    revision: 'x',
    confirmed: 'yes',
  })
  t.equal(invented.statusCode, 409, 'it is published already')
})

await onEachDatabase(t, 'a publication is taken back with a reason', async (t, db) => {
  const desk = await aDesk(t, db, MARKED)
  const path = `/cycles/${desk.cycleId}`
  const visitor = await desk.as('organiser')
  const early = await visitor.postForm(`${path}/publication/withdrawal`, { reason: '申诉' })
  t.equal(early.statusCode, 409)
  await visitor.postForm(`${path}/publication`, { revision: '1', confirmed: 'yes' })
  const before = textOf(await visitor.get(`${path}/publication`))
  t.match(before, /撤回公布之后.*到「公示」；各项记录仍不能改动/)
  const silent = await visitor.postForm(`${path}/publication/withdrawal`, { reason: ' ' })
  t.equal(silent.statusCode, 422)
  t.match(silent.body, '<a href="#reason">撤回公布须写明理由。')
  const done = await visitor.postForm(`${path}/publication/withdrawal`, { reason: '申诉成立' })
  t.equal(done.statusCode, 303)
  t.match(await findCycle(db, desk.cycleId), { stage: 'notice', publishedAt: null })
  const stages = textOf(await visitor.get(`${path}/stage`))
  t.match(stages, '退回「审定」阶段')
  t.match(await auditEntries(db, { action: 'result', limit: 1 }), [
    { detail: { reason: '申诉成立' } },
  ])
})

await onEachDatabase(t, 'when units see their result is changed on the page', async (t, db) => {
  const desk = await aDesk(t, db, MARKED)
  const path = `/cycles/${desk.cycleId}`
  const visitor = await desk.as('organiser')
  const none = await visitor.postForm(`${path}/visibility`, {})
  t.equal(none.statusCode, 422)
  t.match(none.body, '<a href="#visibleFrom">请选择单位从什么时候起')
  t.equal((await visitor.postForm(`${path}/visibility`, { visibleFrom: 'draft' })).statusCode, 422)
  t.equal((await findCycle(db, desk.cycleId))?.visibleFrom, 'published')
  const done = await visitor.postForm(`${path}/visibility`, { visibleFrom: 'scoring' })
  t.equal(done.statusCode, 303)
  t.equal((await findCycle(db, desk.cycleId))?.visibleFrom, 'scoring')
  t.match((await (await desk.as('unit')).get(path)).body, `${path}/results/U1`)
})

await onEachDatabase(t, 'a cycle comes down as the bundle it is', async (t, db) => {
  const desk = await aDesk(t, db, MARKED)
  const file = await (await desk.as('auditor')).get(`/cycles/${desk.cycleId}/bundle.json`)
  t.same(file.json(), JSON.parse(JSON.stringify(canonicalBundle(MARKED))))
  t.match(file.headers['content-disposition'], 'attachment; filename="bundle-')
})

t.test('each page and each change is for its roles only', async (t) => {
  const desk = await aDesk(t, await emptyDatabase(), MARKED)
  const path = `/cycles/${desk.cycleId}`
  t.same(
    await rolesWith(desk, 200, '/cycles'),
    ALL_ROLES.filter((role) => role !== 'admin'),
  )
  t.same(await rolesWith(desk, 200, '/cycles/new'), ['organiser'])
  t.same(await rolesWith(desk, 200, '/cycles/import'), ['organiser'])
  t.same(await rolesWith(desk, 200, `${path}/publication`), ['organiser'])
  t.same(await rolesWith(desk, 200, `${path}/bundle.json`), ['organiser', 'auditor'])
  const before = await auditEntries(desk.db, { cycleId: desk.cycleId })
  for (const role of ALL_ROLES.filter((each) => each !== 'organiser')) {
    const visitor = await desk.as(role)
    const posts = [
      ['/cycles', { name: '2027年度考核', year: '2027', scheme: 'S' }],
      ['/cycles/import', { text: JSON.stringify(aBundle()) }],
      [`${path}/publication`, { revision: '1', confirmed: 'yes' }],
      [`${path}/publication/withdrawal`, { reason: '试' }],
      [`${path}/visibility`, { visibleFrom: 'scoring' }],
    ] as const
    for (const [url, fields] of posts) {
      t.equal((await visitor.postForm(url, fields)).statusCode, 403, `${role} ${url}`)
    }
  }
  t.same(await auditEntries(desk.db, { cycleId: desk.cycleId }), before)
})
