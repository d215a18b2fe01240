import t from 'tap'
import { addEvent } from '../../server/actions/add-event.ts'
import { publishResult } from '../../server/actions/publish-result.ts'
import type { Role } from '../../server/domain/actor.ts'
import type { Event } from '../../server/domain/bundle.ts'
import { ledgerEvents, standingEvents } from '../../server/store/events.ts'
import { AT, aBundle, organiser, traceOf } from '../helpers/cycle.ts'
import { emptyDatabase, onEachDatabase } from '../helpers/database.ts'
import { aDesk, type DeskTest, fillIn } from '../helpers/entry-desk.ts'
import { formOn, rowWith, textOf } from '../helpers/form-on-page.ts'

const CASE = { unit: 'U1', indicator: 'C1', rule: 'case' }
const LATE: Event = { unit: 'U1', indicator: 'C1', rule: 'late', reason: '迟报两次', count: 2 }

const newPath = ({ ledger }: DeskTest, query: Record<string, string>) =>
  `${ledger}/new?${new URLSearchParams(query)}`

async function anEvent({ db, cycleId, wang }: DeskTest, changes: Partial<Event> = {}) {
  return addEvent(db, { cycleId, event: { ...LATE, ...changes }, actor: wang.actor, at: AT })
}

await onEachDatabase(
  t,
  'a fact is recorded in steps, and shown marked in the list',
  async (t, db) => {
    const desk = await aDesk(t, db)
    const { visitor } = desk.wang
    const first = await visitor.get(`${desk.ledger}/new`)
    t.match(first.body, '<option value="U2">市教育局</option>')
    t.notMatch(first.body, 'name="reason"')
    const second = await visitor.get(newPath(desk, { unit: 'U1', indicator: 'C1' }))
    t.match(textOf(second.body), '迟报扣0.5分')
    t.match(textOf(second.body), '案件：诫勉扣3分、处分扣5分（瞒报按2倍）')
    t.notMatch(second.body, 'name="reason"')
    const path = newPath(desk, CASE)
    const typed = {
      ...{ tier: '诫勉', factors: '瞒报', count: '２', reason: ' 诫勉谈话 ' },
      date: '2026-05-06',
    }
    const more = { document: '机纪〔2026〕3号', foundBy: '督查', matter: '某案' }
    const answer = await fillIn(visitor, path, { ...typed, ...more }, desk.ledger)
    t.equal(answer.statusCode, 303)
    const [stored] = await ledgerEvents(db, desk.cycleId)
    t.strictSame(stored?.event, {
      ...{ ...CASE, count: 2, tier: '诫勉', factors: ['瞒报'], matter: '某案', reason: '诫勉谈话' },
      ...{ document: '机纪〔2026〕3号', date: '2026-05-06', foundBy: '督查' },
    })
    const list = await visitor.get(String(answer.headers.location))
    t.match(list.body, '已记一条台账。')
    const row = rowWith(list.body, '刚记录')
    t.match(textOf(row), '市财政局 刚记录 廉洁记录 案件：诫勉 ×2（瞒报） 诫勉谈话 事项：某案')
    t.match(textOf(row), '机纪〔2026〕3号 2026-05-06 督查 扣 12 分')
    t.match(textOf(row), '王考核')
    t.match(list.body, `href="${desk.ledger}/new?unit&#x3D;U1&amp;indicator&#x3D;C1">再记一条`)
    const again = await fillIn(visitor, path, { ...typed, onward: 'again' }, desk.ledger)
    t.equal(again.headers.location, `${desk.ledger}/new?unit=U1&indicator=C1&rule=case`)
    t.match((await visitor.get(path)).body, '<option value="某案"></option>', 'matters are offered')
  },
)

