import t from 'tap'
import { liftAdjustment } from '../../server/actions/lift-adjustment.ts'
import { liftVeto } from '../../server/actions/lift-veto.ts'
import { publishResult } from '../../server/actions/publish-result.ts'
import { recordAdjustment } from '../../server/actions/record-adjustment.ts'
import { recordVeto } from '../../server/actions/record-veto.ts'
import type { Actor } from '../../server/domain/actor.ts'
import { cycleBundle } from '../../server/store/bundle.ts'
import { cycleAdjustments, cycleVetoes } from '../../server/store/decisions.ts'
import { AT, aCycle, actorsWithout, faulty, organiser, traceOf } from '../helpers/cycle.ts'
import { onEachDatabase } from '../helpers/database.ts'

const veto = { unitCode: 'U1', vetoCode: 'V1', reason: '副局长被立案', actor: organiser, at: AT }
const adjustment = {
  unitCode: 'U1',
  grade: '良好',
  reason: '党组会议审定',
  actor: organiser,
  at: AT,
}
const lift = { reason: '核查不实', actor: organiser, at: '2026-11-22T00:00:00.000Z' }

onEachDatabase(t, 'a veto holds until it is lifted, and stays to be read', async (t, db) => {
  const cycleId = await aCycle(db)
  const vetoId = await recordVeto(db, { cycleId, ...veto })
  t.strictSame((await cycleBundle(db, cycleId)).vetoes, [
    { unit: 'U1', veto: 'V1', reason: '副局长被立案' },
  ])
  t.match((await traceOf(db, cycleId)).newest, {
    action: 'veto.record',
    subject: '市财政局 / 班子成员被立案',
  })
  await liftVeto(db, { cycleId, vetoId, ...lift })
  t.strictSame((await cycleBundle(db, cycleId)).vetoes, [])
  t.match(await cycleVetoes(db, cycleId, { lifted: true }), [
    { id: vetoId, recordedBy: 'account-kao', liftedAt: lift.at, liftReason: '核查不实' },
  ])
  t.match(await traceOf(db, cycleId), {
    revision: 3,
    newest: { action: 'veto.lift', detail: { reason: '核查不实', before: { veto: 'V1' } } },
  })
  await t.rejects(liftVeto(db, { cycleId, vetoId, ...lift }), { code: 'VETO_NOT_FOUND' })
  t.ok(await recordVeto(db, { cycleId, ...veto, exempt: true }), 'it may be recorded anew')
  t.strictSame((await cycleBundle(db, cycleId)).vetoes[0]?.exempt, true)
})

onEachDatabase(
  t,
  'a decided grade holds until it is lifted, and stays to be read',
  async (t, db) => {
    const cycleId = await aCycle(db)
    const adjustmentId = await recordAdjustment(db, { cycleId, ...adjustment })
    t.strictSame((await cycleBundle(db, cycleId)).adjustments, [
      { unit: 'U1', grade: '良好', reason: '党组会议审定' },
    ])
    await liftAdjustment(db, { cycleId, adjustmentId, ...lift })
    t.strictSame((await cycleBundle(db, cycleId)).adjustments, [])
    t.match(await cycleAdjustments(db, cycleId, { lifted: true }), [{ liftReason: '核查不实' }])
    t.match(await traceOf(db, cycleId), {
      revision: 3,
      newest: { action: 'adjustment.lift', subject: '市财政局 / 良好' },
    })
    const again = liftAdjustment(db, { cycleId, adjustmentId, ...lift })
    await t.rejects(again, { code: 'ADJUSTMENT_NOT_FOUND' })
  },
)

onEachDatabase(t, 'a decision that cannot be is refused, and nothing is kept', async (t, db) => {
  const cycleId = await aCycle(db)
  const vetoId = await recordVeto(db, { cycleId, ...veto })
  const adjustmentId = await recordAdjustment(db, { cycleId, ...adjustment })
  const before = await traceOf(db, cycleId)
  const again = { cycleId, ...veto }
  const other = { cycleId, ...adjustment, unitCode: 'U2' }
  const refused: [() => Promise<string>, string][] = [
    [() => recordVeto(db, again), 'DUPLICATE_ENTRY'],
    [() => recordVeto(db, { ...again, vetoCode: 'V9' }), 'UNKNOWN_VETO'],
    [() => recordVeto(db, { ...again, unitCode: 'U2', reason: ' ' }), 'MISSING_REASON'],
    [() => recordAdjustment(db, { cycleId, ...adjustment }), 'DUPLICATE_ENTRY'],
    [() => recordAdjustment(db, { ...other, grade: '甲' }), 'UNKNOWN_GRADE'],
    [() => recordAdjustment(db, { ...other, reason: '' }), 'MISSING_REASON'],
  ]
  for (const [attempt, code] of refused) {
    await t.rejects(attempt(), { ...faulty, faults: [{ code }] }, code)
  }
  const noReason = { cycleId, vetoId, adjustmentId, ...lift, reason: '' }
  await t.rejects(liftVeto(db, noReason), { code: 'CHANGE_REASON_MISSING' })
  await t.rejects(liftAdjustment(db, noReason), { code: 'CHANGE_REASON_MISSING' })
  t.strictSame(await traceOf(db, cycleId), before)
})

onEachDatabase(t, 'only organisers decide, and not once the result is published', async (t, db) => {
  const cycleId = await aCycle(db)
  const vetoId = await recordVeto(db, { cycleId, ...veto })
  const adjustmentId = await recordAdjustment(db, { cycleId, ...adjustment })
  const attempts: ((actor?: Actor) => Promise<unknown>)[] = [
    (actor = organiser) => recordVeto(db, { cycleId, ...veto, unitCode: 'U2', actor }),
    (actor = organiser) => recordAdjustment(db, { cycleId, ...adjustment, unitCode: 'U2', actor }),
    (actor = organiser) => liftVeto(db, { cycleId, vetoId, ...lift, actor }),
    (actor = organiser) => liftAdjustment(db, { cycleId, adjustmentId, ...lift, actor }),
  ]
  for (const attempt of attempts) {
    for (const actor of actorsWithout('organiser')) {
      await t.rejects(attempt(actor), { code: 'ROLE_NEEDED', status: 403 })
    }
  }
  await publishResult(db, { cycleId, actor: organiser, at: AT })
  for (const attempt of attempts) await t.rejects(attempt(), { code: 'CYCLE_CLOSED' })
})

onEachDatabase(t, 'nobody decides on his own unit', async (t, db) => {
  const cycleId = await aCycle(db)
  const vetoId = await recordVeto(db, { cycleId, ...veto })
  const adjustmentId = await recordAdjustment(db, { cycleId, ...adjustment })
  const actor = { ...organiser, unitCode: 'U1' }
  const recused = { code: 'RECUSED', status: 403 }
  await t.rejects(recordVeto(db, { cycleId, ...veto, vetoCode: 'V2', actor }), recused)
  await t.rejects(recordAdjustment(db, { cycleId, ...adjustment, actor }), recused)
  await t.rejects(liftVeto(db, { cycleId, vetoId, ...lift, actor }), recused)
  await t.rejects(liftAdjustment(db, { cycleId, adjustmentId, ...lift, actor }), recused)
  t.equal((await cycleBundle(db, cycleId)).vetoes.length, 1, 'what stood still stands')
})
