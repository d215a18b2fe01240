import t from 'tap'
import { addUnit } from '../../server/actions/add-unit.ts'
import { importScheme } from '../../server/actions/import-scheme.ts'
import { cycleBundle } from '../../server/store/bundle.ts'
import { allCycles } from '../../server/store/cycles.ts'
import { MORNING } from '../helpers/app.ts'
import { aBundle } from '../helpers/cycle.ts'
import { emptyDatabase, onEachDatabase } from '../helpers/database.ts'
import { aDesk, type Desk, textOf } from '../helpers/desk.ts'

const { scheme, units } = aBundle()

async function fill(desk: Desk): Promise<void> {
  const { actor } = await desk.account('organiser')
  await importScheme(desk.db, { scheme, actor, at: MORNING })
  for (const { code, name, category } of units) {
    await addUnit(desk.db, { unit: { code, name, category }, actor, at: MORNING })
  }
}

onEachDatabase(t, 'a plain form makes a cycle of an index and units', async (t, db) => {
  const desk = await aDesk(t, db, null)
  await fill(desk)
  const visitor = await desk.as('organiser')
  const page = await visitor.get('/cycles/new')
  t.match(page.body, 'value="2026年度考核"')
  t.match(page.body, `value="${scheme.code}" selected`)
  const category = units[0]?.category ?? ''
  t.match(page.body, `name="categories" value="${category}" checked`)
  const form = { name: '2027年度考核', year: '2027', scheme: scheme.code, categories: category }
  const made = await visitor.postForm('/cycles', form)
  t.equal(made.statusCode, 303)
  const [cycle] = await allCycles(db)
  t.equal(made.headers.location, `/cycles/${cycle?.id}`)
  t.match(textOf(await visitor.get(`/cycles/${cycle?.id}`)), '2027年度考核 筹备中')
  const there = (await cycleBundle(db, cycle?.id ?? '')).units
  t.ok(there.length > 0 && there.every((unit) => unit.category === category))
})

t.test('a faulty form keeps what was typed, and says what at the field', async (t) => {
  const desk = await aDesk(t, await emptyDatabase(), null)
  await fill(desk)
  const visitor = await desk.as('organiser')
  const short = await visitor.postForm('/cycles', { name: '试评', year: '27', scheme: scheme.code })
  t.equal(short.statusCode, 422)
  t.match(short.body, '<a href="#year">请填写周期名称，年度写作四位数字')
  t.match(short.body, 'value="27"')
  t.notMatch(short.body, 'name="categories" value="政府部门" checked')
  const none = await visitor.postForm('/cycles', { name: '试评', year: '2027', scheme: '' })
  t.match(none.body, '<a href="#scheme">请选择评价体系。')
  t.strictSame(await allCycles(desk.db), [])
})

t.test('without an index or a roster the page leads to them', async (t) => {
  const desk = await aDesk(t, await emptyDatabase(), null)
  const visitor = await desk.as('organiser')
  t.match(textOf(await visitor.get('/cycles/new')), '还没有评价体系')
  const { actor } = await desk.account('organiser')
  await importScheme(desk.db, { scheme, actor, at: MORNING })
  t.match(textOf(await visitor.get('/cycles/new')), '单位名册还是空的')
  const form = { name: '2027年度考核', year: '2027', scheme: scheme.code }
  const made = await visitor.postForm('/cycles', form)
  t.equal(made.statusCode, 303)
  t.match(textOf(await visitor.get(`${made.headers.location}/units`)), '还没有参评单位')
})
