import t from 'tap'
import { addEvent } from '../../server/actions/add-event.ts'
import { publishResult } from '../../server/actions/publish-result.ts'
import { recordMark } from '../../server/actions/record-mark.ts'
import type { MarkGiven } from '../../server/domain/bundle.ts'
import { assessorMarks } from '../../server/store/marks.ts'
import { cycleTallies } from '../../server/store/tallies.ts'
import { cycleValues } from '../../server/store/values.ts'
import { AT, aBundle, organiser, setStage, traceOf } from '../helpers/cycle.ts'
import { emptyDatabase, onEachDatabase } from '../helpers/database.ts'
import { aDesk, type DeskTest, fillIn } from '../helpers/entry-desk.ts'
import { formOn, rowWith, textOf } from '../helpers/form-on-page.ts'

/** K1's marks as pairs of place and mark, with the reason where there is one. */
async function marksOf({ db, cycleId }: DeskTest, assessor = 'K1'): Promise<unknown[][]> {
  const marks = await assessorMarks(db, { cycleId, assessor })
  return marks.map(({ unit, indicator, mark, reason }) =>
    reason === undefined ? [unit, indicator, mark] : [unit, indicator, mark, reason],
  )
}

async function mark(
  desk: DeskTest,
  unitCode: string,
  indicatorCode: string,
  given: MarkGiven,
  version: number | null = null,
) {
  const { db, cycleId, wang } = desk
  const { actor } = wang
  const place = { cycleId, unitCode, indicatorCode }
  return recordMark(db, { ...place, mark: given, version, actor, at: AT })
}

await onEachDatabase(t, 'an assessor sees what is his, done and left', async (t, db) => {
  const desk = await aDesk(t, db)
  await mark(desk, 'U1', 'A1', '7')
  const { visitor } = desk.wang
  const { body } = await visitor.get(desk.scoring)
  t.match(textOf(body), '以考核员「王考核」的名义打分')
  t.match(textOf(rowWith(body, '理论武装')), /1 \/ 3 剩 2/)
  t.match(textOf(rowWith(body, '组织建设')), /0 \/ 3 剩 3/)
  t.match(
    textOf(rowWith(body, '学习覆盖率')),
    /0 \/ 2 剩 2/,
    'not for the unit it does not apply to',
  )
  t.match(textOf(body), '打分进度 1 / 6 剩 5', 'what one person marks counts once he has begun')
  t.match(body, `href="${desk.scoring}/indicators/A1">下一项：理论武装（剩 2 个单位）`)
  const units = await visitor.get(`${desk.scoring}?by=unit`)
  t.match(textOf(rowWith(units.body, '市财政局')), '政府部门 1 / 2 剩 1 0 / 2 剩 2')
  t.match(units.body, `href="${desk.scoring}/units/U1">下一项：市财政局（剩 1 项）`)
})

await onEachDatabase(t, 'marks of all units of an indicator are saved at once', async (t, db) => {
  const desk = await aDesk(t, db)
  const path = `${desk.scoring}/indicators/A1`
  const typed = { 'mark/U1': '７．５', 'reason/U1': ' 缺一次 ', 'mark/U2': ' 8 ', 'mark/U3': '0' }
  const answer = await fillIn(desk.wang.visitor, path, typed)
  t.equal(answer.statusCode, 303)
  t.equal(answer.headers.location, path)
  t.strictSame(await marksOf(desk), [
    ['U1', 'A1', '7.5', '缺一次'],
    ['U2', 'A1', '8'],
    ['U3', 'A1', '0'],
  ])
  const page = await desk.wang.visitor.get(path)
  t.match(page.body, '已保存 3 项。有 1 项低于满分而没有写理由，请记得补上。')
  t.match(formOn(page.body, path), { 'mark/U1': '7.5', 'reason/U1': '缺一次', 'mark/U3': '0' })
  const before = await traceOf(db, desk.cycleId)
  await fillIn(desk.wang.visitor, path, { 'mark/U1': '7.50' })
  t.strictSame(await traceOf(db, desk.cycleId), before, 'the same number is no change')
  t.match((await desk.wang.visitor.get(path)).body, '没有改动，不需要保存。')
})