t.test('a faulty fact comes back as typed, with each fault at its field', async (t) => {
  const desk = await aDesk(t, await emptyDatabase())
  const before = await traceOf(desk.db, desk.cycleId)
  const late = { ...CASE, rule: 'late' }
  const faults = [
    [late, { reason: '' }, 'reason', '请写明事由'],
    [late, { reason: '迟报', count: '0' }, 'count', '次数应是正整数，您填了「0」'],
    [late, { reason: '迟报', count: '1.5' }, 'count', '次数应是正整数'],
    [late, { reason: '迟报', count: '1,5' }, 'count', '小数点请用「.」'],
    [late, { reason: '迟报', date: '2026-02-30' }, 'date', '日期应是真实的日子'],
    [late, { reason: '迟报', date: '去年' }, 'date', '您填了「去年」'],
    [late, { reason: '迟报', date: '2026-11-21' }, 'date', '日期不能晚于今天（2026-11-20）'],
    [CASE, { reason: '案件' }, 'tier', '请填写情形'],
    [CASE, { reason: '案件', tier: '口头' }, 'tier', '情形应是「诫勉」、「处分」之一'],
    [CASE, { reason: '案件', tier: '诫勉', factors: '从轻' }, 'factors', '没有系数「从轻」'],
  ] as const
  for (const [place, typed, field, message] of faults) {
    const given = { document: '机纪〔2026〕3号', matter: '某案', ...typed }
    const answer = await fillIn(desk.wang.visitor, newPath(desk, place), given, desk.ledger)
    t.equal(answer.statusCode, 422, message)
    t.match(unbroken(answer.body), new RegExp(`<a href="#${field}">[^<]*${escaped(message)}`))
    t.match(answer.body, new RegExp(`id="${field}"`))
    const { factors: _, ...shown } = { factors: '', ...given }
    t.match(formOn(answer.body, desk.ledger), shown)
  }
  t.strictSame(await traceOf(desk.db, desk.cycleId), before)
})

const unbroken = (html: string) => html.replaceAll(/\s+/g, ' ')
const escaped = (text: string) => text.replaceAll(/[.()（）]/g, '\\$&')

await onEachDatabase(
  t,
  'a correction shows the old record struck, who, when and why',
  async (t, db) => {
    const desk = await aDesk(t, db)
    const id = await anEvent(desk)
    const path = `${desk.ledger}/${id}/correction`
    const { visitor } = desk.wang
    const opened = formOn((await visitor.get(path)).body, path)
    t.match(opened, { reason: '迟报两次', count: '2' })
    const silent = await visitor.post(path, { ...opened, count: '3' })
    t.equal(silent.statusCode, 422)
    t.match(silent.body, '<a href="#changeReason">更正台账记录须写明理由。')
    t.match(formOn(silent.body, path), { count: '3' })
    const answer = await visitor.post(path, { ...opened, count: '3', changeReason: '漏记一次' })
    t.equal(answer.statusCode, 303)
    const { body } = await visitor.get(String(answer.headers.location))
    t.match(textOf(rowWith(body, '刚记录')), '×3')
    const struck = rowWith(body, '不再计分')
    t.match(struck, /<del>廉洁记录/)
    t.match(textOf(struck), '由王考核更正，理由：漏记一次')
    const plain = await visitor.get(desk.ledger)
    t.notMatch(plain.body, '不再计分')
    t.match(textOf(plain.body), '更正过 1 次')
    t.match(await standingEvents(db, desk.cycleId), [{ count: 3 }])
  },
)

t.test('a correction may move a fact to another rule, indicator or unit', async (t) => {
  const desk = await aDesk(t, await emptyDatabase())
  const id = await anEvent(desk)
  const path = `${desk.ledger}/${id}/correction`
  const moved = `${path}?${new URLSearchParams({ unit: 'U2', indicator: 'C1', rule: 'case' })}`
  const typed = { tier: '处分', count: '', changeReason: '记错单位' }
  const answer = await fillIn(desk.wang.visitor, moved, typed, path)
  t.equal(answer.statusCode, 303)
  t.strictSame(await standingEvents(desk.db, desk.cycleId), [
    { ...CASE, unit: 'U2', tier: '处分', reason: '迟报两次' },
  ])
  const { body } = await desk.wang.visitor.get(`${desk.ledger}?unit=U1&history=1`)
  t.match(textOf(rowWith(body, '不再计分')), '由王考核更正，理由：记错单位')
})

