import t from 'tap'
import { addTeam } from '../../server/actions/add-team.ts'
import { answerReturn } from '../../server/actions/answer-return.ts'
import { assignMarks } from '../../server/actions/assign-marks.ts'
import { changeTeam } from '../../server/actions/change-team.ts'
import { declareRecusal } from '../../server/actions/declare-recusal.ts'
import { dissolveTeam } from '../../server/actions/dissolve-team.ts'
import { recordMark } from '../../server/actions/record-mark.ts'
import { reopenTeam } from '../../server/actions/reopen-team.ts'
import { returnMark } from '../../server/actions/return-mark.ts'
import { submitTeam } from '../../server/actions/submit-team.ts'
import { withdrawReturn } from '../../server/actions/withdraw-return.ts'
import type { Actor } from '../../server/domain/actor.ts'
import type { Database } from '../../server/store/database.ts'
import { markReturns } from '../../server/store/mark-returns.ts'
import { teamSubmissions } from '../../server/store/team-submissions.ts'
import { anAccount } from '../helpers/app.ts'
import {
  AT,
  aCycle,
  actorsWithout,
  anActor,
  li,
  organiser,
  setStage,
  traceOf,
  wang,
} from '../helpers/cycle.ts'
import { onEachDatabase } from '../helpers/database.ts'

const by = { actor: organiser, at: AT }
/** Leads 王考核 (K1); the other team is 李考核 (K2) alone. */
const zhang = anActor({
  accountId: 'account-zhang',
  name: '张组长',
  roles: ['lead'],
  assessorCode: 'K3',
})
const liLeads = { ...li, roles: ['lead'] as const }

/** K1 marks A1 of U1 and U2 in 张组长's team, K2 that of U3 in his own. */
async function twoTeams(db: Database): Promise<string> {
  for (const [login, code] of [
    ['zhang', 'K3'],
    ['li', 'K2'],
  ] as const) {
    await anAccount(db, { login, roles: ['lead'], assessorCode: code })
  }
  const cycleId = await aCycle(db)
  const given = { cycleId, how: 'give' as const, indicators: ['A1'], ...by }
  await assignMarks(db, { ...given, assessors: ['K1'], units: ['U1', 'U2'] })
  await assignMarks(db, { ...given, assessors: ['K2'], units: ['U3'] })
  await addTeam(db, { cycleId, name: '第一组', members: ['K1'], lead: 'K3', ...by })
  await addTeam(db, { cycleId, name: '第二组', members: ['K2'], lead: 'K2', ...by })
  return cycleId
}

function mark(
  db: Database,
  cycleId: string,
  about: Partial<Parameters<typeof recordMark>[1]> = {},
) {
  const cell = { cycleId, unitCode: 'U1', indicatorCode: 'A1', mark: '7', reason: '少一次学习' }
  return recordMark(db, { ...cell, version: null, actor: wang, at: AT, ...about })
}

function giveBack(
  db: Database,
  cycleId: string,
  about: Partial<Parameters<typeof returnMark>[1]> = {},
) {
  const cell = { cycleId, unitCode: 'U1', indicatorCode: 'A1', assessor: 'K1' }
  return returnMark(db, { ...cell, remark: '请核对学习次数', actor: zhang, at: AT, ...about })
}

async function onlyReturn(db: Database, cycleId: string): Promise<string> {
  const [first] = await markReturns(db, cycleId, ['K1', 'K2', 'K3'])
  return first?.id ?? ''
}

