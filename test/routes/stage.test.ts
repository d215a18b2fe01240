import t from 'tap'
import { findCycle } from '../../server/store/cycles.ts'
import { emptyDatabase, onEachDatabase } from '../helpers/database.ts'
import { aDesk, rolesWith, textOf } from '../helpers/desk.ts'

onEachDatabase(t, 'the page says what a move changes and what is missing', async (t, db) => {
  const desk = await aDesk(t, db)
  const path = `/cycles/${desk.cycleId}/stage`
  const visitor = await desk.as('organiser')
  const page = textOf(await visitor.get(path))
  t.match(page, '进入「复核」阶段')
  t.match(page, '参评单位 3 家，评完 0 家。')
  t.match(page, '退回「自评」阶段')
  const revision = String((await findCycle(db, desk.cycleId))?.revision)
  const moved = await visitor.postForm(path, { to: 'review', revision })
  t.match([moved.statusCode, moved.headers.location], [303, path])
  t.match(textOf(await visitor.get(path)), '进入「审定」阶段')
  const silent = await visitor.postForm(path, { to: 'scoring', revision: '2', reason: '' })
  t.equal(silent.statusCode, 422)
  t.match(textOf(silent), '退回上一阶段须写明理由。')
})

t.test('a faulty day is told and everything typed stays', async (t) => {
  const db = await emptyDatabase()
  const desk = await aDesk(t, db)
  const visitor = await desk.as('organiser')
  const path = `/cycles/${desk.cycleId}/stage`
  const days = { 'starts/scoring': '2026-11-20', 'ends/scoring': '2026-11-40' }
  const answer = await visitor.postForm(`${path}/dates`, days)
  t.equal(answer.statusCode, 422)
  t.match(textOf(answer), '「打分」阶段的日期应写作 2026-11-30')
  t.match(answer.body, 'value="2026-11-40"')
  const sound = await visitor.postForm(`${path}/dates`, { ...days, 'ends/scoring': '2026-11-30' })
  t.equal(sound.statusCode, 303)
  t.match((await visitor.get(path)).body, 'value="2026-11-30"')
})

t.test('before marking begins an assessor sees when it does, and records facts', async (t) => {
  const db = await emptyDatabase()
  const desk = await aDesk(t, db)
  await db.updateTable('cycle').set({ stage: 'self_assessment' }).execute()
  const visitor = await desk.as('assessor')
  const overview = textOf(await visitor.get(`/cycles/${desk.cycleId}/scoring`))
  t.match(overview, '现在是「自评」阶段，打分要在「打分」、「复核」阶段进行')
  t.match(overview, '学习覆盖率')
  const marks = await visitor.get(`/cycles/${desk.cycleId}/scoring/indicators/A1`)
  t.not(marks.statusCode, 200)
  const values = await visitor.get(`/cycles/${desk.cycleId}/scoring/indicators/B1`)
  t.match(values.body, '<input')
})

t.test('only the organiser opens the page', async (t) => {
  const desk = await aDesk(t, await emptyDatabase())
  t.strictSame(await rolesWith(desk, 200, `/cycles/${desk.cycleId}/stage`), ['organiser'])
})
