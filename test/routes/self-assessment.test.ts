import t from 'tap'
import { recordSelfMarks } from '../../server/actions/record-self-marks.ts'
import type { Role } from '../../server/domain/actor.ts'
import { auditEntries } from '../../server/store/audit.ts'
import type { Database } from '../../server/store/database.ts'
import { selfAssessment, selfMarks } from '../../server/store/self-assessments.ts'
import { anAccount, anApp, Clock, hiddenField, signIn, Visitor } from '../helpers/app.ts'
import { AT, aCycle, actorsWithout, setStage } from '../helpers/cycle.ts'
import { emptyDatabase, onEachDatabase, writingPast } from '../helpers/database.ts'
import { ALL_ROLES, aDesk, type Desk, rolesWith, textOf } from '../helpers/desk.ts'
import { formOn } from '../helpers/form-on-page.ts'

/** A desk whose cycle is in the stage in which units fill in. */
async function aSelfDesk(t: Parameters<typeof aDesk>[0], db: Database): Promise<Desk> {
  const desk = await aDesk(t, db)
  await setStage(db, desk.cycleId, 'self_assessment')
  return desk
}

function pathOf({ cycleId }: Desk): string {
  return `/cycles/${cycleId}/self-assessment`
}

/** Sends the page's own form with some fields typed. */
async function fillIn(
  desk: Desk,
  typed: Readonly<Record<string, string>>,
  visitor?: Visitor,
  form?: Record<string, string>,
) {
  const who = visitor ?? (await desk.as('unit'))
  const shown = form ?? formOn((await who.get(pathOf(desk))).body, pathOf(desk))
  return who.post(pathOf(desk), { ...shown, ...typed })
}

async function submit(desk: Desk, fields: Readonly<Record<string, string>> = { confirmed: 'yes' }) {
  const visitor = await desk.as('unit')
  const path = `${pathOf(desk)}/submission`
  const form = formOn((await visitor.get(path)).body, path)
  return visitor.post(path, { ...form, ...fields })
}

async function giveBack(desk: Desk, role: Role, remark: string, unit = 'U1') {
  const visitor = await desk.as(role)
  const path = `/cycles/${desk.cycleId}/self-assessments/${unit}`
  const form = formOn((await visitor.get(path)).body, `${path}/returns`)
  return visitor.post(`${path}/returns`, { ...form, remark })
}

await onEachDatabase(
  t,
  'a unit fills in what applies to it, and sees what is missing',
  async (t, db) => {
    const desk = await aSelfDesk(t, db)
    const visitor = await desk.as('unit')
    const page = textOf(await visitor.get(pathOf(desk)))
    t.match(page, '还缺 5 项自评')
    t.match(page, '理论武装 8 分')
    t.match(page, '由测评产生，可不填')
    const saved = await fillIn(desk, {
      'mark/A1': ' ７。5 ',
      'remark/A1': '学了十次',
      'mark/B1': '0',
    })
    t.equal(saved.statusCode, 303)
    const after = textOf(await visitor.get(pathOf(desk)))
    t.match(after, '已保存 2 项自评。还缺 3 项。')
    t.match(await selfMarks(db, desk.cycleId), [
      { indicator: 'A1', mark: '7.5', remark: '学了十次', version: 1 },
      { indicator: 'B1', mark: '0', remark: null, version: 1 },
    ])
    t.match(await auditEntries(db, { cycleId: desk.cycleId, action: 'self-mark' }), [
      {
        subject: '市财政局',
        detail: { unit: 'U1', after: { 理论武装: { mark: '7.5' }, 学习覆盖率: { mark: '0' } } },
      },
    ])
    t.equal((await fillIn(desk, {})).statusCode, 303)
    t.equal(
      (await auditEntries(db, { action: 'self-mark' })).length,
      1,
      'nothing typed, nothing done',
    )
  },
)

