/** Cells saved one by one, as the script of a scoring page asks for it. */

import t from 'tap'
import { assignMarks } from '../../server/actions/assign-marks.ts'
import { changeAccount } from '../../server/actions/change-account.ts'
import { declareRecusal, liftRecusal } from '../../server/actions/declare-recusal.ts'
import { recordMark } from '../../server/actions/record-mark.ts'
import { COMMAND_LINE } from '../../server/domain/actor.ts'
import { updateDisabled } from '../../server/store/accounts.ts'
import { auditEntries } from '../../server/store/audit.ts'
import { openDatabase } from '../../server/store/database.ts'
import { assessorMarks, cycleMarks } from '../../server/store/marks.ts'
import { migrateToLatest } from '../../server/store/migrator.ts'
import { revokeSessions } from '../../server/store/sessions.ts'
import { MORNING, signIn } from '../helpers/app.ts'
import { AT, aBundle, organiser, setStage } from '../helpers/cycle.ts'
import {
  DATABASE_KINDS,
  emptyDatabase,
  newDatabaseUrl,
  onEachDatabase,
  writingPast,
} from '../helpers/database.ts'
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

for (const kind of DATABASE_KINDS) {
  t.test(`what another program changes counts from the next save on (${kind})`, async (t) => {
    const url = await newDatabaseUrl(kind)
    const [db, other] = [await openDatabase(url), await openDatabase(url)]
    t.teardown(() => Promise.all([db.destroy(), other.destroy()]))
    await migrateToLatest(db)
    const desk = await aDesk(t, db)
    const { cycleId, wang } = desk
    let typed = 0
    const save = () =>
      send(desk, { ...onA1, 'mark/U1': String((typed += 0.5)), 'choice/U1': 'mine:1' })
    t.match(await send(desk, { ...onA1, 'mark/U1': '8' }), { cells: { U1: { state: 'saved' } } })

    const tie = { cycleId, assessor: 'K1', unit: 'U1', reason: '配偶', actor: organiser, at: AT }
    await declareRecusal(other, tie)
    t.match(await save(), { cells: { U1: { state: 'refused', message: /回避/ } } })
    await liftRecusal(other, tie)

    await setStage(other, cycleId, 'decided')
    t.match(await save(), { cells: { U1: { message: /「审定」阶段/ } } })
    await setStage(other, cycleId, 'scoring')

    const cell = { cycleId, indicators: ['A1'], units: ['U1'], actor: organiser, at: AT }
    await assignMarks(other, { ...cell, how: 'give', assessors: ['K2'] })
    t.match(await save(), { status: 403, error: { code: 'MARK_NOT_YOURS' } })
    await assignMarks(other, { ...cell, how: 'give', assessors: ['K1'] })

    const { login, accountId } = wang.actor
    const person = { login, name: '王', unitCode: null, assessorCode: 'K1', at: AT }
    const change = { ...person, actor: COMMAND_LINE, roles: ['leader' as const] }
    await changeAccount(other, change)
    t.match(await save(), { status: 403, error: { code: 'ROLE_NEEDED' } })
    await changeAccount(other, { ...change, roles: ['assessor'] })
    t.match(await save(), { cells: { U1: { state: 'saved' } } }, 'until here nothing was saved')

    const tokens = await wang.visitor.tokens()
    const late = () =>
      wang.visitor.post(`${desk.scoring}/cells`, { ...tokens, ...onA1, 'mark/U1': '1' })
    writingPast(db)
    await other.transaction().execute((trx) => updateDisabled(trx, accountId, AT))
    t.equal((await late()).statusCode, 401)
    await other.transaction().execute((trx) => updateDisabled(trx, accountId, null))
    await other.transaction().execute((trx) => revokeSessions(trx, accountId, { at: MORNING }))
    t.equal((await late()).statusCode, 401)
    t.strictSame(
      (await cycleMarks(other, cycleId)).map(({ mark }) => mark),
      ['2.5'],
    )
  })
}

await onEachDatabase(
  t,
  'cells that many save at once all land, each with its entry',
  async (t, db) => {
    const desk = await aDesk(t, db)
    const li = await desk.person('li', { name: '李考核', assessorCode: 'K2' })
    const zhang = await desk.person('zhang', { name: '张组长', assessorCode: 'K3' })
    const people = [desk.wang, li, zhang]
    for (const { visitor } of people) await visitor.tokens()
    const answers = await Promise.all(
      people.flatMap((person) => [
        send(desk, { ...onA1, 'mark/U1': '8' }, person),
        send(desk, { ...onA1, 'mark/U2': '9' }, person),
        send(desk, { unit: 'U3', 'mark/A1': '6', 'mark/A2': '一般' }, person),
      ]),
    )
    const states = answers.flatMap(({ cells }) => Object.values<{ state: string }>(cells))
    t.strictSame(
      states.map(({ state }) => state),
      people.flatMap(() => ['saved', 'faulty', 'saved', 'saved']),
    )
    const marks = await cycleMarks(db, desk.cycleId)
    t.equal(marks.length, 9)
    t.equal(
      new Set(marks.map(({ unit, indicator, assessor }) => unit + indicator + assessor)).size,
      9,
    )
    const entries = await auditEntries(db, { cycleId: desk.cycleId, action: 'mark.record' })
    t.equal(entries.length, 9)
    t.equal(new Set(entries.map(({ id }) => id)).size, 9)
  },
)

await onEachDatabase(
  t,
  'a cell is told from others by its unit alone, whatever its code',
  async (t, db) => {
    const units = ['U/1', 'U', '8'].map((code) => ({
      code,
      name: `单位${code}`,
      category: '政府部门',
    }))
    const desk = await aDesk(t, db, aBundle({ units }))
    for (const code of ['U/1', 'U', '8']) {
      const { cells } = await send(desk, { ...onA1, [`mark/${code}`]: '7', [`reason/${code}`]: '' })
      t.match(JSON.parse(cells[code].seen), { name: `单位${code}`, version: 1 })
    }
    t.match(await send(desk, { indicator: 'B2', '0/U': '5', '1/U': '' }), {
      cells: { U: { state: 'saved' } },
    })
    t.match(await send(desk, { indicator: 'B1', 'value/U/1': '90' }), {
      cells: { 'U/1': { state: 'saved' } },
    })
  },
)

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