onEachDatabase(
  t,
  'a returned mark is changed or stands, and is answered with a word',
  async (t, db) => {
    const cycleId = await twoTeams(db)
    await mark(db, cycleId)
    await giveBack(db, cycleId)
    t.match((await traceOf(db, cycleId)).newest, {
      action: 'return.make',
      subject: '市财政局 / 理论武装 / 王考核',
      detail: { assessor: 'K1', reason: '请核对学习次数' },
    })
    await t.rejects(giveBack(db, cycleId), { code: 'RETURNED_ALREADY', message: /「王考核」/ })
    const answer = { cycleId, returnId: await onlyReturn(db, cycleId), actor: wang, at: AT }
    await t.rejects(answerReturn(db, { ...answer, words: ' ' }), { code: 'ANSWER_MISSING' })
    await mark(db, cycleId, { mark: '6.5', version: 1 })
    await answerReturn(db, { ...answer, words: '补记一次缺席' })
    t.match((await traceOf(db, cycleId)).newest, {
      action: 'return.answer',
      detail: { changed: true, answer: '补记一次缺席' },
    })
    await t.rejects(answerReturn(db, { ...answer, words: '又' }), { code: 'RETURN_NOT_FOUND' })
    await giveBack(db, cycleId)
    const again = (await markReturns(db, cycleId, ['K1']))[1]
    await answerReturn(db, { ...answer, returnId: again?.id ?? '', words: '核对无误' })
    const { detail } = (await traceOf(db, cycleId)).newest ?? {}
    t.match(detail, { changed: false, answer: '核对无误' })
  },
)

onEachDatabase(
  t,
  'nobody but the lead of the team returns or takes a return back',
  async (t, db) => {
    const cycleId = await twoTeams(db)
    await mark(db, cycleId)
    await t.rejects(giveBack(db, cycleId, { actor: liLeads }), {
      code: 'CELL_NOT_OF_TEAM',
      status: 404,
    })
    for (const actor of actorsWithout('lead')) {
      await t.rejects(giveBack(db, cycleId, { actor }), { code: 'ROLE_NEEDED' })
      await t.rejects(submitTeam(db, { cycleId, actor, at: AT }), { code: 'ROLE_NEEDED' })
    }
    const unled = anActor({ roles: ['lead'], assessorCode: 'K1' })
    await t.rejects(giveBack(db, cycleId, { actor: unled }), { code: 'TEAM_NOT_LED' })
    await t.rejects(giveBack(db, cycleId, { remark: '' }), { code: 'CHANGE_REASON_MISSING' })
    await t.rejects(giveBack(db, cycleId, { indicatorCode: 'A2' }), { code: 'CELL_NOT_OF_TEAM' })
    await t.rejects(giveBack(db, cycleId, { unitCode: 'U3' }), { code: 'UNIT_OF_ANOTHER_TEAM' })
    await giveBack(db, cycleId)
    const taken = { cycleId, returnId: await onlyReturn(db, cycleId), at: AT }
    await t.rejects(withdrawReturn(db, { ...taken, actor: liLeads }), { code: 'RETURN_NOT_FOUND' })
    const foreign = answerReturn(db, { ...taken, words: '无误', actor: li })
    await t.rejects(foreign, { code: 'RETURN_NOT_FOUND' })
    await withdrawReturn(db, { ...taken, actor: zhang })
    t.match((await traceOf(db, cycleId)).newest, { action: 'return.withdraw' })
    t.strictSame(await markReturns(db, cycleId, ['K1']), [])
  },
)

onEachDatabase(t, 'recusal holds for returning and for answering', async (t, db) => {
  const cycleId = await twoTeams(db)
  await mark(db, cycleId)
  await giveBack(db, cycleId)
  const answer = { cycleId, returnId: await onlyReturn(db, cycleId), words: '无误', at: AT }
  for (const assessor of ['K1', 'K3']) {
    await declareRecusal(db, { cycleId, assessor, unit: 'U1', reason: '亲属任职', ...by })
  }
  await t.rejects(answerReturn(db, { ...answer, actor: wang }), { code: 'RECUSED' })
  await t.rejects(giveBack(db, cycleId), { code: 'RECUSED', status: 403 })
  await t.rejects(withdrawReturn(db, { ...answer, actor: zhang }), { code: 'RECUSED' })
})

