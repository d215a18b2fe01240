import t from 'tap'
import { cycleAdjustments, cycleVetoes } from '../../server/store/decisions.ts'
import type { Fields, Visitor } from '../helpers/app.ts'
import { emptyDatabase, onEachDatabase } from '../helpers/database.ts'
import { secondOrganiser } from '../helpers/decisions.ts'
import { ALL_ROLES, aDesk, type Desk, rolesWith, textOf } from '../helpers/desk.ts'
import { formOn } from '../helpers/form-on-page.ts'
import { aJudgedBundle } from '../helpers/judged.ts'

const VETO = { unitCode: 'U1', vetoCode: 'V1', reason: '市纪委立案', document: '市纪〔2026〕12 号' }
const ADJUSTMENT = {
  unitCode: 'U2',
  grade: '一般',
  reason: '党委会审定',
  document: '市委〔2026〕9 号',
}

/** Enters a decision. @returns its id, and the page that shows it */
async function entered(desk: Desk, kind: 'vetoes' | 'adjustments', fields: Fields) {
  const visitor = await desk.as('organiser')
  const answer = await visitor.postForm(`/cycles/${desk.cycleId}/${kind}`, fields)
  if (answer.statusCode !== 303) throw new Error(`refused: ${answer.body}`)
  const shown = String(answer.headers.location)
  return { id: shown.split('=')[1], page: textOf(await visitor.get(shown)) }
}

/** Sends the form of the page that shows what waits. */
async function answered(
  visitor: Visitor,
  path: string,
  how: 'confirmation' | 'refusal' | 'withdrawal',
  typed: Fields = {},
) {
  const { body } = await visitor.get(`${path}/confirmation`)
  return visitor.postForm(`${path}/${how}`, { ...formOn(body, `${path}/${how}`), ...typed })
}

/** Enters a decision and has another organiser confirm it. @returns the page as it is then */
async function decided(desk: Desk, kind: 'vetoes' | 'adjustments', fields: Fields, by: Visitor) {
  const { id } = await entered(desk, kind, fields)
  const answer = await answered(by, `/cycles/${desk.cycleId}/${kind}/${id}`, 'confirmation')
  if (answer.statusCode !== 303) throw new Error(`refused: ${answer.body}`)
  return textOf(await by.get(String(answer.headers.location)))
}

await onEachDatabase(
  t,
  'a decision waits for another person, with what it would do',
  async (t, db) => {
    const desk = await aDesk(t, db, aJudgedBundle())
    const organiser = await desk.as('organiser')
    const { id, page } = await entered(desk, 'vetoes', VETO)
    t.match(page, '「市财政局」的一票否决确认后的影响')
    t.match(page, '市财政局 96.00 → 0.00 1 → 3 优秀 → 一般')
    t.match(page, '市纪委立案 市纪〔2026〕12 号 96.00 1 优秀 优秀')
    t.match(page, '待另一人确认')
    t.match(page, '现在只有一个考评办账号')
    t.match(textOf(await organiser.get('/')), '您提出的，等另一人确认')
    const path = `/cycles/${desk.cycleId}/vetoes/${id}`
    const own = await organiser.get(`${path}/confirmation`)
    t.match(textOf(own), '须由另一个考评办账号的人确认')
    t.notMatch(own.body, `action="${path}/confirmation"`)
    const what = { what: 'record' }
    t.equal((await organiser.postForm(`${path}/confirmation`, what)).statusCode, 403)
    const another = await secondOrganiser(desk)
    t.notMatch(textOf(await another.get(`/cycles/${desk.cycleId}/decisions`)), '只有一个考评办账号')
    t.match(textOf(await another.get('/')), '「市财政局」的一票否决 等您确认')
    const silent = await answered(another, path, 'refusal')
    t.equal(silent.statusCode, 422)
    t.match(silent.body, '<a href="#reason">不予确认须写明理由。')
    t.equal((await answered(another, path, 'refusal', { reason: '文号不符' })).statusCode, 303)
    const after = textOf(await organiser.get(`/cycles/${desk.cycleId}/decisions`))
    t.match(after, /不予确认 [-\d: ]+ 沈审核：文号不符/)
    t.equal((await another.postForm(`${path}/confirmation`, what)).statusCode, 404)
    const again = await entered(desk, 'adjustments', ADJUSTMENT)
    const mine = `/cycles/${desk.cycleId}/adjustments/${again.id}`
    t.equal((await answered(organiser, mine, 'withdrawal')).statusCode, 303)
    t.same(await cycleVetoes(db, desk.cycleId), [])
  },
)