await onEachDatabase(
  t,
  'a faulty cell comes back as typed, and the others are saved',
  async (t, db) => {
    const desk = await aDesk(t, db)
    const path = `${desk.scoring}/indicators/A1`
    const typed = { 'mark/U1': '9', 'reason/U1': '很好', 'mark/U2': '6', 'mark/U3': '7,5' }
    const answer = await fillIn(desk.wang.visitor, path, typed)
    t.equal(answer.statusCode, 422)
    t.match(answer.body, '其余 1 项已保存。以下 2 项没有保存，填写的内容都还在：')
    t.match(textOf(answer.body), /「市财政局」的「理论武装」得分应在 0 到 8 之间.您填了 9/)
    t.match(
      textOf(rowWith(answer.body, '市委办公室')),
      '小数点请用「.」，数中不要用逗号，您填了「7,5」。',
    )
    t.match(formOn(answer.body, path), typed)
    for (const [, target = ''] of answer.body.matchAll(/<li><a href="#([^"]+)">/g)) {
      t.match(answer.body, `id="${target}"`, 'each message leads to its field')
    }
    t.strictSame(await marksOf(desk), [['U2', 'A1', '6']])
    const mended = { ...formOn(answer.body, path), 'mark/U1': '8', 'mark/U3': '7.5' }
    t.equal((await desk.wang.visitor.post(path, mended)).statusCode, 303)
    t.strictSame(await marksOf(desk), [
      ['U2', 'A1', '6'],
      ['U1', 'A1', '8', '很好'],
      ['U3', 'A1', '7.5'],
    ])
  },
)

t.test('each kind of faulty mark is told at its field', async (t) => {
  const desk = await aDesk(t, await emptyDatabase())
  const faults = [
    ['A1', { 'mark/U1': '7.3' }, /应是 0\.5 的整数倍/],
    ['A1', { 'mark/U1': '-1' }, /应在 0 到 8 之间/],
    ['A1', { 'mark/U1': '八分' }, /应是一个数（小数最多 6 位），您填了「八分」/],
    ['A2', { 'mark/U1': '好' }, /「好」档须给出 8 到 10 之间的分数/],
    ['A2', { 'mark/U1': '好', 'points/U1': '7' }, /「好」档的分数应在 8 到 10 之间/],
    ['A2', { 'mark/U1': '极好' }, /档次应是.*您填了/],
    ['A2', { 'points/U1': '8' }, /填了分数，请选择档次/],
    ['A1', { 'reason/U1': '开会少' }, /没有填得分，却留有理由/],
    ['B1', { 'value/U1': '90%' }, /应是一个数/],
    ['B1', { 'source/U1': '统计表' }, /没有填数值，却留有来源/],
    ['B2', { '0/U1': '3.5' }, /「满意」票数应是不小于 0 的整数，您填了「3.5」/],
    ['B2', { '1/U1': '-2' }, /「不满意」票数应是不小于 0 的整数/],
  ] as const
  for (const [code, typed, message] of faults) {
    const path = `${desk.scoring}/indicators/${code}`
    const answer = await fillIn(desk.wang.visitor, path, typed)
    t.equal(answer.statusCode, 422, code)
    t.match(textOf(rowWith(answer.body, '有误：')), message)
    t.match(formOn(answer.body, path), typed)
  }
  const path = `${desk.scoring}/indicators/A3`
  const answer = await fillIn(desk.wang.visitor, path, { 'mark/U1': '是' })
  t.equal(answer.statusCode, 422)
  t.match(textOf(answer.body), '应选“达标”或“不达标”，您填了「是」。')
  t.strictSame(await marksOf(desk), [])
})