onEachDatabase(t, 'in 复核 only what was returned is open, until it is answered', async (t, db) => {
  const cycleId = await twoTeams(db)
  await mark(db, cycleId)
  await setStage(db, cycleId, 'review')
  const change = (actor: Actor = wang) => mark(db, cycleId, { mark: '6', version: 1, actor })
  await t.rejects(change(), {
    code: 'MARK_NOT_RETURNED',
    message: /「市财政局」的「理论武装」没有退回/,
  })
  const missing = { unitCode: 'U2', mark: '8', reason: null }
  await t.rejects(mark(db, cycleId, missing), { code: 'MARK_NOT_RETURNED' })
  await giveBack(db, cycleId, { unitCode: 'U2', remark: '漏打' })
  const answer = {
    cycleId,
    returnId: await onlyReturn(db, cycleId),
    words: '已补打',
    actor: wang,
    at: AT,
  }
  await t.rejects(answerReturn(db, answer), { code: 'ANSWER_WITHOUT_MARK' })
  await mark(db, cycleId, missing)
  await answerReturn(db, answer)
  await t.rejects(mark(db, cycleId, { ...missing, mark: '7', version: 1 }), {
    code: 'MARK_NOT_RETURNED',
  })
  await dissolveTeam(db, { cycleId, team: 'T1', confirmed: true, ...by })
  t.match(await change(), { version: 2 }, 'to whom nobody can return anything, all is open')
})

onEachDatabase(t, 'a team is submitted whole, and taken back with a reason', async (t, db) => {
  const cycleId = await twoTeams(db)
  const submit = () => submitTeam(db, { cycleId, actor: zhang, at: AT })
  await mark(db, cycleId)
  await t.rejects(submit(), { code: 'TEAM_INCOMPLETE', message: /王考核还剩 1 项/ })
  await mark(db, cycleId, { unitCode: 'U2' })
  await giveBack(db, cycleId)
  await t.rejects(submit(), { code: 'RETURNS_UNANSWERED', message: /王考核 1 项/ })
  const returnId = await onlyReturn(db, cycleId)
  await answerReturn(db, { cycleId, returnId, words: '核对无误', actor: wang, at: AT })
  await submit()
  t.match((await traceOf(db, cycleId)).newest, {
    action: 'team.submit',
    subject: '第一组',
    detail: { marks: 2 },
  })
  await t.rejects(submit(), { code: 'TEAM_SUBMITTED' })
  const shut: readonly (() => Promise<unknown>)[] = [
    () => mark(db, cycleId, { mark: '5', version: 1 }),
    () => giveBack(db, cycleId),
    () => changeTeam(db, { cycleId, team: 'T1', name: '甲组', members: ['K1'], lead: null, ...by }),
    () => dissolveTeam(db, { cycleId, team: 'T1', confirmed: true, ...by }),
  ]
  for (const write of shut) await t.rejects(write(), { code: 'TEAM_SUBMITTED', status: 409 })
  await mark(db, cycleId, { unitCode: 'U3', actor: li })
  const back = { cycleId, team: null, reason: '漏看一份材料', actor: zhang, at: AT }
  await t.rejects(reopenTeam(db, { ...back, reason: '' }), { code: 'CHANGE_REASON_MISSING' })
  await t.rejects(reopenTeam(db, { ...back, team: 'T1', actor: liLeads }), {
    code: 'TEAM_NOT_SUBMITTED',
    message: /第二组/,
  })
  await reopenTeam(db, back)
  t.match((await traceOf(db, cycleId)).newest, {
    action: 'team.reopen',
    detail: { reason: '漏看一份材料' },
  })
  await mark(db, cycleId, { mark: '5', version: 1 })
  await submit()
  await reopenTeam(db, { ...back, team: 'T1', actor: organiser })
  t.equal((await teamSubmissions(db, cycleId)).size, 0)
})
