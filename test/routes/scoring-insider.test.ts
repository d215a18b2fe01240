/** What a curious insider tries: other people's marks, other people's units, other people's forms. */

import t from 'tap'
import { disableAccount } from '../../server/actions/disable-account.ts'
import { recordMark } from '../../server/actions/record-mark.ts'
import { COMMAND_LINE, type Role } from '../../server/domain/actor.ts'
import type { Bundle } from '../../server/domain/bundle.ts'
import { assessorMarks } from '../../server/store/marks.ts'
import { hiddenField, type Visitor } from '../helpers/app.ts'
import { AT, aBundle, anActor } from '../helpers/cycle.ts'
import { emptyDatabase, onEachDatabase } from '../helpers/database.ts'
import { aDesk, type DeskTest, fillIn } from '../helpers/entry-desk.ts'
import { formOn, textOf } from '../helpers/form-on-page.ts'

/** K2 and K3 mark every unit: with numbers and reasons that stand nowhere else. */
async function othersMark({ db, cycleId }: DeskTest) {
  const marked = { cycleId, version: null, at: AT }
  for (const [assessorCode, mark, reason] of [
    ['K2', '6.5', '李的理由'],
    ['K3', '1.5', '张的理由'],
  ] as const) {
    const actor = anActor({ accountId: `account-${assessorCode}`, assessorCode })
    for (const unitCode of ['U3', 'U1', 'U2']) {
      await recordMark(db, { ...marked, unitCode, indicatorCode: 'A1', mark, reason, actor })
      await recordMark(db, {
        ...marked,
        unitCode,
        indicatorCode: 'A2',
        mark: '一般',
        reason,
        actor,
      })
    }
  }
}

