import t from 'tap'
import { addTeam } from '../../server/actions/add-team.ts'
import { assignMarks } from '../../server/actions/assign-marks.ts'
import { declareRecusal } from '../../server/actions/declare-recusal.ts'
import { recordMark } from '../../server/actions/record-mark.ts'
import { returnMark } from '../../server/actions/return-mark.ts'
import { markReturns } from '../../server/store/mark-returns.ts'
import { anAccount, signIn, type Visitor } from '../helpers/app.ts'
import { AT, organiser, setStage, wang } from '../helpers/cycle.ts'
import { emptyDatabase, onEachDatabase } from '../helpers/database.ts'
import { aDesk, type Desk, rolesWith, textOf } from '../helpers/desk.ts'
import { downloadSheet, inputOf, previewOf } from '../helpers/score-sheet.ts'

const by = { actor: organiser, at: AT }
const CELL = { unit: 'U1', indicator: 'A1', assessor: 'K1' }

interface Teams {
  desk: Desk
  base: string
  zhang: Visitor
  li: Visitor
  assessor: Visitor
}

/** 张组长 (K3) leads 王考核 (K1), who marks A1 of U1 and U2; 李组长 (K2) marks U2 in his own team. */
async function twoTeams(desk: Desk): Promise<Teams> {
  const { db, cycleId } = desk
  const zhang = await desk.as('lead')
  const person = { login: 'li', name: '李组长', roles: ['lead'], assessorCode: 'K2' } as const
  const li = await signIn(desk.app, await anAccount(db, person))
  const given = { cycleId, how: 'give' as const, indicators: ['A1'], ...by }
  await assignMarks(db, { ...given, assessors: ['K1'], units: ['U1', 'U2'] })
  await assignMarks(db, { ...given, assessors: ['K2'], units: ['U2'] })
  await addTeam(db, { cycleId, name: '第一组', members: ['K1'], lead: 'K3', ...by })
  await addTeam(db, { cycleId, name: '第二组', members: [], lead: 'K2', ...by })
  const cell = { cycleId, unitCode: 'U1', indicatorCode: 'A1', version: null }
  await recordMark(db, { ...cell, mark: '6.5', reason: '少一次学习', actor: wang, at: AT })
  return { desk, base: `/cycles/${cycleId}`, zhang, li, assessor: await desk.as('assessor') }
}

onEachDatabase(t, 'a mark goes back to its assessor, is mended and answered', async (t, db) => {
  const { desk, base, zhang, assessor } = await twoTeams(await aDesk(t, db))
  const silent = await zhang.postForm(`${base}/team/returns?unit=U1&page=1`, {
    ...CELL,
    remark: ' ',
  })
  t.match([silent.statusCode, textOf(silent)], [422, '退回打分须写明理由。'])
  const remark = '请核对学习次数'
  const back = await zhang.postForm(`${base}/team/returns?unit=U1&page=1`, { ...CELL, remark })
  t.match(
    [back.statusCode, back.headers.location],
    [303, `${base}/team?unit=U1&page=1#mark-U1-A1-K1`],
  )
  t.match(textOf(await zhang.get(`${base}/team?standing=waiting`)), '已退回，待答复 请核对学习次数')
  t.match(textOf(await zhang.get('/')), '退回 1 项还没有答复。')
  await setStage(db, desk.cycleId, 'review')
  t.match(textOf(await assessor.get('/')), '组长退回了 1 项打分，等您答复。')
  t.match(textOf(await assessor.get(`${base}/scoring`)), '组长退回了 1 项打分，等您答复。')
  const grid = await assessor.get(`${base}/scoring/indicators/A1`)
  t.match(textOf(grid), '市财政局 组长退回：请核对学习次数')
  t.match(grid.body, 'name="mark/U1"')
  t.notMatch(grid.body, 'name="mark/U2"')
  t.match(textOf(grid), '只有组长退回的打分可以改动')
  const list = await assessor.get(`${base}/returns`)
  t.match(textOf(list), '市财政局 A1 理论武装 组长退回 请核对学习次数')
  t.match(textOf(list), '现在的打分 6.5：少一次学习')
  const [id = ''] = (await markReturns(db, desk.cycleId, ['K1'])).map((each) => each.id)
  const wordless = await assessor.postForm(`${base}/returns/${id}/answer`, { words: '' })
  t.match([wordless.statusCode, textOf(wordless)], [422, '请写一句答复'])
  t.match(wordless.body, `href="#words-${id}"`)
  const cells = { indicator: 'A1', 'mark/U1': '6', 'reason/U1': '少两次学习', 'mark/U2': '8' }
  const seen = JSON.stringify({ name: '', version: 1, texts: { mark: '6.5', reason: '' } })
  const saved = await assessor.postForm(`${base}/scoring/cells`, { ...cells, 'seen/U1': seen })
  t.match(saved.json().cells, {
    U1: { state: 'saved' },
    U2: { message: /只有组长退回的打分可以改动/ },
  })
  const answered = await assessor.postForm(`${base}/returns/${id}/answer`, { words: '已改' })
  t.equal(answered.statusCode, 303)
  t.match(textOf(await zhang.get(`${base}/team?standing=answered`)), '答复（已改动）：已改')
  t.notMatch((await assessor.get(`${base}/scoring/indicators/A1`)).body, 'name="mark/')
  t.notMatch(textOf(await assessor.get('/')), '等您答复')
})