t.test('what a colleague corrected meanwhile is shown, and nothing typed is lost', async (t) => {
  const desk = await aDesk(t, await emptyDatabase())
  const id = await anEvent(desk)
  const path = `${desk.ledger}/${id}/correction`
  const li = await desk.person('lijun', { name: '李军', roles: ['organiser'], assessorCode: null })
  const opened = formOn((await desk.wang.visitor.get(path)).body, path)
  await fillIn(li.visitor, path, { reason: '迟报三次', changeReason: '核实' })
  const late = await desk.wang.visitor.post(path, { ...opened, count: '5', changeReason: '多次' })
  t.equal(late.statusCode, 409)
  t.match(textOf(late.body), '这条记录刚刚被更正过')
  t.match(textOf(late.body), '迟报三次')
  t.match(formOn(late.body, path), { count: '5', changeReason: '多次', reason: '迟报两次' })
  t.equal((await desk.wang.visitor.get(path)).statusCode, 409, 'and it is not offered again')
})

await onEachDatabase(
  t,
  'withdrawing asks again, needs a reason, and deletes nothing',
  async (t, db) => {
    const desk = await aDesk(t, db)
    const id = await anEvent(desk)
    const path = `${desk.ledger}/${id}/withdrawal`
    const { visitor } = desk.wang
    t.match(textOf((await visitor.get(path)).body), '确定要撤销这条记录吗？')
    const silent = await fillIn(visitor, path, { reason: ' ' })
    t.equal(silent.statusCode, 422)
    t.match(silent.body, '撤销台账记录须写明理由。')
    t.equal((await standingEvents(db, desk.cycleId)).length, 1)
    const answer = await fillIn(visitor, path, { reason: '查无此事' })
    t.equal(answer.statusCode, 303)
    const { body } = await visitor.get(String(answer.headers.location))
    t.match(textOf(rowWith(body, '不再计分')), '由王考核撤销，理由：查无此事')
    t.match(textOf((await visitor.get(desk.ledger)).body), '还没有台账记录')
    t.equal((await ledgerEvents(db, desk.cycleId, { history: true })).length, 1)
  },
)

await onEachDatabase(t, 'events are found by everything they say', async (t, db) => {
  const desk = await aDesk(t, db)
  await anEvent(desk, { date: '2026-03-01', foundBy: '自查', document: '机工〔2026〕3号' })
  await anEvent(desk, { unit: 'U2', date: '2026-06-01', foundBy: '信访', reason: '迟报一次' })
  await anEvent(desk, { ...CASE, unit: 'U2', tier: '诫勉', matter: '某案' })
  const found = async (query: Record<string, string>) => {
    const { body } = await desk.wang.visitor.get(`${desk.ledger}?${new URLSearchParams(query)}`)
    return Number(/共 (\d+) 条/.exec(body)?.[1] ?? 0)
  }
  const sought: [Record<string, string>, number][] = [
    [{}, 3],
    [{ unit: 'U2' }, 2],
    [{ indicator: 'C1' }, 3],
    [{ indicator: 'A1' }, 0],
    [{ kind: 'tiers' }, 1],
    [{ kind: 'count' }, 2],
    [{ kind: 'lower' }, 3],
    [{ kind: 'raise' }, 0],
    [{ foundBy: '信访' }, 1],
    [{ from: '2026-03-02' }, 1],
    [{ to: '2026-03-01' }, 1],
    [{ from: '不是日子' }, 3],
    [{ q: '一次' }, 1],
    [{ q: '某案' }, 1],
    [{ q: '〔2026〕' }, 1],
    [{ unit: 'U2', foundBy: '自查' }, 0],
  ]
  for (const [query, count] of sought) t.equal(await found(query), count, JSON.stringify(query))
  const none = await desk.wang.visitor.get(`${desk.ledger}?q=none`)
  t.match(textOf(none.body), '没有符合条件的台账记录')
})

