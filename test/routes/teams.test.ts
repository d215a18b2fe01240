import t from 'tap'
import { addEvent } from '../../server/actions/add-event.ts'
import { addTeam } from '../../server/actions/add-team.ts'
import { assignMarks } from '../../server/actions/assign-marks.ts'
import { declareRecusal } from '../../server/actions/declare-recusal.ts'
import { recordMark } from '../../server/actions/record-mark.ts'
import type { Actor } from '../../server/domain/actor.ts'
import { cycleTeams } from '../../server/store/teams.ts'
import { anAccount, signIn, type Visitor } from '../helpers/app.ts'
import { AT, li, organiser, setStage, wang } from '../helpers/cycle.ts'
import { emptyDatabase, onEachDatabase } from '../helpers/database.ts'
import { aDesk, type Desk, postMultipart, rolesWith, textOf } from '../helpers/desk.ts'
import { aPdf } from '../helpers/evidence.ts'

const by = { actor: organiser, at: AT }

/** Two teams: 张组长 (K3) leads K1 for U1 and U2; 李组长 (K2) has U3 to himself. */
async function twoTeams(desk: Desk): Promise<{ zhang: Visitor; li: Visitor }> {
  const { db, cycleId } = desk
  const zhang = await desk.as('lead')
  const person = { login: 'li', name: '李组长', roles: ['lead'], assessorCode: 'K2' } as const
  const other = await signIn(desk.app, await anAccount(db, person))
  const given = { cycleId, how: 'give' as const, indicators: ['A1'], ...by }
  await assignMarks(db, { ...given, assessors: ['K1', 'K3'], units: ['U1', 'U2'] })
  await assignMarks(db, { ...given, assessors: ['K2'], units: ['U3'] })
  await addTeam(db, { cycleId, name: '第一组', members: ['K1'], lead: 'K3', ...by })
  await addTeam(db, { cycleId, name: '第二组', members: [], lead: 'K2', ...by })
  return { zhang, li: other }
}

function marking(desk: Desk, actor: Actor, unitCode: string, mark: string, reason: string) {
  const cell = { cycleId: desk.cycleId, unitCode, indicatorCode: 'A1', version: null }
  return recordMark(desk.db, { ...cell, mark, reason, actor, at: AT })
}

onEachDatabase(t, 'a lead sees the marks of his team, and no other lead does', async (t, db) => {
  const desk = await aDesk(t, db)
  const { zhang, li: other } = await twoTeams(desk)
  await marking(desk, wang, 'U1', '6.5', '学习记录不全')
  await marking(desk, li, 'U3', '7.5', '缺少签到表')
  const path = `/cycles/${desk.cycleId}/team`
  const own = textOf(await zhang.get(path))
  t.match(own, /第一组 .*王考核 6\.5 低于满分 学习记录不全/)
  t.match(own, '1 / 4')
  t.notMatch(own, /市委办公室|李考核|缺少签到表|7\.5/)
  const others = textOf(await other.get(path))
  t.match(others, /第二组 .*李考核 7\.5 低于满分 缺少签到表/)
  t.notMatch(others, /市财政局|市教育局|王考核|学习记录不全|6\.5/)
  for (const query of ['unit=U1', 'member=K1', 'unit=U1&indicator=A1&member=K1&standing=below']) {
    t.notMatch(textOf(await other.get(`${path}?${query}`)), /市财政局|王考核|学习记录不全/, query)
  }
  const left = textOf(await zhang.get(`${path}?standing=left`))
  t.match(left, '市教育局 A1 理论武装 8 分 王考核 未打分')
  t.notMatch(left, '学习记录不全')
  t.match(
    textOf(await zhang.get('/')),
    /第一组 .*全组打分 1 \/ 4 ，王考核还剩 1 项，张组长还剩 2 项/,
  )
  t.match((await zhang.get(`/cycles/${desk.cycleId}`)).body, `href="${path}"`)
})

