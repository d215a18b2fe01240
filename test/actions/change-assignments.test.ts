import t from 'tap'
import { assignMarks } from '../../server/actions/assign-marks.ts'
import {
  type ChangeAssignments,
  changeAssignments,
} from '../../server/actions/change-assignments.ts'
import { declareRecusal } from '../../server/actions/declare-recusal.ts'
import { recordMark } from '../../server/actions/record-mark.ts'
import { dutyRoster } from '../../server/store/assignments.ts'
import type { Database } from '../../server/store/database.ts'
import { rosterVersion } from '../../server/store/roster-version.ts'
import { AT, aCycle, actorsWithout, organiser, setStage, traceOf, wang } from '../helpers/cycle.ts'
import { onEachDatabase } from '../helpers/database.ts'

const by = { actor: organiser, at: AT }
const cell = (assessor: string, indicator: string, unit: string | null, to: 'all' | 'none') => {
  return { assessor, indicator, unit, to }
}

async function changing(
  db: Database,
  cycleId: string,
  ...changes: ChangeAssignments['changes']
): Promise<ChangeAssignments> {
  return { cycleId, version: rosterVersion(await dutyRoster(db, cycleId)), changes, ...by }
}

onEachDatabase(t, 'many cells are given and taken at once, with one entry', async (t, db) => {
  const cycleId = await aCycle(db)
  const first = cell('K1', 'A1', null, 'all')
  t.strictSame(await changeAssignments(db, await changing(db, cycleId, first)), {
    given: 3,
    taken: 0,
  })
  const more = [cell('K1', 'A1', 'U2', 'none'), cell('K2', 'A2', 'U1', 'all')]
  const done = await changeAssignments(db, await changing(db, cycleId, ...more))
  t.strictSame(done, { given: 1, taken: 1 })
  t.match((await traceOf(db, cycleId)).newest, {
    action: 'assignment.change',
    detail: { given: 1, taken: 1, give: { 'K2 A2': ['U1'] }, take: { 'K1 A1': ['U2'] } },
  })
  const { assignments } = await dutyRoster(db, cycleId)
  t.strictSame(
    assignments.map(({ assessor, indicator, unit }) => `${assessor} ${indicator} ${unit}`),
    ['K1 A1 U1', 'K1 A1 U3', 'K2 A2 U1'],
  )
  const same = changeAssignments(db, await changing(db, cycleId, cell('K1', 'A1', 'U1', 'all')))
  await t.rejects(same, { code: 'NO_ASSIGNMENT_CHANGED' })
})

onEachDatabase(t, 'what changed since it was looked at is not written over', async (t, db) => {
  const cycleId = await aCycle(db)
  const change = await changing(db, cycleId, cell('K1', 'A1', 'U1', 'all'))
  const other = { assessors: ['K2'], indicators: ['A1'], units: ['U1'] }
  await assignMarks(db, { cycleId, how: 'give', ...other, ...by })
  await t.rejects(changeAssignments(db, change), { code: 'ASSIGNMENTS_CHANGED', status: 409 })
  t.equal((await dutyRoster(db, cycleId)).assignments.length, 1)
})

onEachDatabase(t, 'a mark that somebody gives meanwhile is no conflict', async (t, db) => {
  const cycleId = await aCycle(db)
  const change = await changing(db, cycleId, cell('K1', 'A1', 'U1', 'all'))
  const mark = { indicatorCode: 'A1', unitCode: 'U1', mark: '7.5', version: null, at: AT }
  await recordMark(db, { cycleId, ...mark, actor: wang })
  t.strictSame(await changeAssignments(db, change), { given: 1, taken: 0 })
})

onEachDatabase(t, 'one cell that cannot be given keeps all of them back', async (t, db) => {
  const cycleId = await aCycle(db)
  await declareRecusal(db, { cycleId, assessor: 'K1', unit: 'U2', reason: '亲属任职', ...by })
  const both = [cell('K1', 'A1', 'U1', 'all'), cell('K1', 'A1', 'U2', 'all')]
  await t.rejects(changeAssignments(db, await changing(db, cycleId, ...both)), {
    code: 'CELL_NOT_ASSIGNABLE',
    message: '「市教育局」的「理论武装」不能分给王考核（回避：亲属任职），全部改动都没有保存。',
  })
  t.equal((await dutyRoster(db, cycleId)).assignments.length, 0)
  const whole = await changing(db, cycleId, cell('K1', 'A1', null, 'all'))
  t.equal((await changeAssignments(db, whole)).given, 2, 'of all, those that can be')
  const strange = [
    [cell('K9', 'A1', 'U1', 'all'), 'ASSESSOR_NOT_IN_CYCLE'],
    [cell('K1', 'A1', 'U9', 'all'), 'UNIT_NOT_IN_CYCLE'],
    [cell('K1', 'C1', 'U1', 'all'), 'INDICATOR_NOT_FOUND'],
  ] as const
  for (const [change, code] of strange) {
    await t.rejects(changeAssignments(db, await changing(db, cycleId, change)), { code })
  }
})

onEachDatabase(t, 'only organisers change cells, until the result is decided', async (t, db) => {
  const cycleId = await aCycle(db)
  const change = await changing(db, cycleId, cell('K1', 'A1', 'U1', 'all'))
  for (const actor of actorsWithout('organiser')) {
    await t.rejects(changeAssignments(db, { ...change, actor }), { code: 'ROLE_NEEDED' })
  }
  await setStage(db, cycleId, 'decided')
  await t.rejects(changeAssignments(db, change), { code: 'STAGE_NOT_OPEN' })
})