await onEachDatabase(t, 'a unit is filled in from one page: every kind of entry', async (t, db) => {
  const desk = await aDesk(t, db)
  const path = `${desk.scoring}/units/U2`
  const typed = {
    ...{ 'mark/A1': '8', 'mark/A2': '好', 'points/A2': '９．５', 'reason/A2': '扎实' },
    ...{ 'mark/A3': 'no', 'value/B1': '96.5', 'source/B1': '统计表' },
    ...{ '0/B2': '２０', '1/B2': '3' },
  }
  const answer = await fillIn(desk.wang.visitor, path, typed)
  t.equal(answer.headers.location, path)
  t.strictSame(await marksOf(desk), [
    ['U2', 'A1', '8'],
    ['U2', 'A2', { level: '好', points: '9.5' }, '扎实'],
    ['U2', 'A3', false],
  ])
  t.match(await cycleValues(db, desk.cycleId), [{ unit: 'U2', value: '96.5', source: '统计表' }])
  t.match(await cycleTallies(db, desk.cycleId), [{ unit: 'U2', counts: { 满意: 20, 不满意: 3 } }])
  const page = await desk.wang.visitor.get(path)
  t.match(formOn(page.body, path), { ...typed, 'points/A2': '9.5', '0/B2': '20' })
  t.match(textOf(page.body), '在0到8分之间直接打分，最小单位0.5分')
})

t.test('a mark is taken away only when it is emptied, reason and all', async (t) => {
  const desk = await aDesk(t, await emptyDatabase())
  const path = `${desk.scoring}/indicators/A1`
  const { visitor } = desk.wang
  await fillIn(visitor, path, { 'mark/U1': '7', 'reason/U1': '缺一次', 'mark/U2': '8' })
  const { body } = await visitor.get(path)
  const { 'mark/U1': _, 'reason/U1': __, 'mark/U2': ___, ...absent } = formOn(body, path)
  await visitor.post(path, absent)
  t.equal((await marksOf(desk)).length, 2, 'a field that did not come empties nothing')
  const half = await fillIn(visitor, path, { 'mark/U1': '' })
  t.equal(half.statusCode, 422)
  t.match(textOf(half.body), '没有填得分，却留有理由')
  await fillIn(visitor, path, { 'mark/U1': ' ', 'reason/U1': '', 'mark/U2': '' })
  t.strictSame(await marksOf(desk), [])
})

t.test('with only the marks shown, reasons stay as they are', async (t) => {
  const desk = await aDesk(t, await emptyDatabase())
  const path = `${desk.scoring}/indicators/A1`
  await fillIn(desk.wang.visitor, path, { 'mark/U1': '7', 'reason/U1': '缺一次' })
  const short = `${path}?columns=marks`
  t.notMatch((await desk.wang.visitor.get(short)).body, 'name="reason/')
  const answer = await fillIn(desk.wang.visitor, short, { 'mark/U1': '6.5', 'mark/U2': '8' })
  t.equal(answer.headers.location, `${short}#r2`, 'on to the first that is empty')
  t.strictSame(await marksOf(desk), [
    ['U1', 'A1', '6.5', '缺一次'],
    ['U2', 'A1', '8'],
  ])
})

await onEachDatabase(
  t,
  'a mark changed in another tab shows both, and one is chosen',
  async (t, db) => {
    const desk = await aDesk(t, db)
    const path = `${desk.scoring}/indicators/A1`
    const { visitor } = desk.wang
    await fillIn(visitor, path, { 'mark/U1': '5', 'mark/U2': '5', 'mark/U3': '5' })
    const opened = formOn((await visitor.get(path)).body, path)
    await fillIn(visitor, path, { 'mark/U1': '7', 'mark/U2': '7', 'mark/U3': '7' })
    const answer = await visitor.post(path, { ...opened, 'mark/U1': '6', 'mark/U2': '6' })
    t.equal(answer.statusCode, 422)
    t.match(textOf(rowWith(answer.body, '市财政局')), /已改为「7」.*王考核.*您填的是「6」/)
    t.match(formOn(answer.body, path), { 'mark/U1': '6', 'mark/U2': '6', 'mark/U3': '7' })
    t.strictSame(
      (await marksOf(desk)).map(([, , given]) => given),
      ['7', '7', '7'],
    )
    const undecided = formOn(answer.body, path)
    t.equal((await visitor.post(path, undecided)).statusCode, 422, 'nothing is chosen for him')
    const mine = /name="choice\/U1" value="(mine:\d+)"/.exec(answer.body)?.[1] ?? ''
    const chosen = { ...undecided, 'choice/U1': mine, 'choice/U2': 'theirs' }
    t.equal((await visitor.post(path, chosen)).statusCode, 303)
    t.strictSame(
      (await marksOf(desk)).map(([, , given]) => given),
      ['6', '7', '7'],
    )
    const late = await visitor.post(path, chosen)
    t.equal(late.statusCode, 303, 'sent twice, it is as it should be already')
    await fillIn(visitor, path, { 'mark/U1': '4' })
    t.equal((await visitor.post(path, chosen)).statusCode, 422, 'a choice is about what was shown')
  },
)