await onEachDatabase(t, 'what is faulty comes back as typed, the rest is saved', async (t, db) => {
  const desk = await aSelfDesk(t, db)
  const remark = '<b>说明</b>'
  const answer = await fillIn(desk, {
    ...{ 'mark/A1': '8.5', 'remark/A1': remark, 'mark/A2': '1,5', 'mark/A3': '-1' },
    ...{ 'mark/B1': '19.1234567', 'mark/C1': '29.123456', 'remark/B2': '长'.repeat(1001) },
  })
  t.equal(answer.statusCode, 422)
  const page = textOf(answer)
  t.match(page, '其余 1 项已保存。以下 5 项没有保存')
  t.match(page, '「理论武装」的自评应在 0 到 8 之间，您填了 8.5。')
  t.match(page, '数中不要用逗号，您填了「1,5」')
  t.match(page, '「制度健全」的自评应在 0 到 2 之间，您填了 -1。')
  t.match(page, '小数最多 6 位')
  t.match(page, '「民主测评」的自评说明最多 1000 个字')
  for (const value of ['8.5', '1,5', '-1', '19.1234567', '29.123456']) {
    t.match(answer.body, `value="${value}"`, value)
  }
  t.match(answer.body, '&lt;b&gt;说明&lt;/b&gt;')
  t.match(await selfMarks(db, desk.cycleId), [{ indicator: 'C1', mark: '29.123456' }])
  const again = await fillIn(desk, { 'mark/A1': '8' }, undefined, formOn(answer.body, pathOf(desk)))
  t.equal(again.statusCode, 422, 'the other faults are still there')
  t.match(await selfMarks(db, desk.cycleId), [{ indicator: 'A1', mark: '8' }, { indicator: 'C1' }])
})

await onEachDatabase(
  t,
  'two people of one unit do not overwrite each other unseen',
  async (t, db) => {
    const desk = await aSelfDesk(t, db)
    const colleague = await anAccount(db, {
      ...{ login: 'colleague', name: '吴同事', roles: ['unit'] as const, unitCode: 'U1' },
    })
    const other = await signIn(desk.app, colleague)
    const early = formOn((await (await desk.as('unit')).get(pathOf(desk))).body, pathOf(desk))
    await fillIn(desk, { 'mark/A1': '7', 'mark/A2': '9' }, other)
    const answer = await fillIn(desk, { 'mark/A1': '6', 'mark/A3': '2' }, undefined, early)
    t.equal(answer.statusCode, 422)
    t.match(textOf(answer), '已由吴同事改为「7」，您填的是「6」，没有保存')
    const marks = await selfMarks(db, desk.cycleId)
    t.match(marks, [{ mark: '7' }, { mark: '9' }, { mark: '2' }], 'what he did not touch stays')
    const knowing = await fillIn(desk, {}, undefined, formOn(answer.body, pathOf(desk)))
    t.equal(knowing.statusCode, 303)
    t.match(await selfMarks(db, desk.cycleId), [{ mark: '6', version: 2 }, {}, {}])
  },
)

await onEachDatabase(
  t,
  'it is submitted, returned with a remark, corrected and submitted again',
  async (t, db) => {
    const desk = await aSelfDesk(t, db)
    const visitor = await desk.as('unit')
    await fillIn(desk, { 'mark/A1': '7' })
    const asked = textOf(await visitor.get(`${pathOf(desk)}/submission`))
    t.match(asked, '还缺 4 项自评')
    t.match(asked, '有 5 项没有佐证材料')
    const unconfirmed = await submit(desk, {})
    t.equal(unconfirmed.statusCode, 422)
    t.match(unconfirmed.body, '请先勾选“已核对，确认提交”')
    const stale = await submit(desk, { confirmed: 'yes', version: '0' })
    t.equal(stale.statusCode, 409)
    t.match(stale.body, '在您打开这一页之后又有改动')
    t.equal((await submit(desk)).statusCode, 303)
    const page = await visitor.get(pathOf(desk))
    t.match(textOf(page), /自评已提交。.*由孙联络提交，只能查看。/)
    t.match(textOf(await visitor.get('/')), '本单位的自评已于 2026-11-20 09:00 提交')
    t.notMatch(page.body, 'name="mark/A1"')
    const late = await visitor.postForm(pathOf(desk), { 'mark/A1': '5' })
    t.equal(late.statusCode, 409)
    t.match(late.body, '自评已经提交')

    const silent = await giveBack(desk, 'lead', '  ')
    t.equal(silent.statusCode, 422)
    t.match(silent.body, '退回自评须写明理由')
    t.equal((await giveBack(desk, 'lead', '请补学习记录')).statusCode, 303)
    t.match(
      textOf(await visitor.get(pathOf(desk))),
      /由张组长退回，请修改后重新提交。 退回的理由： 请补学习记录/,
    )
    t.match(
      textOf(await visitor.get('/')),
      '本单位的自评被退回，请修改后重新提交。 退回的理由： 请补',
    )
    t.equal((await fillIn(desk, { 'mark/A1': '6.5' })).statusCode, 303)
    t.equal((await submit(desk)).statusCode, 303)
    t.match(await selfAssessment(db, desk.cycleId, 'U1'), { state: 'submitted' })
    const entries = await auditEntries(db, { cycleId: desk.cycleId, action: 'self-assessment' })
    t.same(
      entries.map(({ action, actor_name }) => [action, actor_name]),
      [
        ['self-assessment.submit', '孙联络'],
        ['self-assessment.return', '张组长'],
        ['self-assessment.submit', '孙联络'],
      ],
    )
    t.match(entries[1]?.detail, { reason: '请补学习记录' })
    t.match(entries[0]?.detail, { missing: ['组织建设', '制度健全', '学习覆盖率', '廉洁记录'] })
  },
)