onEachDatabase(t, 'what is returned is told to nobody else, on no path', async (t, db) => {
  const { desk, base, zhang, li } = await twoTeams(await aDesk(t, db))
  await zhang.postForm(`${base}/team/returns`, { ...CELL, remark: '请核对学习次数' })
  const [id = ''] = (await markReturns(db, desk.cycleId, ['K1'])).map((each) => each.id)
  const paths = [
    '/team',
    '/team?standing=waiting',
    '/returns',
    '/scoring',
    '/scoring/indicators/A1',
  ]
  for (const path of paths) {
    const page = textOf(await li.get(base + path))
    t.notMatch(page, /请核对学习次数|等您答复|王考核/, path)
  }
  t.match(textOf(await li.get(`${base}/team`)), '已退回，待答复（0）')
  t.match(textOf(await li.get(`${base}/returns`)), '没有退回给您的打分。')
  const strange = await li.postForm(`${base}/team/returns`, { ...CELL, remark: '试' })
  t.equal(strange.statusCode, 404)
  const shared = await li.postForm(`${base}/team/returns`, { ...CELL, unit: 'U2', remark: '试' })
  t.equal(shared.statusCode, 404, 'not even for a unit that both teams mark')
  const taken = await li.postForm(`${base}/team/returns/${id}/withdrawal`, {})
  t.equal(taken.statusCode, 404)
  const answer = await li.postForm(`${base}/returns/${id}/answer`, { words: '无误' })
  t.equal(answer.statusCode, 404)
  const own = await zhang.postForm(`${base}/team/returns/${id}/withdrawal`, {})
  t.equal(own.statusCode, 303)
})

onEachDatabase(
  t,
  'a lead submits a complete team, and the organiser sees who did not',
  async (t, db) => {
    const { desk, base, zhang, assessor } = await twoTeams(await aDesk(t, db))
    const visitor = await desk.as('organiser')
    await zhang.postForm(`${base}/team/returns`, { ...CELL, remark: '请核对' })
    const early = await zhang.postForm(`${base}/team/submission`, {})
    t.match(
      [early.statusCode, textOf(early)],
      [422, '「第一组」还没有打完，不能提交：王考核还剩 1 项。'],
    )
    t.match(
      textOf(await zhang.get(`${base}/team`)),
      '还不能提交：还有 1 项没有打分，1 项退回没有答复。',
    )
    const stage = textOf(await visitor.get(`${base}/stage`))
    t.match(stage, '「第一组」没有提交：还有 1 项没有打分，1 项退回没有答复。')
    t.match(stage, '「第二组」没有提交：还有 1 项没有打分。')
    const [id = ''] = (await markReturns(db, desk.cycleId, ['K1'])).map((each) => each.id)
    await assessor.postForm(`${base}/returns/${id}/answer`, { words: '核对无误' })
    await assessor.postForm(`${base}/scoring/cells`, { indicator: 'A1', 'mark/U2': '8' })
    t.match(textOf(await zhang.get('/')), '可以提交了')
    t.equal((await zhang.postForm(`${base}/team/submission`, {})).statusCode, 303)
    t.match(textOf(await visitor.get(`${base}/stage`)), '「第一组」已于 2026-11-20')
    t.match(textOf(await visitor.get(`${base}/teams/T1`)), '这个考核组已于 2026-11-20')
    const grid = await assessor.get(`${base}/scoring/indicators/A1`)
    t.match(textOf(grid), '「第一组」已经提交，打分不能再改动。')
    t.notMatch(grid.body, 'name="mark/')
    const late = await assessor.postForm(`${base}/scoring/cells`, {
      indicator: 'A1',
      'mark/U2': '7',
    })
    t.match(late.json().cells.U2.message, '「第一组」已经提交')
    const wordless = await zhang.postForm(`${base}/team/submission/withdrawal`, { reason: '' })
    t.match([wordless.statusCode, textOf(wordless)], [422, '撤回提交须写明理由。'])
    const reason = '漏看一份材料'
    t.equal(
      (await zhang.postForm(`${base}/team/submission/withdrawal`, { reason })).statusCode,
      303,
    )
    t.match((await assessor.get(`${base}/scoring/indicators/A1`)).body, 'name="mark/')
    await zhang.postForm(`${base}/team/submission`, {})
    const path = `${base}/teams/T1/submission/withdrawal`
    t.equal((await zhang.postForm(path, { reason })).statusCode, 403)
    t.equal((await visitor.postForm(path, { reason: ' ' })).statusCode, 422)
    t.equal((await visitor.postForm(path, { reason })).statusCode, 303)
  },
)