await onEachDatabase(t, 'a value changed by a colleague names him', async (t, db) => {
  const desk = await aDesk(t, db)
  const path = `${desk.scoring}/indicators/B1`
  const li = await desk.person('lijun', { name: '李军', roles: ['organiser'], assessorCode: null })
  const opened = formOn((await desk.wang.visitor.get(path)).body, path)
  await fillIn(li.visitor, path, { 'value/U1': '90' })
  const answer = await desk.wang.visitor.post(path, {
    ...opened,
    'value/U1': '80',
    'value/U2': '70',
  })
  t.equal(answer.statusCode, 422)
  t.match(textOf(rowWith(answer.body, '市财政局')), /已改为「90」.*李军.*您填的是「80」/)
  t.match(await cycleValues(db, desk.cycleId), [
    { unit: 'U1', value: '90' },
    { unit: 'U2', value: '70' },
  ])
})

await onEachDatabase(t, 'ballots are entered by group where groups are weighed', async (t, db) => {
  const bundle = structuredClone(aBundle())
  for (const node of bundle.scheme.base) {
    if (node.code !== 'B2' || !('method' in node)) continue
    node.combine = { type: 'weighted', weights: { 服务对象: 60, 机关干部: 40 } }
  }
  const desk = await aDesk(t, db, bundle)
  const path = `${desk.scoring}/indicators/B2`
  const typed = { '0/U1/服务对象': '30', '1/U1/服务对象': '2', '0/U1/机关干部': '12' }
  t.equal((await fillIn(desk.wang.visitor, path, typed)).statusCode, 303)
  t.match(await cycleTallies(db, desk.cycleId), [
    { unit: 'U1', group: '服务对象', counts: { 满意: 30, 不满意: 2 } },
    { unit: 'U1', group: '机关干部', counts: { 满意: 12 } },
  ])
  const { body } = await desk.wang.visitor.get(path)
  t.match(formOn(body, path), { ...typed, '1/U1/机关干部': '' })
  t.match(textOf(body), '1 / 3')
})

t.test('his own unit is recused on every page and every path', async (t) => {
  const desk = await aDesk(t, await emptyDatabase())
  const own = await desk.person('zhang', { assessorCode: 'K2', unitCode: 'U1' })
  const before = await traceOf(desk.db, desk.cycleId)
  for (const [code, field] of [
    ['A1', 'mark'],
    ['B1', 'value'],
    ['B2', '0'],
  ]) {
    const path = `${desk.scoring}/indicators/${code}`
    const { body } = await own.visitor.get(path)
    t.match(textOf(rowWith(body, '市财政局')), '回避')
    t.notMatch(rowWith(body, '市财政局'), '<input')
    const answer = await fillIn(own.visitor, path, { [`${field}/U1`]: '8' })
    t.equal(answer.statusCode, 422)
    t.match(
      textOf(answer.body),
      '「市财政局」是您所在或登记了回避的单位，按回避规定，您不能为它打分或记录。',
    )
    t.notMatch(rowWith(answer.body, '市财政局'), '<input')
  }
  const path = `${desk.scoring}/units/U1`
  const { body } = await own.visitor.get(path)
  t.match(textOf(body), '回避 「市财政局」是您所在或登记了回避的单位')
  t.notMatch(body, 'name="mark/')
  t.equal((await own.visitor.postForm(path, { 'mark/A1': '8' })).statusCode, 403)
  t.strictSame(await traceOf(desk.db, desk.cycleId), before)
  const overview = await own.visitor.get(`${desk.scoring}?by=unit`)
  t.match(textOf(rowWith(overview.body, '市财政局')), '回避')
})

