import t from 'tap'
import { addUnit } from '../../server/actions/add-unit.ts'
import { MORNING } from '../helpers/app.ts'
import { aBundle, setStage } from '../helpers/cycle.ts'
import { emptyDatabase, onEachDatabase } from '../helpers/database.ts'
import { aDesk, rolesWith, textOf } from '../helpers/desk.ts'

/** A desk whose cycle is in preparation, and a unit that is only in the roster. */
async function aDraft(...given: Parameters<typeof aDesk>) {
  const desk = await aDesk(...given)
  const { actor } = await desk.account('organiser')
  const unit = { code: 'U9', name: '市审计局', category: '政府部门' }
  await addUnit(desk.db, { unit, actor, at: MORNING })
  await setStage(desk.db, desk.cycleId, 'draft')
  return { desk, path: `/cycles/${desk.cycleId}`, visitor: await desk.as('organiser') }
}

await onEachDatabase(
  t,
  'a unit is found by its initials, comes in, and goes out',
  async (t, db) => {
    const { path, visitor } = await aDraft(t, db)
    t.match(textOf(await visitor.get(`${path}/units?q=ssjj`)), '市审计局')
    t.notMatch(textOf(await visitor.get(`${path}/units?q=czj`)), '市审计局')
    const none = await visitor.postForm(`${path}/units`, { q: 'ssjj' })
    t.match([none.statusCode, textOf(none)], [422, '请至少勾选一家单位。'])
    t.equal((await visitor.postForm(`${path}/units`, { units: 'U9' })).statusCode, 303)
    t.match(textOf(await visitor.get(`${path}/units`)), /参评单位（4 家）.*市审计局/)
    const unsure = await visitor.postForm(`${path}/units/U9/removal`, {})
    t.match([unsure.statusCode, textOf(unsure)], [422, '请先勾选“确认移出”'])
    const gone = await visitor.postForm(`${path}/units/U9/removal`, { confirmed: 'yes' })
    t.equal(gone.statusCode, 303)
    t.equal((await visitor.get(`${path}/units/U9`)).statusCode, 404)
  },
)

await onEachDatabase(
  t,
  'a unit is described as typed, or the form says what is wrong',
  async (t, db) => {
    const { scheme } = aBundle()
    const [base] = [scheme.base.map((node) => structuredClone(node))]
    const ledger = base.find(({ code }) => code === 'C1')
    if (ledger && 'method' in ledger && ledger.method.type === 'ledger') {
      for (const rule of ledger.method.rules) rule.dividedBy = '人数'
    }
    const { path, visitor } = await aDraft(t, db, aBundle({ scheme: { ...scheme, base } }))
    const typed = { name: '市财政局', category: '政府部门', exempt: 'A1', 'reason/A1': '无此职能' }
    const odd = await visitor.postForm(`${path}/units/U1`, { ...typed, 'measure/人数': '1,20' })
    t.match([odd.statusCode, textOf(odd)], [422, '「人数」小数点请用「.」'])
    t.match(odd.body, 'value="1,20"')
    t.match(odd.body, /name="exempt" value="A1" aria-label="理论武装不适用" checked/)
    const silent = await visitor.postForm(`${path}/units/U1`, { ...typed, 'reason/A1': '' })
    t.match(textOf(silent), '「理论武装」设为不适用，请写明理由')
    const done = await visitor.postForm(`${path}/units/U1`, {
      ...typed,
      'measure/人数': '１２００',
    })
    t.equal(done.statusCode, 303)
    t.match(textOf(await visitor.get(`${path}/units`)), /人数 1200 理论武装/)
    t.match((await visitor.get(`${path}/units/U1`)).body, 'value="无此职能"')
  },
)

await onEachDatabase(
  t,
  'units are put in order, and a place that is none is told',
  async (t, db) => {
    const { path, visitor } = await aDraft(t, db)
    const odd = await visitor.postForm(`${path}/unit-order`, { 'place/U1': '第一' })
    t.match([odd.statusCode, textOf(odd)], [422, '您填了「第一」'])
    const order = { 'place/U1': '3', 'place/U2': '2', 'place/U3': '１' }
    t.equal((await visitor.postForm(`${path}/unit-order`, order)).statusCode, 303)
    t.match(textOf(await visitor.get(`${path}/units`)), /市委办公室.*市教育局.*市财政局/)
  },
)

await onEachDatabase(
  t,
  'an assessor is added while others mark, changed and taken out',
  async (t, db) => {
    const { desk, path, visitor } = await aDraft(t, db)
    await setStage(db, desk.cycleId, 'scoring')
    const odd = await visitor.postForm(`${path}/assessors`, { code: 'K1', name: '赵接替' })
    t.match([odd.statusCode, textOf(odd)], [409, '考核员「王考核」已经用了代码「K1」'])
    t.match(odd.body, 'value="赵接替"')
    const added = await visitor.postForm(`${path}/assessors`, { code: 'K4', name: '赵接替' })
    t.equal(added.statusCode, 303)
    const renamed = await visitor.postForm(`${path}/assessors/K4`, { name: '赵接班' })
    t.equal(renamed.statusCode, 303)
    t.match(textOf(await visitor.get(`${path}/assessors`)), '赵接班')
    t.match(textOf(await visitor.get(`${path}/assignments`)), '赵接班')
    const gone = await visitor.postForm(`${path}/assessors/K4/removal`, { confirmed: 'yes' })
    t.equal(gone.statusCode, 303)
    t.equal((await visitor.get(`${path}/assessors/K4`)).statusCode, 404)
  },
)

t.test('after preparation the pages say why nothing changes, and refuse it', async (t) => {
  const { desk, path, visitor } = await aDraft(t, await emptyDatabase())
  await setStage(desk.db, desk.cycleId, 'scoring')
  for (const page of ['units', 'units/U1']) {
    const shown = await visitor.get(`${path}/${page}`)
    t.match(textOf(shown), '参评单位和评价体系版本的调整要在「筹备」阶段进行')
    t.notMatch(shown.body, `<form method="post" action="${path}`)
  }
  const refused = await visitor.postForm(`${path}/units`, { units: 'U9' })
  t.match([refused.statusCode, textOf(refused)], [409, '要在「筹备」阶段进行'])
})

t.test('organisers and auditors open the pages, and only organisers change them', async (t) => {
  const { desk, path } = await aDraft(t, await emptyDatabase())
  for (const page of ['units', 'units/U1', 'assessors', 'assessors/K1']) {
    t.strictSame(await rolesWith(desk, 200, `${path}/${page}`), ['organiser', 'auditor'], page)
    const shown = await (await desk.as('auditor')).get(`${path}/${page}`)
    t.notMatch(shown.body, `<form method="post" action="${path}`)
  }
  for (const page of ['units/none', 'assessors/none']) {
    t.equal((await (await desk.as('organiser')).get(`${path}/${page}`)).statusCode, 404)
  }
})
