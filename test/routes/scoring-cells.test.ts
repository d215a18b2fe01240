/** Cells saved one by one, as the script of a scoring page asks for it. */

import t from 'tap'
import { recordMark } from '../../server/actions/record-mark.ts'
import { auditEntries } from '../../server/store/audit.ts'
import { assessorMarks } from '../../server/store/marks.ts'
import { signIn } from '../helpers/app.ts'
import { AT } from '../helpers/cycle.ts'
import { emptyDatabase, onEachDatabase } from '../helpers/database.ts'
import { aDesk, type DeskTest, type Person } from '../helpers/entry-desk.ts'

type Fields = Record<string, string>

/** Sends cells of one page, and reads the answer. */
async function send(desk: DeskTest, fields: Fields, { visitor }: Person = desk.wang) {
  const answer = await visitor.postForm(`${desk.scoring}/cells`, fields)
  t.match(answer.headers['content-type'], 'application/json')
  return { status: answer.statusCode, ...answer.json() }
}

const onA1 = { indicator: 'A1' }

await onEachDatabase(t, 'a cell is saved and answered with its new version', async (t, db) => {
  const desk = await aDesk(t, db)
  const first = await send(desk, { ...onA1, 'mark/U1': '７．５', 'reason/U1': '' })
  t.equal(first.status, 200)
  const { state, seen } = first.cells.U1
  t.equal(state, 'saved')
  t.strictSame(JSON.parse(seen), {
    name: '市财政局',
    version: 1,
    texts: { mark: '7.5', reason: '' },
  })
  const second = await send(desk, { ...onA1, 'mark/U1': '7', 'reason/U1': '缺', 'seen/U1': seen })
  t.match(JSON.parse(second.cells.U1.seen), { version: 2, texts: { mark: '7', reason: '缺' } })
  t.strictSame(Object.keys(second.cells), ['U1'], 'nothing is said of cells that were not sent')
  const marks = await assessorMarks(db, { cycleId: desk.cycleId, assessor: 'K1' })
  t.match(marks, [{ unit: 'U1', indicator: 'A1', mark: '7', reason: '缺' }])
  const [newest] = await auditEntries(db, { cycleId: desk.cycleId })
  t.equal(newest?.action, 'mark.change', 'each save is in the audit ledger')
})

await onEachDatabase(t, 'sending a cell again after a lost answer saves once', async (t, db) => {
  const desk = await aDesk(t, db)
  const fields = { ...onA1, 'mark/U1': '7', 'reason/U1': '' }
  const first = await send(desk, fields)
  const again = await send(desk, fields)
  t.strictSame(again.cells, first.cells)
  t.equal((await auditEntries(db, { cycleId: desk.cycleId })).length, 2, 'the import and one mark')
})

await onEachDatabase(
  t,
  'a faulty cell says where and why, and holds up no other',
  async (t, db) => {
    const desk = await aDesk(t, db)
    const { cells } = await send(desk, { ...onA1, 'mark/U1': '9', 'mark/U2': '8' })
    t.match(cells.U1, { state: 'faulty', part: 'mark', message: /^得分应在 0 到 8 之间.您填了 9/ })
    t.equal(cells.U2.state, 'saved')
    const unit = await send(desk, {
      unit: 'U2',
      'mark/A2': '好',
      'points/A2': '九',
      'mark/A3': 'yes',
    })
    t.match(unit.cells.A2, { state: 'faulty', part: 'points' })
    t.match(JSON.parse(unit.cells.A3.seen), { name: '制度健全', texts: { mark: 'yes' } })
  },
)

