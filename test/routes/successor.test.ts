import t from 'tap'
import { allCycles } from '../../server/store/cycles.ts'
import { emptyDatabase, onEachDatabase } from '../helpers/database.ts'
import { aDesk, rolesWith, textOf } from '../helpers/desk.ts'

onEachDatabase(
  t,
  'next year starts from this one, and a rehearsal is thrown away',
  async (t, db) => {
    const desk = await aDesk(t, db)
    const visitor = await desk.as('organiser')
    const path = `/cycles/${desk.cycleId}/successor`
    const page = await visitor.get(path)
    t.match(page.body, 'value="2027年度考核"')
    t.match(textOf(page), '参评单位：政府部门 市财政局 市教育局')
    const form = { name: '2027年度考核', year: '2027', units: 'U1', assessors: 'K1' }
    const started = await visitor.postForm(path, { ...form, rehearsal: 'yes' })
    t.equal(started.statusCode, 303)
    const made = String(started.headers.location)
    t.match(textOf(await visitor.get(made)), '【演练】2027年度考核 筹备中')
    const unasked = await visitor.postForm(`${made}/removal`, {})
    t.equal(unasked.statusCode, 422)
    const removed = await visitor.postForm(`${made}/removal`, { confirmed: 'yes' })
    t.match([removed.statusCode, removed.headers.location], [303, '/cycles'])
    t.strictSame(
      (await allCycles(db)).map(({ id }) => id),
      [desk.cycleId],
    )
  },
)

t.test('a faulty form keeps what was typed and chosen', async (t) => {
  const desk = await aDesk(t, await emptyDatabase())
  const visitor = await desk.as('organiser')
  const path = `/cycles/${desk.cycleId}/successor`
  const answer = await visitor.postForm(path, { name: '', year: '27', units: 'U2' })
  t.equal(answer.statusCode, 422)
  t.match(textOf(answer), '请填写周期名称，年度写作四位数字')
  t.match(answer.body, 'value="27"')
  t.match(answer.body, 'name="units" value="U2" checked')
  t.notMatch(answer.body, 'name="units" value="U1" checked')
})

t.test('only organisers start a cycle', async (t) => {
  const desk = await aDesk(t, await emptyDatabase())
  t.strictSame(await rolesWith(desk, 200, `/cycles/${desk.cycleId}/successor`), ['organiser'])
})