/** Everything an assessor can look at, without what is new in every page. */
async function pagesOf(visitor: Visitor, { scoring, ledger }: DeskTest): Promise<string[]> {
  const paths = [
    ...['', '?by=unit', '/indicators/A1', '/indicators/A1?columns=marks', '/indicators/A2'],
    ...[
      '/indicators/A3',
      '/indicators/B1',
      '/indicators/B2',
      '/units/U1',
      '/units/U2',
      '/units/U3',
    ],
  ]
  const pages = [...paths.map((path) => scoring + path), ledger, `${ledger}?history=1`]
  const bodies: string[] = []
  for (const page of pages) {
    const { body } = await visitor.get(page)
    bodies.push(body.replaceAll(/name="_csrf" value="[^"]*"/g, ''))
  }
  return bodies
}

await onEachDatabase(
  t,
  'whatever others mark, an assessor’s pages stay the same',
  async (t, db) => {
    const desk = await aDesk(t, db)
    const { visitor } = desk.wang
    await fillIn(visitor, `${desk.scoring}/indicators/A1`, { 'mark/U1': '7', 'reason/U1': '我的' })
    await visitor.get(desk.scoring)
    const before = await pagesOf(visitor, desk)
    await othersMark(desk)
    t.strictSame(await pagesOf(visitor, desk), before)
    t.notMatch(before.join(), /李的理由|张的理由|6\.5|1\.5/)
  },
)

t.test('neither do the answers to what he enters tell of others’ marks', async (t) => {
  const answers = async (crowded: boolean) => {
    const desk = await aDesk(t, await emptyDatabase())
    if (crowded) await othersMark(desk)
    const told: string[] = []
    for (const [path, typed] of [
      ['/indicators/A1', { 'mark/U1': '8', 'mark/U2': '9', 'mark/U3': '7,5' }],
      ['/indicators/A1', { 'mark/U2': '6.5', 'reason/U3': '只有理由' }],
      ['/units/U2', { 'mark/A1': '', 'mark/A2': '好', 'points/A2': '8' }],
      ['/units/U2', { 'mark/A1': '4.2' }],
    ] as const) {
      const answer = await fillIn(desk.wang.visitor, desk.scoring + path, typed)
      const page = answer.statusCode === 303 ? await desk.wang.visitor.get(desk.scoring) : answer
      told.push(`${answer.statusCode} ${textOf(page.body)}`)
    }
    return told
  }
  t.strictSame(await answers(true), await answers(false))
})

t.test('a lead sees no more of others’ marks than an assessor', async (t) => {
  const desk = await aDesk(t, await emptyDatabase())
  await othersMark(desk)
  // One code is one person's: wang makes way for him.
  await disableAccount(desk.db, { login: 'wang', actor: COMMAND_LINE, at: AT })
  const lead = await desk.person('zhao', { roles: ['lead'], assessorCode: 'K1' })
  t.notMatch((await pagesOf(lead.visitor, desk)).join(), /李的理由|张的理由|6\.5|1\.5/)
})

t.test('a form that claims another’s name is entered under his own', async (t) => {
  const desk = await aDesk(t, await emptyDatabase())
  const { db, cycleId } = desk
  await othersMark(desk)
  const claims = { assessor: 'K2', assessorCode: 'K2', 'assessor/U1': 'K2' }
  await fillIn(desk.wang.visitor, `${desk.scoring}/indicators/A1`, { 'mark/U1': '8', ...claims })
  const of = async (assessor: string) =>
    (await assessorMarks(db, { cycleId, assessor, unit: 'U1', indicator: 'A1' })).map((m) => m.mark)
  t.strictSame([await of('K1'), await of('K2')], [['8'], ['6.5']])
})

t.test('where one person marks, a second is refused and learns no more than that', async (t) => {
  const desk = await aDesk(t, await emptyDatabase())
  const li = await desk.person('lijun', { name: '李军', assessorCode: 'K2' })
  const path = `${desk.scoring}/indicators/A3`
  await fillIn(li.visitor, path, { 'mark/U1': 'no', 'reason/U1': '李的理由' })
  const answer = await fillIn(desk.wang.visitor, path, { 'mark/U1': 'yes' })
  t.equal(answer.statusCode, 422)
  t.match(textOf(answer.body), /只由一人打分.已有另一位考核员的打分/)
  t.notMatch(answer.body, /李军|李考核|李的理由|value="no" checked/)
  t.strictSame(await assessorMarks(desk.db, { cycleId: desk.cycleId, assessor: 'K1' }), [])
})

t.test('and learns the same whatever the other gave', async (t) => {
  const told = async (mark: string, reason: string) => {
    const desk = await aDesk(t, await emptyDatabase())
    const li = await desk.person('lijun', { name: '李军', assessorCode: 'K2' })
    const path = `${desk.scoring}/indicators/A3`
    await fillIn(li.visitor, path, { 'mark/U1': mark, 'reason/U1': reason })
    const { visitor } = desk.wang
    const answers = [
      await fillIn(visitor, path, { 'mark/U1': 'yes', 'mark/U2': 'no', 'reason/U2': '缺' }),
      await fillIn(visitor, path, { 'mark/U1': 'no', 'reason/U1': '缺' }),
      await visitor.postForm(`${desk.scoring}/cells`, { indicator: 'A3', 'mark/U1': 'yes' }),
      await visitor.get(path),
      await visitor.get(desk.scoring),
    ]
    return answers.map(({ statusCode, body }) => `${statusCode} ${textOf(body)}`)
  }
  t.strictSame(await told('no', '李的理由'), await told('yes', ''))
})

t.test('a weighted indicator is marked only by the groups it lists', async (t) => {
  const bundle: Bundle = structuredClone(aBundle())
  for (const node of bundle.scheme.base) {
    if (node.code !== 'A1' || !('method' in node)) continue
    node.combine = { type: 'weighted', weights: { 领导: 100 } }
  }
  bundle.assessors = [
    { code: 'K1', name: '王考核', group: '考核组' },
    { code: 'K2', name: '李领导', group: '领导' },
  ]
  const desk = await aDesk(t, await emptyDatabase(), bundle)
  const { visitor } = desk.wang
  t.notMatch((await visitor.get(desk.scoring)).body, '/indicators/A1')
  const path = `${desk.scoring}/indicators/A1`
  for (const answer of [
    await visitor.get(path),
    await visitor.postForm(path, { 'mark/U1': '8' }),
  ]) {
    t.equal(answer.statusCode, 403)
    t.match(textOf(answer.body), '「理论武装」由考核员打分')
  }
  const byUnit = await fillIn(visitor, `${desk.scoring}/units/U1`, { 'mark/A1': '8' })
  t.equal(byUnit.statusCode, 422)
  t.match(textOf(byUnit.body), '您不在其列，不能填写。')
  const leader = await desk.person('lingdao', { assessorCode: 'K2' })
  t.equal((await fillIn(leader.visitor, path, { 'mark/U1': '8' })).statusCode, 303)
})

t.test('who is not among the assessors is told so, and what to do', async (t) => {
  const desk = await aDesk(t, await emptyDatabase())
  const stranger = await desk.person('xin', { assessorCode: 'K9' })
  const { body } = await stranger.visitor.get(desk.scoring)
  t.match(textOf(body), '您还不在「清廉机关评价体系」的考核员名单中，不能打分')
  t.match(textOf(body), '请联系考评办核对名单')
  const path = `${desk.scoring}/indicators/A1`
  const refused = await stranger.visitor.postForm(path, { 'mark/U1': '8' })
  t.equal(refused.statusCode, 403)
  t.match(textOf(refused.body), '请考评办核对账号的考核员代码')
  const line = await fillIn(stranger.visitor, `${desk.scoring}/indicators/B1`, { 'value/U1': '9' })
  t.equal(line.statusCode, 303, 'values are not marks')
})

t.test('an organiser enters values and marks nothing', async (t) => {
  const desk = await aDesk(t, await emptyDatabase())
  await othersMark(desk)
  const kao = await desk.person('kao', { roles: ['organiser'], assessorCode: null })
  const { body } = await kao.visitor.get(desk.scoring)
  t.match(textOf(body), '数据录入')
  t.notMatch(textOf(body), /由我打分|考核员名单/)
  const path = `${desk.scoring}/indicators/A1`
  t.equal((await kao.visitor.get(path)).statusCode, 403)
  t.equal((await kao.visitor.postForm(path, { 'mark/U1': '8' })).statusCode, 403)
})

t.test('entry is closed to everybody else, on every path', async (t) => {
  const desk = await aDesk(t, await emptyDatabase())
  const others: Role[] = ['admin', 'leader', 'unit', 'auditor']
  for (const role of others) {
    const about = { roles: [role], assessorCode: 'K1', unitCode: 'U1' }
    const { visitor } = await desk.person(`the-${role}`, about)
    for (const path of ['', '/indicators/A1', '/units/U2']) {
      t.equal((await visitor.get(desk.scoring + path)).statusCode, 403, `${role} ${path}`)
    }
    for (const path of ['/indicators/A1', '/units/U2']) {
      const answer = await visitor.postForm(desk.scoring + path, { 'mark/U1': '8' })
      t.equal(answer.statusCode, 403, `${role} ${path}`)
    }
  }
})

/** 42 units with one indicator each for marks, and everything else as it is. */
function aLargeBundle(): Bundle {
  const units = Array.from({ length: 42 }, (_, index) => {
    return { code: `U${index + 1}`, name: `第${index + 1}单位`, category: '政府部门' }
  })
  return aBundle({ units })
}

function everyMark(mark: string): Record<string, string> {
  return Object.fromEntries(
    Array.from({ length: 42 }, (_, index) => [
      [`mark/U${index + 1}`, mark],
      [`reason/U${index + 1}`, `理由${index + 1}`],
    ]).flat(),
  )
}

await onEachDatabase(t, 'a form of 42 units outlives its session', async (t, db) => {
  const desk = await aDesk(t, db, aLargeBundle())
  const { visitor, account } = desk.wang
  const path = `${desk.scoring}/indicators/A1`
  await fillIn(visitor, path, { 'mark/U1': '3' })
  const typed = { ...formOn((await visitor.get(path)).body, path), ...everyMark('7.5') }
  desk.clock.pass(31)
  const refused = await visitor.post(path, { ...typed, 'mark/U42': '', 'reason/U42': '' })
  t.equal(refused.statusCode, 401)
  t.match(refused.body, '刚才填写的内容没有丢失')
  const hidden = ['_csrf', '_for', 'next', 'kept'].map((name) => [name, hiddenField(refused, name)])
  const { login, password } = account
  const answer = await visitor.post('/login', { ...Object.fromEntries(hidden), login, password })
  t.equal(answer.headers.location, '/kept-form')
  const kept = await visitor.get('/kept-form')
  t.match(textOf(kept.body), '第1单位 得分 7.5 第1单位 理由 理由1')
  t.notMatch(textOf(kept.body), /seen|第42单位/, 'only what was changed is shown')
  t.equal((await assessorMarks(db, { cycleId: desk.cycleId, assessor: 'K1' })).length, 1)
  const sent = await visitor.post(path, formOn(kept.body, path))
  t.equal(sent.statusCode, 303)
  const marks = await assessorMarks(db, { cycleId: desk.cycleId, assessor: 'K1' })
  t.equal(marks.length, 41)
  t.ok(marks.every(({ mark, reason }) => mark === '7.5' && reason?.startsWith('理由')))
  t.equal((await visitor.get('/kept-form')).headers.location, '/', 'and it is not kept any longer')
})

await onEachDatabase(t, '42 units are saved with one form', async (t, db) => {
  const desk = await aDesk(t, db, aLargeBundle())
  const path = `${desk.scoring}/indicators/A1`
  const { visitor } = desk.wang
  const { body } = await visitor.get(path)
  const answer = await visitor.post(path, { ...formOn(body, path), ...everyMark('7.5') })
  t.equal(answer.statusCode, 303)
  t.equal((await assessorMarks(db, { cycleId: desk.cycleId, assessor: 'K1' })).length, 42)
})