onEachDatabase(t, 'a lead is told nothing of units of another team on any path', async (t, db) => {
  const desk = await aDesk(t, db)
  const { zhang } = await twoTeams(desk)
  const { cycleId } = desk
  const event = { unit: 'U3', indicator: 'C1', rule: 'late', reason: '信息迟报' }
  const eventId = await addEvent(db, { cycleId, event, ...by })
  await addEvent(db, { cycleId, event: { ...event, unit: 'U1', reason: '总结迟报' }, ...by })
  const base = `/cycles/${cycleId}`
  const lists = [
    '/scoring',
    '/scoring?by=unit',
    '/ledger',
    '/ledger?history=1',
    '/self-assessments',
  ]
  for (const path of [
    ...lists,
    '/scoring/indicators/A1',
    '/scoring/indicators/B1',
    '/score-sheet',
  ]) {
    const answer = await zhang.get(base + path)
    t.equal(answer.statusCode, 200, path)
    t.notMatch(textOf(answer), /市委办公室|信息迟报/, path)
  }
  t.match(textOf(await zhang.get(`${base}/self-assessments`)), '2 个单位')
  t.match(textOf(await zhang.get(`${base}/ledger`)), '总结迟报')
  t.match(textOf(await zhang.get(`${base}/ledger?q=迟报`)), '共 1 条')
  t.match(textOf(await zhang.get(`${base}/ledger?unit=U3`)), '没有符合条件')
  const shut = [
    ...['/scoring/units/U3', '/self-assessments/U3', '/results/U3', '/ranking', '/teams'],
    ...[`/ledger/${eventId}/correction`, `/ledger/${eventId}/withdrawal`, '/workbooks'],
    ...['/bundle.json', '/assignments', '/decisions', '/workbooks/ranking.xlsx'],
  ]
  for (const path of shut) {
    const answer = await zhang.get(base + path)
    t.ok([403, 404].includes(answer.statusCode), path)
    t.notMatch(textOf(answer), /市委办公室|信息迟报/, path)
  }
  const writes: readonly [string, Record<string, string>][] = [
    ['/scoring/cells', { indicator: 'A1', 'mark/U3': '8' }],
    ['/scoring/indicators/A1', { 'mark/U3': '8' }],
    ['/scoring/units/U3', { 'mark/A1': '8' }],
    ['/ledger', { unit: 'U3', indicator: 'C1', rule: 'late', reason: '试' }],
    [`/ledger/${eventId}/withdrawal`, { reason: '试' }],
    ['/self-assessments/U3/returns', { remark: '试', version: '1' }],
  ]
  for (const [path, fields] of writes) {
    const answer = await zhang.postForm(base + path, fields)
    t.not(answer.statusCode, 303, path)
    t.notMatch(textOf(answer), /市委办公室|信息迟报/, path)
  }
  t.equal((await db.selectFrom('mark').selectAll().execute()).length, 0)
})

onEachDatabase(t, 'evidence is opened by the lead of its team alone', async (t, db) => {
  const desk = await aDesk(t, db)
  const { zhang, li: other } = await twoTeams(desk)
  const base = `/cycles/${desk.cycleId}`
  await setStage(db, desk.cycleId, 'self_assessment')
  const handedIn = await postMultipart(
    desk,
    await desk.as('unit'),
    `${base}/self-assessment/indicators/A1/evidence`,
    {},
    { field: 'file', name: '会议纪要.pdf', content: aPdf() },
  )
  t.equal(handedIn.statusCode, 303, textOf(handedIn))
  await setStage(db, desk.cycleId, 'scoring')
  const piece = await db.selectFrom('evidence').select('id').executeTakeFirstOrThrow()
  const file = `${base}/evidence/${piece.id}/file`
  t.equal((await zhang.get(file)).statusCode, 200)
  t.equal((await other.get(file)).statusCode, 404)
  t.equal((await other.get(`${base}/self-assessments/U1`)).statusCode, 404)
  t.match(textOf(await zhang.get(`${base}/scoring/units/U1`)), '会议纪要')
  t.equal((await other.get(`${base}/scoring/units/U1`)).statusCode, 404)
})

onEachDatabase(t, 'a lead is not shown how his team marks a unit he is tied to', async (t, db) => {
  const desk = await aDesk(t, db)
  const { zhang } = await twoTeams(desk)
  await marking(desk, wang, 'U1', '6.5', '学习记录不全')
  const tie = { cycleId: desk.cycleId, assessor: 'K3', unit: 'U1', reason: '曾任该局副局长' }
  await declareRecusal(db, { ...tie, ...by })
  const page = textOf(await zhang.get(`/cycles/${desk.cycleId}/team?unit=U1`))
  t.match(page, '按回避规定，「市财政局」的打分不向您显示')
  t.notMatch(page, /6\.5|学习记录不全/)
  t.match(page, '0 / 2')
})