await onEachDatabase(t, 'who sees results sees what each event cost', async (t, db) => {
  const bundle = structuredClone(aBundle())
  for (const node of bundle.scheme.base) {
    if (!('method' in node) || node.method.type !== 'ledger') continue
    node.method.rules = node.method.rules.map((rule) => ({ ...rule, cap: '4' }))
  }
  const desk = await aDesk(t, db, bundle)
  await anEvent(desk, { ...CASE, tier: '诫勉', count: 1, matter: '某案', reason: '轻的' })
  await anEvent(desk, { ...CASE, tier: '处分', count: 1, matter: '某案', reason: '重的' })
  await anEvent(desk, { reason: '迟报' })
  const costs = async (roles: Role[]) => {
    const person = await desk.person(roles.join('-'), { roles, assessorCode: null })
    const { body } = await person.visitor.get(desk.ledger)
    return ['轻的', '重的', '迟报'].map((reason) => textOf(rowWith(body, reason)))
  }
  for (const role of ['organiser', 'auditor'] as const) {
    const [light, heavy, late] = await costs([role])
    t.match(light, /扣 3 分 不计入：同一事项就高不重复 0， 见计入的一条/)
    t.match(heavy, /扣 5 分 部分计入：已到本条规则的上限 扣 4 分/)
    t.match(late, /扣 1 分 计入 扣 1 分/)
  }
  const { body } = await desk.wang.visitor.get(desk.ledger)
  t.match(textOf(rowWith(body, '轻的')), '扣 3 分')
  t.notMatch(body, /不计入|部分计入|扣 4 分/, 'an assessor does not')
})

t.test('an auditor reads and cannot write', async (t) => {
  const desk = await aDesk(t, await emptyDatabase())
  const id = await anEvent(desk)
  const { visitor } = await desk.person('jian', { roles: ['auditor'], assessorCode: null })
  const { body } = await visitor.get(desk.ledger)
  t.match(textOf(body), '迟报两次')
  t.notMatch(body, /记一条|correction|withdrawal/)
  for (const path of ['/new', `/${id}/correction`, `/${id}/withdrawal`]) {
    t.equal((await visitor.get(desk.ledger + path)).statusCode, 403, path)
  }
  for (const path of ['', `/${id}/correction`, `/${id}/withdrawal`]) {
    t.equal((await visitor.postForm(desk.ledger + path, { ...CASE })).statusCode, 403, path)
  }
})

t.test('the ledger is closed to everybody else', async (t) => {
  const desk = await aDesk(t, await emptyDatabase())
  for (const role of ['admin', 'leader', 'unit'] as const) {
    const { visitor } = await desk.person(`the-${role}`, { roles: [role], unitCode: 'U1' })
    t.equal((await visitor.get(desk.ledger)).statusCode, 403, role)
    t.equal((await visitor.get(`${desk.ledger}/new`)).statusCode, 403, role)
    t.equal((await visitor.postForm(desk.ledger, { ...CASE })).statusCode, 403, role)
  }
})