t.test('a value of his own unit is not shown to him either', async (t) => {
  const desk = await aDesk(t, await emptyDatabase())
  await fillIn(desk.wang.visitor, `${desk.scoring}/indicators/B1`, { 'value/U1': '77.7' })
  const own = await desk.person('zhang', { assessorCode: 'K2', unitCode: 'U1' })
  for (const path of ['', '?by=unit', '/indicators/B1', '/units/U1']) {
    t.notMatch((await own.visitor.get(desk.scoring + path)).body, '77.7', path)
  }
})

t.test('what does not apply is said so, and refused', async (t) => {
  const desk = await aDesk(t, await emptyDatabase())
  const path = `${desk.scoring}/indicators/B1`
  const { body } = await desk.wang.visitor.get(path)
  t.match(textOf(rowWith(body, '市委办公室')), '不适用')
  t.notMatch(rowWith(body, '市委办公室'), '<input')
  const answer = await fillIn(desk.wang.visitor, path, { 'value/U3': '90', 'value/U1': '80' })
  t.equal(answer.statusCode, 422)
  t.match(textOf(answer.body), /「市委办公室」的「学习覆盖率」已列为不适用/)
  t.match(await cycleValues(desk.db, desk.cycleId), [{ unit: 'U1', value: '80' }])
})

t.test('a unit or an indicator that is not there is named', async (t) => {
  const desk = await aDesk(t, await emptyDatabase())
  const { visitor } = desk.wang
  const byIndicator = await fillIn(visitor, `${desk.scoring}/indicators/A1`, {
    ...{ 'mark/U9': '8', 'mark/U1': '8' },
  })
  t.equal(byIndicator.statusCode, 422)
  t.match(textOf(byIndicator.body), '本周期没有代码为「U9」的单位。')
  const byUnit = await fillIn(visitor, `${desk.scoring}/units/U1`, { 'mark/Z9': '8' })
  t.equal(byUnit.statusCode, 422)
  t.match(textOf(byUnit.body), '本周期的评价体系没有代码为「Z9」的指标。')
  t.strictSame(await marksOf(desk), [['U1', 'A1', '8']])
  for (const path of ['/indicators/Z9', '/units/U9']) {
    t.equal((await visitor.get(desk.scoring + path)).statusCode, 404)
    t.equal((await visitor.postForm(desk.scoring + path, { 'mark/U1': '1' })).statusCode, 404)
  }
  t.equal((await visitor.get('/cycles/none/scoring')).statusCode, 404)
})

t.test('a wrong token saves nothing, and what was typed is shown again', async (t) => {
  const desk = await aDesk(t, await emptyDatabase())
  const path = `${desk.scoring}/indicators/A1`
  const answer = await fillIn(desk.wang.visitor, path, { 'mark/U2': '6.5', _csrf: 'wrong' })
  t.equal(answer.statusCode, 403)
  t.match(textOf(answer.body), '市教育局 得分 6.5')
  t.notMatch(answer.body, '<dt>seen/', 'what nobody typed is not shown')
  t.strictSame(await marksOf(desk), [])
})

