import t from 'tap'
import { addEvent } from '../../server/actions/add-event.ts'
import { type AssignMarks, assignMarks } from '../../server/actions/assign-marks.ts'
import { declareRecusal, liftRecusal } from '../../server/actions/declare-recusal.ts'
import { recordMark } from '../../server/actions/record-mark.ts'
import { recordTally } from '../../server/actions/record-tally.ts'
import { recordValue } from '../../server/actions/record-value.ts'
import { assignBySuggestion } from '../../server/actions/suggest-assignments.ts'
import { dutyRoster } from '../../server/store/assignments.ts'
import type { Database } from '../../server/store/database.ts'
import { cycleMarks } from '../../server/store/marks.ts'
import {
  AT,
  aBundle,
  aCycle,
  actorsWithout,
  li,
  organiser,
  traceOf,
  wang,
} from '../helpers/cycle.ts'
import { onEachDatabase } from '../helpers/database.ts'

const by = { actor: organiser, at: AT }

function giving(cycleId: string, changes: Partial<AssignMarks> = {}): AssignMarks {
  const chosen = { assessors: ['K1'], indicators: ['A1'], units: ['U1', 'U2'] }
  return { cycleId, how: 'give', ...chosen, ...by, ...changes }
}

const mark = { indicatorCode: 'A1', unitCode: 'U1', mark: '7.5', version: null, at: AT }

onEachDatabase(t, 'who is assigned marks, and nobody else does', async (t, db) => {
  const cycleId = await aCycle(db)
  t.equal(await assignMarks(db, giving(cycleId)), 2)
  t.match((await traceOf(db, cycleId)).newest, {
    action: 'assignment.give',
    detail: { assessors: ['K1'], indicators: ['A1'], units: ['U1', 'U2'], count: 2 },
  })
  await recordMark(db, { cycleId, ...mark, actor: wang })
  const others = recordMark(db, { cycleId, ...mark, actor: li })
  await t.rejects(others, { code: 'MARK_NOT_ASSIGNED', status: 403, message: /市财政局.*理论武装/ })
  const elsewhere = recordMark(db, { cycleId, ...mark, unitCode: 'U3', actor: wang })
  await t.rejects(elsewhere, { code: 'MARK_NOT_ASSIGNED' })
  t.equal((await cycleMarks(db, cycleId)).length, 1)
})

onEachDatabase(t, 'what is taken away can be given again, and marks stay', async (t, db) => {
  const cycleId = await aCycle(db)
  await assignMarks(db, giving(cycleId))
  await recordMark(db, { cycleId, ...mark, actor: wang })
  t.equal(await assignMarks(db, giving(cycleId, { how: 'take', units: ['U1'] })), 1)
  t.equal((await cycleMarks(db, cycleId)).length, 1)
  const change = recordMark(db, { cycleId, ...mark, mark: '6', version: 1, actor: wang })
  await t.rejects(change, { code: 'MARK_NOT_ASSIGNED' })
  const again = assignMarks(db, giving(cycleId, { how: 'take', units: ['U1'] }))
  await t.rejects(again, { code: 'NOTHING_ASSIGNED' })
  t.equal(await assignMarks(db, giving(cycleId)), 1)
  await t.rejects(assignMarks(db, giving(cycleId)), { code: 'NOTHING_TO_ASSIGN' })
})

onEachDatabase(t, 'only what can be marked is given', async (t, db) => {
  const cycleId = await aCycle(db, aBundle({ units: narrowed }))
  await declareRecusal(db, { cycleId, assessor: 'K1', unit: 'U2', reason: '亲属任职', ...by })
  const all = { indicators: ['A1', 'B1'], units: ['U1', 'U2', 'U3'] }
  t.equal(await assignMarks(db, giving(cycleId, all)), 1)
  const { assignments } = await dutyRoster(db, cycleId)
  t.strictSame(assignments, [{ assessor: 'K1', indicator: 'A1', unit: 'U1' }])
  for (const list of ['assessors', 'indicators', 'units']) {
    const none = assignMarks(db, giving(cycleId, { [list]: [] }))
    await t.rejects(none, { code: 'ASSIGNMENT_INCOMPLETE' })
  }
})

const narrowed = [
  { code: 'U1', name: '市财政局', category: '政府部门' },
  { code: 'U2', name: '市教育局', category: '政府部门' },
  { code: 'U3', name: '市委办公室', category: '党委部门', notApplicable: ['A1'] },
]

