import t from 'tap'
import { returnSelfAssessment } from '../../server/actions/return-self-assessment.ts'
import { submitSelfAssessment } from '../../server/actions/submit-self-assessment.ts'
import { findCycle } from '../../server/store/cycles.ts'

import { selfAssessment } from '../../server/store/self-assessments.ts'
import { MORNING } from '../helpers/app.ts'
import { setStage } from '../helpers/cycle.ts'
import { emptyDatabase, onEachDatabase } from '../helpers/database.ts'

import { aDesk, rolesWith, textOf } from '../helpers/desk.ts'

onEachDatabase(t, 'the page says what a move changes and what is missing', async (t, db) => {
  const desk = await aDesk(t, db)
  const path = `/cycles/${desk.cycleId}/stage`
  const visitor = await desk.as('organiser')
  const page = textOf(await visitor.get(path))
  t.match(page, '进入「复核」阶段')
  t.match(page, '参评单位 3 家，评完 0 家。')
  t.match(page, '数值和测评票还缺：「学习覆盖率」2 家，「民主测评」3 家。')
  t.match(page, '退回「自评」阶段')
  const revision = String((await findCycle(db, desk.cycleId))?.revision)
  const moved = await visitor.postForm(path, { to: 'review', revision })
  t.match([moved.statusCode, moved.headers.location], [303, path])
  t.match(textOf(await visitor.get(path)), '进入「审定」阶段')
  const silent = await visitor.postForm(path, { to: 'scoring', revision: '2', reason: '' })
  t.equal(silent.statusCode, 422)
  t.match(textOf(silent), '退回上一阶段须写明理由。')
})

onEachDatabase(t, 'before marking begins the page names who has not submitted', async (t, db) => {
  const desk = await aDesk(t, db)
  await setStage(db, desk.cycleId, 'self_assessment')
  const { cycleId } = desk
  const unit = (await desk.account('unit')).actor
  await submitSelfAssessment(db, { cycleId, version: 0, actor: unit, at: MORNING })
  const visitor = await desk.as('organiser')
  const situation = async () => textOf(await visitor.get(`/cycles/${desk.cycleId}/stage`))
  t.match(await situation(), '自评已提交 1 家，共 3 家。')
  t.match(await situation(), '还没有提交自评 2 家：市教育局、市委办公室。')
  t.notMatch(await situation(), '没有打分')
  const { actor } = await desk.account('organiser')
  const { version } = await selfAssessment(db, cycleId, 'U1')
  const back = { cycleId, unitCode: 'U1', version, remark: '请补填', actor, at: MORNING }
  await returnSelfAssessment(db, back)
  t.match(await situation(), '退回后还没有重新提交 1 家：市财政局。')
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
  await setStage(db, desk.cycleId, 'self_assessment')
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