t.test(
  'once published, everything is read-only, and a late form keeps what was typed',
  async (t) => {
    const desk = await aDesk(t, await emptyDatabase())
    const path = `${desk.scoring}/indicators/A1`
    const { visitor } = desk.wang
    await fillIn(visitor, path, { 'mark/U1': '7', 'reason/U1': '缺一次' })
    const opened = formOn((await visitor.get(path)).body, path)
    await publishResult(desk.db, { cycleId: desk.cycleId, actor: organiser, at: AT })
    for (const page of [path, `${desk.scoring}/units/U1`, desk.scoring]) {
      const { body } = await visitor.get(page)
      t.match(body, '结果已经公布')
      t.notMatch(body, /name="(mark|reason|value)\//)
    }
    t.match(textOf(rowWith((await visitor.get(path)).body, '市财政局')), '市财政局 7 缺一次')
    const late = await visitor.post(path, { ...opened, 'mark/U2': '6' })
    t.equal(late.statusCode, 422)
    t.match(textOf(late.body), '的结果已经公布，不能再改动')
    t.match(formOn(late.body, path), { 'mark/U2': '6' })
    t.strictSame(await marksOf(desk), [['U1', 'A1', '7', '缺一次']])
  },
)

t.test('saving goes on to the next that is not finished', async (t) => {
  const desk = await aDesk(t, await emptyDatabase())
  const { visitor } = desk.wang
  const all = { 'mark/U1': '8', 'mark/U2': '8', 'mark/U3': '8', onward: 'next' }
  const first = await fillIn(visitor, `${desk.scoring}/indicators/A1`, all)
  t.equal(first.headers.location, `${desk.scoring}/indicators/A2`)
  const one = { 'mark/U1': '一般', 'mark/U2': '一般', 'mark/U3': '一般', onward: 'next' }
  const last = await fillIn(visitor, `${desk.scoring}/indicators/A2`, one)
  t.equal(last.headers.location, desk.scoring)
  t.match((await visitor.get(desk.scoring)).body, '没有剩下要填的了。')
  const unit = await fillIn(visitor, `${desk.scoring}/units/U1`, { 'mark/A1': '', onward: 'next' })
  t.equal(unit.headers.location, `${desk.scoring}?by=unit`, 'only the unit he left has work')
})

await onEachDatabase(
  t,
  'facts of the ledger stand on the pages of their unit and their indicator',
  async (t, db) => {
    const desk = await aDesk(t, db)
    const write = { cycleId: desk.cycleId, actor: desk.wang.actor, at: AT }
    const late = { indicator: 'C1', rule: 'late', date: '2026-05-06' }
    for (const [unit, reason] of [
      ['U1', '首报迟了'],
      ['U1', '又迟了'],
      ['U2', '别家的事'],
    ] as const) {
      await addEvent(db, { ...write, event: { ...late, unit, reason } })
    }
    const page = async (path: string) => (await desk.wang.visitor.get(desk.scoring + path)).body
    const facts = /2 条 扣 0.5 分 迟报 又迟了 2026-05-06 扣 0.5 分 迟报 首报迟了/
    t.match(textOf(rowWith(await page('/indicators/C1'), '市财政局')), facts)
    t.match(textOf(rowWith(await page('/units/U1'), '廉洁记录')), facts)
    t.notMatch(await page('/units/U1'), '别家的事')
    const li = await desk.person('lijun', { name: '李军', assessorCode: 'K2', unitCode: 'U1' })
    const own = (await li.visitor.get(`${desk.scoring}/indicators/C1`)).body
    t.match(textOf(rowWith(own, '市财政局')), '回避')
    t.notMatch(own, '首报迟了')
    t.match(own, '别家的事')
    await setStage(db, desk.cycleId, 'decided')
    t.notMatch(await page('/indicators/C1'), '记一条')
  },
)

t.test('two values of a pass mark are told in its own words', async (t) => {
  const desk = await aDesk(t, await emptyDatabase())
  const path = `${desk.scoring}/indicators/A3`
  const { visitor } = desk.wang
  const opened = formOn((await visitor.get(path)).body, path)
  await fillIn(visitor, path, { 'mark/U1': 'yes' })
  const answer = await visitor.post(path, { ...opened, 'mark/U1': 'no' })
  t.equal(answer.statusCode, 422)
  t.match(textOf(answer.body), /已改为「达标」.*您填的是「不达标」/)
})