await onEachDatabase(
  t,
  'a veto is recorded, and shows what it changes for every unit',
  async (t, db) => {
    const desk = await aDesk(t, db, aJudgedBundle())
    const another = await secondOrganiser(desk)
    const page = await decided(desk, 'vetoes', VETO, another)
    t.match(page, '「市财政局」的一票否决的影响')
    t.match(page, '市财政局 96.00 → 0.00 1 → 3 优秀 → 一般')
    t.match(page, '市教育局 92.00 2 → 1 优秀')
    t.match(page, '市委办公室 90.00 3 → 2 优秀')
    t.match(
      page,
      '班子成员被立案 总分记0分，等次不高于「一般」 市纪委立案 市纪〔2026〕12 号 0.00 3 一般 一般',
    )
    t.match(await cycleVetoes(db, desk.cycleId), [{ decision: { unit: 'U1', veto: 'V1' } }])
  },
)

t.test('a veto that does not hold changes nothing, and says so', async (t) => {
  const desk = await aDesk(t, await emptyDatabase(), aJudgedBundle())
  const another = await secondOrganiser(desk)
  const page = await decided(desk, 'vetoes', { ...VETO, exempt: 'yes' }, another)
  t.match(page, '没有改变任何单位的总分、名次和等次。')
  t.match(page, '不适用')
})

await onEachDatabase(t, 'an adjusted grade stands beside the computed one', async (t, db) => {
  const desk = await aDesk(t, db, aJudgedBundle())
  const another = await secondOrganiser(desk)
  const page = await decided(desk, 'adjustments', ADJUSTMENT, another)
  t.match(page, '市教育局 92.00 2 优秀 → 一般')
  t.match(page, '市教育局 优秀 一般 党委会审定 市委〔2026〕9 号 92.00 2 一般')
  t.match(await cycleAdjustments(db, desk.cycleId), [{ decision: { grade: '一般' } }])
})

await onEachDatabase(
  t,
  'a decision is lifted with a reason, and stays to be read',
  async (t, db) => {
    const desk = await aDesk(t, db, aJudgedBundle())
    const another = await secondOrganiser(desk)
    await decided(desk, 'vetoes', VETO, another)
    const [veto] = await cycleVetoes(db, desk.cycleId)
    const visitor = await desk.as('organiser')
    const path = `/cycles/${desk.cycleId}/vetoes/${veto?.id}/lifting`
    const form = textOf(await visitor.get(path))
    t.match(form, '解除「市财政局」的一票否决')
    t.match(form, '市财政局 96.00 → 0.00')
    const silent = await visitor.postForm(path, { reason: ' ' })
    t.equal(silent.statusCode, 422)
    t.match(silent.body, '<a href="#reason">解除一票否决须写明理由。')
    const done = await visitor.postForm(path, { reason: '不予立案' })
    t.equal(done.statusCode, 303)
    const asked = textOf(await visitor.get(String(done.headers.location)))
    t.match(asked, '「市财政局」的一票否决解除后的影响')
    t.match(asked, '解除待另一人确认')
    t.equal((await visitor.get(path)).statusCode, 409, 'it is asked for already')
    await answered(another, path.replace('/lifting', ''), 'confirmation')
    const page = textOf(await visitor.get(String(done.headers.location)))
    t.match(page, '解除「市财政局」的一票否决的影响')
    t.match(page, '市财政局 0.00 → 96.00 3 → 1 一般 → 优秀')
    t.match(page, /已解除 [-\d: ]+ 沈审核：不予立案/)
    t.equal((await visitor.get(path)).statusCode, 404, 'it is lifted already')
    t.equal((await visitor.postForm(path, { reason: '再解除' })).statusCode, 404)
  },
)

await onEachDatabase(t, 'a lifted grade may be decided anew', async (t, db) => {
  const desk = await aDesk(t, db, aJudgedBundle())
  const another = await secondOrganiser(desk)
  await decided(desk, 'adjustments', ADJUSTMENT, another)
  const [first] = await cycleAdjustments(db, desk.cycleId)
  const visitor = await desk.as('organiser')
  const path = `/cycles/${desk.cycleId}/adjustments/${first?.id}/lifting`
  await visitor.postForm(path, { reason: '复议' })
  await answered(another, path.replace('/lifting', ''), 'confirmation')
  const page = await decided(desk, 'adjustments', { ...ADJUSTMENT, grade: '良好' }, another)
  t.match(page, '市教育局 92.00 2 优秀 → 良好')
  // The effect of lifting the first would give the unit two grades.
  const old = await visitor.get(`/cycles/${desk.cycleId}/decisions?effect=${first?.id}`)
  t.equal(old.statusCode, 200)
})