t.test('an assessor sees and records nothing about his own unit', async (t) => {
  const desk = await aDesk(t, await emptyDatabase())
  const id = await anEvent(desk, { reason: '本单位的事' })
  const other = await anEvent(desk, { unit: 'U2', reason: '别的事' })
  const { visitor } = await desk.person('zhang', { assessorCode: 'K2', unitCode: 'U1' })
  for (const query of ['', '?unit=U1', '?q=%E6%9C%AC', '?history=1']) {
    const { body } = await visitor.get(desk.ledger + query)
    t.notMatch(body, '本单位的事', query)
    t.notMatch(body, '共 2 条', query)
  }
  t.match(textOf((await visitor.get(desk.ledger)).body), '按回避规定，「市财政局」的记录不向您显示')
  const before = await traceOf(desk.db, desk.cycleId)
  const place = newPath(desk, CASE)
  t.match(textOf((await visitor.get(place)).body), '按回避规定，您不能为它打分或记录。')
  t.notMatch((await visitor.get(place)).body, 'name="reason"')
  const fact = { ...CASE, tier: '诫勉', reason: '编的' }
  t.equal((await visitor.postForm(desk.ledger, fact)).statusCode, 403)
  for (const path of [`/${id}/correction`, `/${id}/withdrawal`]) {
    const shown = await visitor.get(desk.ledger + path)
    t.equal(shown.statusCode, 403)
    t.notMatch(shown.body, '本单位的事')
    const fields = { ...fact, changeReason: '改', reason: '改' }
    t.equal((await visitor.postForm(desk.ledger + path, fields)).statusCode, 403)
  }
  const moved = { ...fact, changeReason: '移到本单位' }
  const answer = await visitor.postForm(`${desk.ledger}/${other}/correction`, moved)
  t.equal(answer.statusCode, 403, 'nor may he move another’s event to it')
  t.strictSame(await traceOf(desk.db, desk.cycleId), before)
})

t.test('what cannot be recorded there is said before anything is typed', async (t) => {
  const desk = await aDesk(t, await emptyDatabase())
  const { visitor } = desk.wang
  t.equal((await visitor.postForm(desk.ledger, { ...CASE, unit: 'U9' })).statusCode, 404)
  t.equal((await visitor.postForm(desk.ledger, { ...CASE, indicator: 'Z' })).statusCode, 404)
  const noRule = await visitor.postForm(desk.ledger, { ...CASE, rule: 'none' })
  t.equal(noRule.statusCode, 404)
  t.match(noRule.body, '「廉洁记录」没有代码为「none」的计分规则。')
  t.equal((await visitor.get(`${desk.ledger}/none/correction`)).statusCode, 404)
  t.equal((await visitor.get('/cycles/none/ledger')).statusCode, 404)
})

t.test('a wrong token records nothing, and what was typed is shown again', async (t) => {
  const desk = await aDesk(t, await emptyDatabase())
  const typed = { tier: '诫勉', reason: '谈话提醒', _csrf: 'wrong' }
  const answer = await fillIn(desk.wang.visitor, newPath(desk, CASE), typed, desk.ledger)
  t.equal(answer.statusCode, 403)
  t.match(textOf(answer.body), '事由 谈话提醒')
  t.strictSame(await standingEvents(desk.db, desk.cycleId), [])
})

t.test('a published ledger is read-only, and a late form keeps what was typed', async (t) => {
  const desk = await aDesk(t, await emptyDatabase())
  const id = await anEvent(desk)
  const { visitor } = desk.wang
  const opened = formOn((await visitor.get(newPath(desk, CASE))).body, desk.ledger)
  await publishResult(desk.db, { cycleId: desk.cycleId, actor: organiser, at: AT })
  const { body } = await visitor.get(desk.ledger)
  t.match(body, '结果已经公布，数值、测评票和台账的记录只能查看')
  t.notMatch(body, /correction|记一条/)
  for (const path of ['/new', `/${id}/correction`, `/${id}/withdrawal`]) {
    t.equal((await visitor.get(desk.ledger + path)).statusCode, 409, path)
  }
  const late = await visitor.post(desk.ledger, { ...opened, tier: '诫勉', reason: '谈话提醒' })
  t.equal(late.statusCode, 409)
  t.match(textOf(late.body), '的结果已经公布，不能再改动')
  t.match(formOn(late.body, desk.ledger), { tier: '诫勉', reason: '谈话提醒' })
})