onEachDatabase(t, 'without teams a lead keeps to the cycle, and leads nobody', async (t, db) => {
  const desk = await aDesk(t, db)
  const lead = await desk.as('lead')
  const base = `/cycles/${desk.cycleId}`
  const page = await lead.get(`${base}/team`)
  t.match([page.statusCode, textOf(page)], [403, '您不是「2026年度考核」任何考核组的组长'])
  t.match(textOf(await lead.get(`${base}/self-assessments`)), /市财政局.*市委办公室/)
  t.notMatch((await lead.get(base)).body, `${base}/team"`)
})

t.test('an organiser sets teams up, and assigns by them', async (t) => {
  const db = await emptyDatabase()
  const desk = await aDesk(t, db)
  await desk.account('lead')
  const visitor = await desk.as('organiser')
  const path = `/cycles/${desk.cycleId}/teams`
  t.match(textOf(await visitor.get(path)), '这个周期没有考核组')
  const form = { name: '第一组', members: ['K1', 'K2'], lead: 'K3' }
  const added = await visitor.postForm(path, form)
  t.match([added.statusCode, added.headers.location], [303, path])
  t.match(textOf(await visitor.get(path)), '第一组 张组长 王考核、李考核、张组长 全部 3 家 不限')
  const chosen = { assessors: 'team:T1', indicators: 'one:A1', units: 'one:U1', how: 'give' }
  await visitor.postForm(`/cycles/${desk.cycleId}/assignments`, chosen)
  t.match(textOf(await visitor.get(path)), '1 家 3 项')
  t.match((await visitor.get(`${path}/T1`)).body, 'value="K1" checked')
  const nobody = await visitor.postForm(`${path}/T1`, { name: '第一组', lead: '' })
  t.match([nobody.statusCode, textOf(nobody)], [422, '请为「第一组」至少选择一名组员。'])
  t.match(nobody.body, 'href="#members"')
  const changed = await visitor.postForm(`${path}/T1`, { ...form, members: ['K1'], lead: '' })
  t.equal(changed.statusCode, 303)
  t.match(textOf(await visitor.get(path)), /还没有组长.*不在任何考核组的考核员：李考核、张组长。/)
  const unasked = await visitor.postForm(`${path}/T1/dissolution`, {})
  t.match([unasked.statusCode, textOf(unasked)], [422, '请先勾选确认，再撤销考核组。'])
  const gone = await visitor.postForm(`${path}/T1/dissolution`, { confirmed: 'yes' })
  t.equal(gone.statusCode, 303)
  t.equal((await cycleTeams(db, desk.cycleId)).length, 0)
  t.equal((await visitor.get(`${path}/T1`)).statusCode, 404)
})

t.test('a faulty form keeps what was typed', async (t) => {
  const desk = await aDesk(t, await emptyDatabase())
  const visitor = await desk.as('organiser')
  const path = `/cycles/${desk.cycleId}/teams`
  const answer = await visitor.postForm(path, { name: ' ', members: 'K1', lead: '' })
  t.match([answer.statusCode, textOf(answer)], [422, '请填写考核组的名称，1 到 20 个字。'])
  t.match(answer.body, 'value="K1" checked')
  t.match(answer.body, 'href="#name"')
})

t.test('organisers and auditors open the teams, and only a lead his own', async (t) => {
  const desk = await aDesk(t, await emptyDatabase())
  await twoTeams(desk)
  const path = `/cycles/${desk.cycleId}`
  t.strictSame(await rolesWith(desk, 200, `${path}/teams`), ['organiser', 'auditor'])
  t.strictSame(await rolesWith(desk, 200, `${path}/teams/T1`), ['organiser'])
  t.strictSame(await rolesWith(desk, 200, `${path}/team`), ['lead'])
  t.notMatch(
    (await (await desk.as('auditor')).get(`${path}/teams`)).body,
    '<form method="post" action="/cycles',
  )
})