await onEachDatabase(t, 'outside its stage it is read only', async (t, db) => {
  const desk = await aSelfDesk(t, db)
  await fillIn(desk, { 'mark/A1': '7' })
  const visitor = await desk.as('unit')
  const form = formOn((await visitor.get(pathOf(desk))).body, pathOf(desk))
  for (const stage of ['draft', 'scoring', 'review', 'published'] as const) {
    await setStage(db, desk.cycleId, stage)
    const page = await visitor.get(pathOf(desk))
    t.match(page.body, /自评和佐证材料(只能查看|要在「自评」阶段进行)/, stage)
    t.notMatch(page.body, 'name="mark/A1"', stage)
    const answer = await visitor.post(pathOf(desk), { ...form, 'mark/A1': '1' })
    t.equal(answer.statusCode, 409, stage)
    const fields = { confirmed: 'yes', version: '1' }
    t.equal((await visitor.postForm(`${pathOf(desk)}/submission`, fields)).statusCode, 409, stage)
  }
  t.match(await selfMarks(db, desk.cycleId), [{ mark: '7' }])
})

t.test(
  'a unit sees and changes its own and no other, in a cycle of which it is part',
  async (t) => {
    const db = await emptyDatabase()
    const desk = await aSelfDesk(t, db)
    t.same(await rolesWith(desk, 200, pathOf(desk)), ['unit'])
    const roles = ['unit'] as const
    const stranger = await signIn(
      desk.app,
      await anAccount(db, { login: 'stranger', name: '外人', roles, unitCode: 'U9' }),
    )
    t.equal((await stranger.get(pathOf(desk))).statusCode, 404)
    t.equal((await stranger.postForm(pathOf(desk), { 'mark/A1': '1' })).statusCode, 404)
    t.equal((await (await desk.as('unit')).get('/cycles/none/self-assessment')).statusCode, 404)
    const exempt = await signIn(
      desk.app,
      await anAccount(db, { login: 'party', name: '党办', roles, unitCode: 'U3' }),
    )
    t.notMatch((await exempt.get(pathOf(desk))).body, '学习覆盖率', 'does not apply to U3')
    await exempt.postForm(pathOf(desk), { 'mark/B1': '20' })
    t.same(await selfMarks(db, desk.cycleId), [])
    for (const role of ALL_ROLES.filter((each) => each !== 'unit')) {
      const visitor = await desk.as(role)
      for (const path of [pathOf(desk), `${pathOf(desk)}/submission`]) {
        t.equal((await visitor.postForm(path, { confirmed: 'yes' })).statusCode, 403, role)
      }
    }
  },
)