t.test('only a lead opens his team, and only who marks what was returned to him', async (t) => {
  const { desk, base } = await twoTeams(await aDesk(t, await emptyDatabase()))
  const allowed = { '/team': ['lead'], '/returns': ['assessor', 'lead'] }
  for (const [path, roles] of Object.entries(allowed)) {
    t.strictSame((await rolesWith(desk, 200, base + path)).sort(), roles, path)
  }
})

t.test('a lead who is tied to a unit neither sees nor returns its marks', async (t) => {
  const { desk, base, zhang } = await twoTeams(await aDesk(t, await emptyDatabase()))
  const tie = { cycleId: desk.cycleId, assessor: 'K3', unit: 'U1', reason: '曾任该局副局长' }
  const lead = (await desk.account('lead')).actor
  const cell = { cycleId: desk.cycleId, unitCode: 'U1', indicatorCode: 'A1', assessor: 'K1' }
  await returnMark(desk.db, { ...cell, remark: '请核对学习次数', actor: lead, at: AT })
  await declareRecusal(desk.db, { ...tie, ...by })
  t.notMatch(textOf(await zhang.get(`${base}/team`)), /6\.5|请核对学习次数/)
  t.equal((await zhang.postForm(`${base}/team/returns`, { ...CELL, remark: '试' })).statusCode, 403)
})

t.test(
  'a score sheet writes nothing that is closed meanwhile, and holds only what is open',
  async (t) => {
    const { desk, base, zhang, assessor } = await twoTeams(await aDesk(t, await emptyDatabase()))
    const sheet = await downloadSheet(desk, assessor)
    inputOf(sheet, 'A1', 'U1').value = 5
    inputOf(sheet, 'A1', 'U2').value = 7
    await setStage(desk.db, desk.cycleId, 'review')
    await zhang.postForm(`${base}/team/returns`, { ...CELL, remark: '请核对学习次数' })
    const { url, page } = await previewOf(desk, assessor, sheet)
    t.match(textOf(page), '只有退回的打分可以改动，这一格不能写入。')
    t.equal([...page.body.matchAll(/name="take\//g)].length, 1)
    const taken = /name="take\/(\d+)" value="([^"]+)"/.exec(page.body)
    const fields = { [`take/${taken?.[1]}`]: taken?.[2] ?? '' }
    t.equal((await assessor.postForm(`${url}/acceptance`, fields)).statusCode, 303)
    const marks = await desk.db.selectFrom('mark').select(['unit_code', 'mark_micros']).execute()
    t.strictSame(marks, [{ unit_code: 'U1', mark_micros: 5_000_000 }])
    const again = await downloadSheet(desk, assessor)
    t.throws(() => inputOf(again, 'A1', 'U2'))
    t.equal(inputOf(again, 'A1', 'U1').value, 5)
  },
)