t.test('a refused decision comes back as typed, with what is wrong', async (t) => {
  const desk = await aDesk(t, await emptyDatabase(), aJudgedBundle())
  const another = await secondOrganiser(desk)
  const visitor = await desk.as('organiser')
  const path = `/cycles/${desk.cycleId}`
  const silent = await visitor.postForm(`${path}/vetoes`, { ...VETO, reason: ' ', exempt: 'yes' })
  t.equal(silent.statusCode, 422)
  t.match(silent.body, '<a href="#veto-unit">')
  t.match(silent.body, 'value="U1" selected')
  t.match(silent.body, 'value="V1" selected')
  t.match(silent.body, 'name="exempt" value="yes" checked')
  const unknown = await visitor.postForm(`${path}/adjustments`, { ...ADJUSTMENT, grade: '特优' })
  t.equal(unknown.statusCode, 422)
  t.match(unknown.body, 'value="党委会审定"')
  await decided(desk, 'adjustments', ADJUSTMENT, another)
  const undocumented = await visitor.postForm(`${path}/vetoes`, { ...VETO, document: '' })
  t.equal(undocumented.statusCode, 422)
  t.match(undocumented.body, '<a href="#veto-document">一票否决须写明依据的文号。')
  const twice = await visitor.postForm(`${path}/adjustments`, ADJUSTMENT)
  t.equal(twice.statusCode, 422)
  const stranger = await visitor.postForm(`${path}/vetoes`, { ...VETO, unitCode: 'U9' })
  t.equal(stranger.statusCode, 404)
  t.same(await cycleVetoes(desk.db, desk.cycleId), [])
  t.equal((await cycleAdjustments(desk.db, desk.cycleId)).length, 1)
})

t.test('a published cycle shows its decisions and takes no more', async (t) => {
  const desk = await aDesk(t, await emptyDatabase(), aJudgedBundle())
  const visitor = await desk.as('organiser')
  const path = `/cycles/${desk.cycleId}`
  await visitor.postForm(`${path}/publication`, { revision: '1', confirmed: 'yes' })
  const page = await visitor.get(`${path}/decisions`)
  t.match(page.body, '结果已经公布，一票否决和等次调整只能查看')
  t.notMatch(page.body, 'name="vetoCode"')
  t.equal((await visitor.postForm(`${path}/vetoes`, VETO)).statusCode, 409)
})

t.test('the organiser decides, the auditor reads, nobody else sees it', async (t) => {
  const desk = await aDesk(t, await emptyDatabase(), aJudgedBundle())
  const another = await secondOrganiser(desk)
  await decided(desk, 'vetoes', VETO, another)
  const [veto] = await cycleVetoes(desk.db, desk.cycleId)
  const path = `/cycles/${desk.cycleId}`
  t.same(await rolesWith(desk, 200, `${path}/decisions`), ['organiser', 'auditor'])
  t.same(await rolesWith(desk, 200, `${path}/vetoes/${veto?.id}/lifting`), ['organiser'])
  t.notMatch(
    (await (await desk.as('auditor')).get(`${path}/decisions`)).body,
    'method="post" action="/cycles',
  )
  for (const role of ALL_ROLES.filter((each) => each !== 'organiser')) {
    const visitor = await desk.as(role)
    t.equal((await visitor.postForm(`${path}/vetoes`, VETO)).statusCode, 403, role)
    t.equal((await visitor.postForm(`${path}/adjustments`, ADJUSTMENT)).statusCode, 403, role)
    const lifting = `${path}/vetoes/${veto?.id}/lifting`
    t.equal((await visitor.postForm(lifting, { reason: '试' })).statusCode, 403, role)
    for (const step of ['confirmation', 'refusal', 'withdrawal']) {
      const url = lifting.replace('lifting', step)
      t.equal((await visitor.postForm(url, { what: 'lift', reason: '试' })).statusCode, 403, role)
    }
  }
  const { statusCode } = await (await desk.as('organiser')).get('/cycles/none/decisions')
  t.equal(statusCode, 404)
})