await onEachDatabase(t, 'lead and organiser see how far the units are', async (t, db) => {
  const desk = await aSelfDesk(t, db)
  const path = `/cycles/${desk.cycleId}/self-assessments`
  await fillIn(desk, { 'mark/A1': '7' })
  t.same(await rolesWith(desk, 200, path), ['organiser', 'lead', 'auditor'])
  const page = textOf(await (await desk.as('organiser')).get(path))
  t.match(page, '填写中 1 个单位')
  t.match(page, '未开始 2 个单位')
  t.match(page, '市财政局 填写中 1 / 5 4 项 0')
  const unread = await (await desk.as('lead')).get(`${path}/U1`)
  t.match(unread.body, '单位还没有提交自评')
  t.notMatch(unread.body, '理论武装')
  t.match((await (await desk.as('organiser')).get(`${path}/U1`)).body, '理论武装')
  await submit(desk)
  t.match(textOf(await (await desk.as('lead')).get(`${path}/U1`)), '自评得分 7')
  for (const role of ALL_ROLES.filter((each) => each !== 'organiser' && each !== 'lead')) {
    const answer = await (await desk.as(role)).postForm(`${path}/U1/returns`, { remark: '试' })
    t.equal(answer.statusCode, 403, role)
  }
  const lead = { roles: ['lead'] as const, assessorCode: 'K2' }
  const own = await signIn(
    desk.app,
    await anAccount(db, { ...lead, login: 'own', name: '财政局组长', unitCode: 'U1' }),
  )
  t.match(textOf(await own.get(path)), '市财政局 回避 — — — — —')
  t.equal((await own.get(`${path}/U1`)).statusCode, 403)
  const returned = await own.postForm(`${path}/U1/returns`, { remark: '试', version: '2' })
  t.equal(returned.statusCode, 403)
  const outside = await signIn(
    desk.app,
    await anAccount(db, { ...lead, login: 'outside', name: '别组', assessorCode: 'K9' }),
  )
  t.equal((await outside.get(path)).statusCode, 403)
  t.equal((await outside.get(`${path}/U1`)).statusCode, 403)
  t.equal((await outside.postForm(`${path}/U1/returns`, { remark: '试' })).statusCode, 403)
  t.match(await selfAssessment(db, desk.cycleId, 'U1'), { state: 'submitted' })
})

t.test(
  'what was typed survives a session that ran out, by the names of the indicators',
  async (t) => {
    const db = await emptyDatabase()
    const clock = new Clock()
    const app = await anApp(t, db, { clock })
    const cycleId = await aCycle(db)
    await setStage(db, cycleId, 'self_assessment')
    const account = await anAccount(db, { ...{ login: 'unit', roles: ['unit'], unitCode: 'U1' } })
    const path = `/cycles/${cycleId}/self-assessment`
    const visitor = await signIn(app, account)
    const form = formOn((await visitor.get(path)).body, path)
    clock.pass(31)
    const late = await visitor.post(path, { ...form, 'mark/A1': '7', 'remark/A1': '一\r\n二' })
    t.equal(late.statusCode, 401)
    const kept = hiddenField(late, 'kept')
    const again = new Visitor(app)
    const { login, password } = account
    await again.postForm('/login', { login, password, kept })
    const page = await again.get('/kept-form')
    t.match(textOf(page), '理论武装：自评 7')
    t.notMatch(textOf(page), 'seen/')
    t.equal((await again.post(path, formOn(page.body, path))).statusCode, 303)
    t.match(await selfMarks(db, cycleId), [{ mark: '7', remark: '一\n二' }])
  },
)

await onEachDatabase(t, 'of two who save one mark at once, one is told', async (t, db) => {
  const desk = await aSelfDesk(t, db)
  const { actor } = await desk.account('unit')
  const save = (mark: string) =>
    recordSelfMarks(db, {
      cycleId: desk.cycleId,
      marks: [{ indicator: 'A1', mark, remark: null, version: null }],
      ...{ actor, at: AT },
    })
  const results = await Promise.all(['5', '6', '7'].map(save))
  t.same(results.map(({ saved }) => saved).sort(), [0, 0, 1])
  t.same(results.filter(({ refused }) => refused.get('A1')?.conflict).length, 2)
  t.match(await selfMarks(db, desk.cycleId), [{ version: 1 }])
  for (const other of actorsWithout('unit')) {
    const own = { ...other, unitCode: 'U1' }
    await t.rejects(recordSelfMarks(db, { cycleId: desk.cycleId, marks: [], actor: own, at: AT }), {
      code: 'ROLE_NEEDED',
    })
  }
})

onEachDatabase(t, 'a rehearsal is no cycle of a unit', async (t, db) => {
  const desk = await aSelfDesk(t, db)
  await writingPast(db).updateTable('cycle').set({ rehearsal: 1 }).execute()
  const visitor = await desk.as('unit')
  t.equal((await visitor.get(pathOf(desk))).statusCode, 404)
  const { actor } = await desk.account('unit')
  const marks = { cycleId: desk.cycleId, marks: [], actor, at: AT }
  await t.rejects(recordSelfMarks(db, marks), { code: 'CYCLE_NOT_FOUND' })
})
