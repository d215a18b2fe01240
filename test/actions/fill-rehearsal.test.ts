import t from 'tap'
import { assignMarks } from '../../server/actions/assign-marks.ts'
import { declareRecusal } from '../../server/actions/declare-recusal.ts'
import { fillRehearsal } from '../../server/actions/fill-rehearsal.ts'
import { recordMark } from '../../server/actions/record-mark.ts'
import { startCycle } from '../../server/actions/start-cycle.ts'
import { cycleBundle } from '../../server/store/bundle.ts'
import type { Database } from '../../server/store/database.ts'
import { evaluatedCycle } from '../../server/store/evaluation.ts'
import { clearRehearsalEntries } from '../../server/store/rehearsal-entries.ts'
import { AT, aCycle, actorsWithout, organiser, setStage, traceOf, wang } from '../helpers/cycle.ts'
import { onEachDatabase } from '../helpers/database.ts'

const by = { actor: organiser, at: AT }

async function aRehearsal(db: Database): Promise<{ real: string; cycleId: string }> {
  const real = await aCycle(db)
  const again = { units: ['U1', 'U2', 'U3'], assessors: ['K1', 'K2', 'K3'], assignments: true }
  const start = { from: real, name: '演练', year: 2027, ...again, rehearsal: true, ...by }
  const cycleId = await startCycle(db, start)
  await setStage(db, cycleId, 'scoring')
  return { real, cycleId }
}

onEachDatabase(t, 'a rehearsal is filled in one go, and every unit gets a rank', async (t, db) => {
  const { cycleId } = await aRehearsal(db)
  await declareRecusal(db, { cycleId, assessor: 'K1', unit: 'U1', reason: '亲属任职', ...by })
  const counts = await fillRehearsal(db, { cycleId, scope: 'missing', seed: 7, ...by })
  t.match(counts, { values: 2, tallies: 3 })
  t.match((await traceOf(db, cycleId)).newest, {
    action: 'cycle.fill',
    detail: { seed: 7, all: false, ...counts },
  })
  const { bundle, evaluation } = await evaluatedCycle(db, cycleId)
  t.ok(evaluation.result.units.every(({ complete, rank }) => complete && rank !== null))
  t.ok(bundle.marks.every(({ reason }) => reason?.startsWith('演练')))
  t.notOk(bundle.marks.some(({ assessor, unit }) => assessor === 'K1' && unit === 'U1'))
})

onEachDatabase(
  t,
  'what somebody entered stays, unless everything is filled anew',
  async (t, db) => {
    const { cycleId } = await aRehearsal(db)
    const mark = { unitCode: 'U1', indicatorCode: 'A1', mark: '1', version: null, at: AT }
    await recordMark(db, { cycleId, ...mark, actor: wang })
    const fill = { cycleId, seed: 7, ...by }
    await fillRehearsal(db, { ...fill, scope: 'missing' })
    const own = async () =>
      (await cycleBundle(db, cycleId)).marks.find(
        ({ unit, indicator, assessor }) => unit === 'U1' && indicator === 'A1' && assessor === 'K1',
      )
    t.match(await own(), { mark: '1' })
    await fillRehearsal(db, { ...fill, scope: 'all' })
    const first = await cycleBundle(db, cycleId)
    t.match(await own(), { reason: /^演练/ })
    await fillRehearsal(db, { ...fill, scope: 'all' })
    t.strictSame(await cycleBundle(db, cycleId), first, 'the same seed fills in the same')
  },
)

onEachDatabase(t, 'assignments by name are kept to', async (t, db) => {
  const { cycleId } = await aRehearsal(db)
  const given = { assessors: ['K2'], indicators: ['A1'], units: ['U1', 'U2'] }
  await assignMarks(db, { cycleId, how: 'give', ...given, ...by })
  t.match(await fillRehearsal(db, { cycleId, scope: 'missing', seed: 1, ...by }), { marks: 2 })
})

onEachDatabase(t, 'a real cycle is never filled, on no path', async (t, db) => {
  const { real, cycleId } = await aRehearsal(db)
  const fill = { scope: 'all', seed: 7, ...by } as const
  await t.rejects(fillRehearsal(db, { cycleId: real, ...fill }), { code: 'NOT_A_REHEARSAL' })
  const clearing = db.transaction().execute((trx) => clearRehearsalEntries(trx, real))
  await t.rejects(clearing, { message: /is no rehearsal/ })
  t.strictSame((await cycleBundle(db, real)).marks, [])
  for (const actor of actorsWithout('organiser')) {
    await t.rejects(fillRehearsal(db, { cycleId, ...fill, actor }), { code: 'ROLE_NEEDED' })
  }
  for (const seed of [0, 1.5, Number.NaN, 1_000_000]) {
    await t.rejects(fillRehearsal(db, { cycleId, ...fill, seed }), { code: 'SEED_FAULTY' })
  }
  await setStage(db, cycleId, 'draft')
  await t.rejects(fillRehearsal(db, { cycleId, ...fill }), { code: 'STAGE_NOT_OPEN' })
})
