import t from 'tap'
import { addEvent } from '../../server/actions/add-event.ts'
import { assignMarks } from '../../server/actions/assign-marks.ts'
import { correctEvent } from '../../server/actions/correct-event.ts'
import { declareRecusal } from '../../server/actions/declare-recusal.ts'
import { discardRehearsal } from '../../server/actions/discard-rehearsal.ts'
import { importScheme } from '../../server/actions/import-scheme.ts'
import { recordMark } from '../../server/actions/record-mark.ts'
import { recordTally } from '../../server/actions/record-tally.ts'
import { type StartCycle, startCycle } from '../../server/actions/start-cycle.ts'
import { dutyRoster } from '../../server/store/assignments.ts'
import { auditEntries } from '../../server/store/audit.ts'
import { cycleBundle } from '../../server/store/bundle.ts'
import { allCycles, cyclesOf, findCycle } from '../../server/store/cycles.ts'
import { TABLES_OF_CYCLE } from '../../server/store/delete-cycle.ts'
import { AT, aBundle, aCycle, actorsWithout, anActor, organiser, wang } from '../helpers/cycle.ts'
import { onEachDatabase, writingPast } from '../helpers/database.ts'

const by = { actor: organiser, at: AT }

function starting(from: string, changes: Partial<StartCycle> = {}): StartCycle {
  const again = { units: ['U1', 'U3'], assessors: ['K1', 'K2'], assignments: true }
  return { from, name: '2027年度考核', year: 2027, ...again, rehearsal: false, ...by, ...changes }
}

onEachDatabase(t, 'a cycle starts from the last one, without anything scored', async (t, db) => {
  const from = await aCycle(db)
  const chosen = { assessors: ['K1', 'K3'], indicators: ['A1'], units: ['U1', 'U2'] }
  await assignMarks(db, { cycleId: from, how: 'give', ...chosen, ...by })
  await declareRecusal(db, { cycleId: from, assessor: 'K2', unit: 'U1', reason: '亲属', ...by })
  const mark = { unitCode: 'U1', indicatorCode: 'A1', mark: '7', version: null }
  await recordMark(db, { cycleId: from, ...mark, actor: wang, at: AT })
  const id = await startCycle(db, starting(from))
  t.match(await findCycle(db, id), { name: '2027年度考核', year: 2027, stage: 'draft' })
  const bundle = await cycleBundle(db, id)
  t.strictSame(
    bundle.units.map(({ code }) => code),
    ['U1', 'U3'],
  )
  t.strictSame(bundle.units[1]?.notApplicable, ['B1'])
  t.strictSame(
    bundle.assessors.map(({ code }) => code),
    ['K1', 'K2'],
  )
  t.strictSame(bundle.marks, [])
  const { assignments, recusals } = await dutyRoster(db, id)
  t.strictSame(assignments, [{ assessor: 'K1', indicator: 'A1', unit: 'U1' }])
  t.strictSame(recusals, [{ assessor: 'K2', unit: 'U1', reason: '亲属' }])
  const [entry] = await auditEntries(db, { cycleId: id })
  t.match(entry, { action: 'cycle.start', detail: { units: 2, assessors: 2, count: 1 } })
})

onEachDatabase(
  t,
  'it takes the latest version of the index, and running ones keep theirs',
  async (t, db) => {
    const from = await aCycle(db)
    const { scheme } = aBundle()
    const [first] = scheme.base
    const renamed = { ...scheme, base: [{ ...first, name: '理论学习' }, ...scheme.base.slice(1)] }
    await importScheme(db, { scheme: renamed, ...by })
    const id = await startCycle(db, starting(from))
    t.match(await findCycle(db, id), { schemeVersion: 2 })
    t.match(await findCycle(db, from), { schemeVersion: 1 })
    t.equal((await cycleBundle(db, from)).scheme.base[0]?.name, '理论武装')
  },
)

onEachDatabase(t, 'a rehearsal is seen by no unit and thrown away whole', async (t, db) => {
  const from = await aCycle(db)
  const id = await startCycle(db, starting(from, { rehearsal: true }))
  t.match(await findCycle(db, id), { name: '【演练】2027年度考核', rehearsal: true })
  const liaison = anActor({ roles: ['unit'], unitCode: 'U1', assessorCode: null })
  t.strictSame(
    (await cyclesOf(db, liaison)).map((cycle) => cycle.id),
    [from],
  )
  await writingPast(db).updateTable('cycle').set({ stage: 'scoring' }).execute()
  const mark = { unitCode: 'U1', indicatorCode: 'A1', mark: '7', version: null }
  await recordMark(db, { cycleId: id, ...mark, actor: wang, at: AT })
  const ballots = { unitCode: 'U1', indicatorCode: 'B2', counts: { 满意: 9 }, version: null }
  await recordTally(db, { cycleId: id, ...ballots, actor: wang, at: AT })
  const event = { unit: 'U1', indicator: 'C1', rule: 'late', reason: '迟报' }
  const eventId = await addEvent(db, { cycleId: id, event, actor: wang, at: AT })
  const correction = { ...event, count: 2 }
  const changed = { cycleId: id, eventId, event: correction, reason: '两次', version: 1 }
  await correctEvent(db, { ...changed, actor: wang, at: AT })
  await t.rejects(discardRehearsal(db, { cycleId: id, confirmed: false, ...by }), {
    code: 'DISCARD_UNCONFIRMED',
  })
  await discardRehearsal(db, { cycleId: id, confirmed: true, ...by })
  t.strictSame(
    (await allCycles(db)).map((cycle) => cycle.id),
    [from],
  )
  const [entry] = await auditEntries(db, { cycleId: id })
  t.equal(entry?.action, 'cycle.discard')
  await t.rejects(discardRehearsal(db, { cycleId: from, confirmed: true, ...by }), {
    code: 'NOT_A_REHEARSAL',
  })
})

onEachDatabase(t, 'every table whose rows belong to a cycle is emptied with it', async (t, db) => {
  const tables = await db.introspection.getTables()
  const ofCycle = tables
    .filter(({ columns }) => columns.some(({ name }) => name === 'cycle_id'))
    .map(({ name }) => name)
  t.strictSame(ofCycle.sort(), [...TABLES_OF_CYCLE, 'audit_entry'].sort())
})

onEachDatabase(t, 'what cannot be started is refused', async (t, db) => {
  const from = await aCycle(db)
  await t.rejects(startCycle(db, starting(from, { name: ' ' })), { code: 'CYCLE_NAME_MISSING' })
  await t.rejects(startCycle(db, starting(from, { units: [] })), { code: 'ASSIGNMENT_INCOMPLETE' })
  await t.rejects(startCycle(db, starting('none')), { code: 'CYCLE_NOT_FOUND' })
  for (const actor of actorsWithout('organiser')) {
    await t.rejects(startCycle(db, starting(from, { actor })), { code: 'ROLE_NEEDED' })
    const discard = discardRehearsal(db, { cycleId: from, confirmed: true, actor, at: AT })
    await t.rejects(discard, { code: 'ROLE_NEEDED' })
  }
  t.equal((await allCycles(db)).length, 1)
})