await onEachDatabase(t, 'a change in another window is shown beside, to choose', async (t, db) => {
  const desk = await aDesk(t, db)
  const old = (await send(desk, { ...onA1, 'mark/U1': '7' })).cells.U1.seen
  await send(desk, { ...onA1, 'mark/U1': '6', 'seen/U1': old })
  const mine = { ...onA1, 'mark/U1': '5', 'reason/U1': '', 'seen/U1': old }
  const { U1 } = (await send(desk, mine)).cells
  t.equal(U1.state, 'conflict')
  t.match(U1.conflict.text, /已改为「6」（.*，王考核）；您填的是「5」/)
  const kept = await send(desk, { ...mine, 'choice/U1': U1.conflict.theirs.value })
  t.match(JSON.parse(kept.cells.U1.seen), { version: 2, texts: { mark: '6' } })
  const chosen = await send(desk, { ...mine, 'choice/U1': U1.conflict.mine.value })
  t.match(JSON.parse(chosen.cells.U1.seen), { version: 3, texts: { mark: '5' } })
})

await onEachDatabase(t, 'another assessor’s mark is no conflict and is not told', async (t, db) => {
  const desk = await aDesk(t, db)
  const li = await desk.person('li', { name: '李考核', assessorCode: 'K2' })
  const place = { cycleId: desk.cycleId, unitCode: 'U1', indicatorCode: 'A1' }
  const mark = { mark: '3.5', reason: '机密', version: null, actor: li.actor, at: AT }
  await recordMark(db, { ...place, ...mark })
  const answers = [
    await send(desk, { ...onA1, 'mark/U1': '7' }),
    await send(desk, { ...onA1, 'mark/U1': '99' }),
    await send(desk, { ...onA1, 'mark/U1': '6', 'choice/U1': 'theirs' }),
    await send(desk, { unit: 'U1', 'mark/A1': '6', 'seen/A1': '{"version":4,"texts":{}}' }),
  ]
  t.notMatch(JSON.stringify(answers), /3\.5|机密|李考核/)
})

t.test('his own unit, what is not his, and what is not there are refused', async (t) => {
  const desk = await aDesk(t, await emptyDatabase())
  const sun = await desk.person('sun', { name: '孙', assessorCode: 'K2', unitCode: 'U1' })
  const own = await send(desk, { ...onA1, 'mark/U1': '8', 'mark/U2': '8' }, sun)
  t.match(own.cells.U1, { state: 'refused', message: /回避|所在/ })
  t.equal(own.cells.U2.state, 'saved')
  t.match(await send(desk, { unit: 'U1', 'mark/A1': '8' }, sun), {
    status: 403,
    error: { message: '市财政局' },
  })
  const stranger = await send(desk, { ...onA1, 'mark/U9': '8' })
  t.match(stranger.faults, [/U9/])
  t.equal((await send(desk, { indicator: 'X1', 'mark/U1': '8' })).status, 404)
  t.equal((await send(desk, { 'mark/U1': '8' })).status, 400)
})

t.test('without session, token or role the answer is JSON with its status', async (t) => {
  const desk = await aDesk(t, await emptyDatabase())
  const url = `${desk.scoring}/cells`
  const fields = { ...onA1, 'mark/U1': '8' }
  const tokens = await desk.wang.visitor.tokens()
  const untoken = await desk.wang.visitor.post(url, fields)
  t.match([untoken.statusCode, untoken.json().error.code], [403, 'FORM_OUTDATED'])
  const foreign = await desk.wang.visitor.post(
    url,
    { ...fields, ...tokens },
    { 'sec-fetch-site': 'cross-site' },
  )
  t.match([foreign.statusCode, foreign.json().error.code], [403, 'FORM_FOREIGN'])
  const leader = await desk.person('zhao', { roles: ['leader'], assessorCode: null })
  t.match(await send(desk, fields, leader), { status: 403, error: { code: 'ROLE_NEEDED' } })
  desk.clock.pass(31)
  const late = await desk.wang.visitor.post(url, { ...fields, ...tokens })
  t.equal(late.statusCode, 401)
  t.match(late.json().error, { code: 'SESSION_EXPIRED', message: '已留在本机' })
  const visitor = await signIn(desk.app, desk.wang.account)
  const now = await send(desk, fields, { ...desk.wang, visitor })
  t.equal(now.cells.U1.state, 'saved', 'after signing in the same is saved')
  const others = await leader.visitor.post(url, { ...fields, ...tokens })
  t.equal(others.statusCode, 401, 'an old page of somebody else saves nothing')
})
