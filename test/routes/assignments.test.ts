import t from 'tap'
import { emptyDatabase, onEachDatabase } from '../helpers/database.ts'
import { aDesk, rolesWith, textOf } from '../helpers/desk.ts'

onEachDatabase(
  t,
  'an assessor sees and counts what is assigned to him, and nothing else',
  async (t, db) => {
    const desk = await aDesk(t, db)
    const path = `/cycles/${desk.cycleId}`
    const visitor = await desk.as('organiser')
    t.match(textOf(await visitor.get(`${path}/assignments`)), '还没有按人分工')
    const chosen = {
      assessors: 'one:K3',
      indicators: 'one:A1',
      units: 'group:政府部门',
      how: 'give',
    }
    const given = await visitor.postForm(`${path}/assignments`, chosen)
    t.equal(given.statusCode, 303)
    const page = textOf(await visitor.get(`${path}/assignments`))
    t.match(page, '「理论武装」还没有人给市委办公室打分。')
    t.match(page, '「组织建设」还没有人给全部单位打分。')
    const lead = await desk.as('lead')
    const grid = await lead.get(`${path}/scoring/indicators/A1`)
    t.match(grid.body, '市财政局')
    t.notMatch(grid.body, '市委办公室')
    t.not((await lead.get(`${path}/scoring/indicators/A2`)).statusCode, 200)
    t.match(textOf(await lead.get('/')), '0 / 2')
    const assessor = await desk.as('assessor')
    t.not((await assessor.get(`${path}/scoring/indicators/A1`)).statusCode, 200)
  },
)

onEachDatabase(
  t,
  'a declared tie is shown as recusal, in scoring and in the ledger',
  async (t, db) => {
    const desk = await aDesk(t, db)
    const path = `/cycles/${desk.cycleId}`
    const visitor = await desk.as('organiser')
    const tie = { assessor: 'one:K3', unit: 'one:U2', reason: '曾任该局副局长' }
    t.equal((await visitor.postForm(`${path}/recusals`, tie)).statusCode, 303)
    t.match(textOf(await visitor.get(`${path}/assignments`)), '曾任该局副局长')
    const lead = await desk.as('lead')
    t.match(textOf(await lead.get(`${path}/scoring/indicators/A1`)), '回避')
    t.match(textOf(await lead.get(`${path}/ledger`)), '「市教育局」的记录不向您显示')
    const unit = await lead.get(`${path}/scoring/units/U2`)
    t.notMatch(unit.body, 'name="mark/')
    const lifted = { assessor: 'K3', unit: 'U2', reason: '登记有误' }
    t.equal((await visitor.postForm(`${path}/recusals/lifting`, lifted)).statusCode, 303)
    t.match((await lead.get(`${path}/scoring/units/U2`)).body, 'name="mark/')
  },
)

t.test('a suggestion leaves nothing to mind where one mark decides', async (t) => {
  const desk = await aDesk(t, await emptyDatabase())
  const path = `/cycles/${desk.cycleId}/assignments`
  const visitor = await desk.as('organiser')
  await visitor.postForm(`${path}/suggestion`, { markers: '2' })
  t.notMatch(textOf(await visitor.get(path)), '还要留意')
})

t.test('a faulty form keeps what was typed and says what to do', async (t) => {
  const desk = await aDesk(t, await emptyDatabase())
  const path = `/cycles/${desk.cycleId}`
  const visitor = await desk.as('organiser')
  const half = { assessors: 'one:K1', indicators: '', units: 'all', how: 'give' }
  const answer = await visitor.postForm(`${path}/assignments`, half)
  t.equal(answer.statusCode, 422)
  t.match(textOf(answer), '请选择指标。')
  t.match(answer.body, '<option value="one:K1" selected>')
  const many = await visitor.postForm(`${path}/assignments/suggestion`, { markers: '很多' })
  t.match([many.statusCode, textOf(many)], [422, '每个单位的打分人数应是 1 到 30 的整数'])
  const silent = await visitor.postForm(`${path}/recusals`, {
    ...{ assessor: 'one:K1', unit: 'one:U1', reason: '' },
  })
  t.match([silent.statusCode, textOf(silent)], [422, '登记回避须写明理由'])
})

t.test('organisers and auditors open the page, and only organisers change it', async (t) => {
  const desk = await aDesk(t, await emptyDatabase())
  const path = `/cycles/${desk.cycleId}/assignments`
  t.strictSame(await rolesWith(desk, 200, path), ['organiser', 'auditor'])
  t.notMatch(
    (await (await desk.as('auditor')).get(path)).body,
    '<form method="post" action="/cycles',
  )
})

t.test('the tables of an indicator and of an assessor are read as the whole is', async (t) => {
  const desk = await aDesk(t, await emptyDatabase())
  const path = `/cycles/${desk.cycleId}/assignments`
  for (const part of ['indicators/A1', 'assessors/K1']) {
    t.strictSame(await rolesWith(desk, 200, `${path}/${part}`), ['organiser', 'auditor'])
    t.notMatch((await (await desk.as('auditor')).get(`${path}/${part}`)).body, 'name="cell"')
  }
  const visitor = await desk.as('organiser')
  for (const part of ['indicators/C1', 'indicators/none', 'assessors/none']) {
    t.equal((await visitor.get(`${path}/${part}`)).statusCode, 404)
  }
})

t.test('a form that is not as the page sends it changes nothing', async (t) => {
  const desk = await aDesk(t, await emptyDatabase())
  const visitor = await desk.as('organiser')
  const path = `/cycles/${desk.cycleId}/assignments/cells`
  const seen = JSON.stringify({ rows: ['K1'], columns: ['A1'], states: '0' })
  for (const odd of [
    { by: 'nobody', seen },
    { by: 'all', seen: '{' },
    { by: 'all', seen: JSON.stringify({ rows: ['K1'], columns: ['A1'], states: '00' }) },
  ]) {
    t.equal((await visitor.postForm(path, { ...odd, cell: '0.0' })).statusCode, 400)
  }
  const stale = await visitor.postForm(path, { by: 'all', seen, version: 'old', cell: '0.0' })
  t.match([stale.statusCode, textOf(stale)], [409, '王考核·理论武装：您要分给'])
  t.match(stale.body, /name="cell" value="0.0" aria-labelledby="r0 c0" checked/)
})