onEachDatabase(
  t,
  'a suggestion gives every unit its markers, and asks before it replaces',
  async (t, db) => {
    const cycleId = await aCycle(db)
    t.equal(await assignBySuggestion(db, { cycleId, markers: 2, replace: false, ...by }), 15)
    const again = { cycleId, markers: 3, ...by }
    const unasked = assignBySuggestion(db, { ...again, replace: false })
    await t.rejects(unasked, { code: 'REPLACING_UNCONFIRMED' })
    t.equal((await dutyRoster(db, cycleId)).assignments.length, 15)
    t.equal(
      await assignBySuggestion(db, { ...again, replace: true }),
      21,
      'one mark where one decides',
    )
    for (const markers of [0, 1.5, 31, Number.NaN]) {
      const odd = assignBySuggestion(db, { cycleId, markers, replace: true, ...by })
      await t.rejects(odd, { code: 'MARKERS_OUT_OF_RANGE' })
    }
  },
)

/** Everything an assessor enters about a unit. */
const ENTRIES: readonly ((db: Database, cycleId: string) => Promise<unknown>)[] = [
  (db, cycleId) => recordMark(db, { cycleId, ...mark, actor: wang }),
  (db, cycleId) =>
    recordValue(db, { cycleId, ...mark, indicatorCode: 'B1', value: '95', actor: wang }),
  (db, cycleId) =>
    recordTally(db, { cycleId, ...mark, indicatorCode: 'B2', counts: { 满意: 9 }, actor: wang }),
  (db, cycleId) => {
    const event = { unit: 'U1', indicator: 'C1', rule: 'late', reason: '迟报' }
    return addEvent(db, { cycleId, event, actor: wang, at: AT })
  },
]

onEachDatabase(
  t,
  'a declared tie shuts every path to the unit until it is lifted',
  async (t, db) => {
    const cycleId = await aCycle(db)
    await assignMarks(db, giving(cycleId))
    const tie = { cycleId, assessor: 'K1', unit: 'U1', reason: '配偶在该局任职', ...by }
    await declareRecusal(db, tie)
    t.match((await traceOf(db, cycleId)).newest, {
      action: 'recusal.declare',
      subject: '王考核 / 市财政局',
      detail: { reason: '配偶在该局任职' },
    })
    t.strictSame((await dutyRoster(db, cycleId)).assignments, [
      { assessor: 'K1', indicator: 'A1', unit: 'U2' },
    ])
    for (const enter of ENTRIES) {
      await t.rejects(enter(db, cycleId), { code: /^(RECUSED|MARK_NOT_ASSIGNED)$/, status: 403 })
    }
    await t.rejects(declareRecusal(db, tie), { code: 'RECUSAL_TWICE' })
    await t.rejects(liftRecusal(db, { ...tie, reason: ' ' }), { code: 'CHANGE_REASON_MISSING' })
    await liftRecusal(db, { ...tie, reason: '已调离' })
    await t.rejects(liftRecusal(db, tie), { code: 'RECUSAL_NOT_FOUND' })
    await assignMarks(db, giving(cycleId))
    for (const enter of ENTRIES) await enter(db, cycleId)
    t.pass('all of them are taken again')
  },
)

onEachDatabase(t, 'only organisers assign and declare ties', async (t, db) => {
  const cycleId = await aCycle(db)
  for (const actor of actorsWithout('organiser')) {
    const tie = { cycleId, assessor: 'K1', unit: 'U1', reason: '试', actor, at: AT }
    const writes = [
      assignMarks(db, giving(cycleId, { actor })),
      assignBySuggestion(db, { cycleId, markers: 2, replace: true, actor, at: AT }),
      declareRecusal(db, tie),
      liftRecusal(db, tie),
    ]
    for (const write of writes)
      await t.rejects(Promise.resolve<unknown>(write), { code: 'ROLE_NEEDED' })
  }
  const strange = { cycleId, assessor: 'K9', unit: 'U1', reason: '试', ...by }
  await t.rejects(declareRecusal(db, strange), { code: 'ASSESSOR_NOT_IN_CYCLE' })
  const nowhere = { cycleId, assessor: 'K1', unit: 'U9', reason: '试', ...by }
  await t.rejects(declareRecusal(db, nowhere), { code: 'UNIT_NOT_IN_CYCLE' })
})
