import t from 'tap'
import { confirmDecision } from '../../server/actions/confirm-decision.ts'
import { dropDecision } from '../../server/actions/drop-decision.ts'
import { liftDecision } from '../../server/actions/lift-decision.ts'
import { recordAdjustment } from '../../server/actions/record-adjustment.ts'
import { recordVeto } from '../../server/actions/record-veto.ts'
import type { Actor } from '../../server/domain/actor.ts'
import { cycleBundle } from '../../server/store/bundle.ts'
import type { Database } from '../../server/store/database.ts'
import { cycleAdjustments, cycleVetoes, type DecisionKind } from '../../server/store/decisions.ts'
import {
  AT,
  aCycle,
  actorsWithout,
  faulty,
  organiser,
  setStage,
  traceOf,
} from '../helpers/cycle.ts'
import { onEachDatabase } from '../helpers/database.ts'
import { second } from '../helpers/decisions.ts'

const document = '市纪〔2026〕12 号'
const by = { actor: organiser, at: AT }
const veto = { unitCode: 'U1', vetoCode: 'V1', reason: '副局长被立案', document, ...by }
const adjustment = { unitCode: 'U1', grade: '良好', reason: '党组会议审定', document, ...by }
const LATER = '2026-11-22T00:00:00.000Z'
const agree = { actor: second, at: LATER }

/** Enters a decision of this kind. @returns what its later steps are addressed with */
async function entered(db: Database, cycleId: string, kind: DecisionKind) {
  const id =
    kind === 'veto'
      ? await recordVeto(db, { cycleId, ...veto })
      : await recordAdjustment(db, { cycleId, ...adjustment })
  return { cycleId, kind, id }
}

async function counting(db: Database, cycleId: string): Promise<number> {
  const { vetoes, adjustments } = await cycleBundle(db, cycleId)
  return vetoes.length + adjustments.length
}

for (const [kind, named] of [
  ['veto', 'a veto'],
  ['adjustment', 'an adjustment'],
] as const) {
  onEachDatabase(t, `${named} counts from the second person on`, async (t, db) => {
    const cycleId = await aCycle(db)
    const it = await entered(db, cycleId, kind)
    t.equal(await counting(db, cycleId), 0)
    t.match((await traceOf(db, cycleId)).newest, { action: `${kind}.record` })
    const own = confirmDecision(db, { ...it, what: 'record', ...by })
    await t.rejects(own, { code: 'SECOND_PERSON_NEEDED', status: 403 })
    t.equal(await counting(db, cycleId), 0)
    await confirmDecision(db, { ...it, what: 'record', ...agree })
    t.equal(await counting(db, cycleId), 1)
    t.match((await traceOf(db, cycleId)).newest, {
      action: `${kind}.confirm`,
      detail: { id: it.id, after: { unit: 'U1', document } },
    })
    const twice = confirmDecision(db, { ...it, what: 'record', ...agree })
    await t.rejects(twice, { code: 'DECISION_NOT_WAITING', status: 409 })
  })

  onEachDatabase(t, `${named} counts until a second person agrees to lift it`, async (t, db) => {
    const cycleId = await aCycle(db)
    const it = await entered(db, cycleId, kind)
    const lift = { ...it, reason: '核查不实', ...agree }
    await t.rejects(liftDecision(db, lift), { code: 'DECISION_WAITS' })
    await confirmDecision(db, { ...it, what: 'record', ...agree })
    await t.rejects(liftDecision(db, { ...lift, reason: ' ' }), { code: 'CHANGE_REASON_MISSING' })
    await liftDecision(db, lift)
    t.equal(await counting(db, cycleId), 1)
    const own = confirmDecision(db, { ...it, what: 'lift', ...agree })
    await t.rejects(own, { code: 'SECOND_PERSON_NEEDED' })
    const seenBefore = confirmDecision(db, { ...it, what: 'record', ...by })
    await t.rejects(seenBefore, { code: 'DECISION_NOT_WAITING' }, 'he saw something else')
    await confirmDecision(db, { ...it, what: 'lift', ...by })
    t.equal(await counting(db, cycleId), 0)
    t.match((await traceOf(db, cycleId)).newest, {
      action: `${kind}.lift`,
      detail: { reason: '核查不实', before: { unit: 'U1' } },
    })
    const all = kind === 'veto' ? cycleVetoes : cycleAdjustments
    t.match(await all(db, cycleId, 'all'), [
      {
        ...{ id: it.id, recordedBy: organiser.accountId, confirmedBy: second.accountId },
        ...{ liftAskedBy: second.accountId, liftedBy: organiser.accountId, liftReason: '核查不实' },
      },
    ])
    await t.rejects(liftDecision(db, lift), { message: /或者它已经/ })
    t.ok((await entered(db, cycleId, kind)).id, 'it may be entered anew')
  })

  onEachDatabase(t, `${named} is withdrawn by one and refused by another`, async (t, db) => {
    const cycleId = await aCycle(db)
    const first = { ...(await entered(db, cycleId, kind)), what: 'record' } as const
    const notHis = { code: 'REFUSAL_IS_ANOTHERS', status: 403 }
    await t.rejects(dropDecision(db, { ...first, how: 'withdrawn', ...agree }), notHis)
    await t.rejects(dropDecision(db, { ...first, how: 'refused', reason: '不', ...by }), notHis)
    const silent = dropDecision(db, { ...first, how: 'refused', ...agree })
    await t.rejects(silent, { code: 'CHANGE_REASON_MISSING' })
    await dropDecision(db, { ...first, how: 'refused', reason: '文号不符', ...agree })
    t.match((await traceOf(db, cycleId)).newest, { action: `${kind}.refuse` })
    const again = { ...(await entered(db, cycleId, kind)), what: 'record' } as const
    await dropDecision(db, { ...again, how: 'withdrawn', ...by })
    t.match((await traceOf(db, cycleId)).newest, { action: `${kind}.withdraw` })
    t.equal(await counting(db, cycleId), 0)
    const all = kind === 'veto' ? cycleVetoes : cycleAdjustments
    t.match(await all(db, cycleId, 'all'), [
      { dropped: 'refused', liftReason: '文号不符', liftedBy: second.accountId },
      { dropped: 'withdrawn' },
    ])
  })

  onEachDatabase(t, `${named} whose lifting is not agreed to counts on`, async (t, db) => {
    const cycleId = await aCycle(db)
    const it = await entered(db, cycleId, kind)
    await confirmDecision(db, { ...it, what: 'record', ...agree })
    const ask = () => liftDecision(db, { ...it, reason: '核查不实', ...by })
    await ask()
    await dropDecision(db, { ...it, what: 'lift', how: 'refused', reason: '属实', ...agree })
    t.match((await traceOf(db, cycleId)).newest, { action: `${kind}-lifting.refuse` })
    await ask()
    await dropDecision(db, { ...it, what: 'lift', how: 'withdrawn', ...by })
    t.match((await traceOf(db, cycleId)).newest, { action: `${kind}-lifting.withdraw` })
    t.equal(await counting(db, cycleId), 1)
  })
}

onEachDatabase(t, 'what was imported counts without a second person', async (t, db) => {
  const cycleId = await aCycle(db)
  await confirmDecision(db, {
    ...(await entered(db, cycleId, 'veto')),
    ...{ what: 'record', ...agree },
  })
  const bundle = await cycleBundle(db, cycleId)
  t.match(bundle.vetoes, [{ unit: 'U1', veto: 'V1', document }])
  const copy = await aCycle(db, bundle)
  t.strictSame((await cycleBundle(db, copy)).vetoes, bundle.vetoes)
})

onEachDatabase(t, 'a decision that cannot be is refused, and nothing is kept', async (t, db) => {
  const cycleId = await aCycle(db)
  await entered(db, cycleId, 'veto')
  await entered(db, cycleId, 'adjustment')
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
  const undocumented = { code: 'DECISION_DOCUMENT_MISSING', status: 422 }
  const bare = { ...again, unitCode: 'U2', document: ' ' }
  await t.rejects(recordVeto(db, bare), undocumented)
  await t.rejects(recordAdjustment(db, { ...other, document: '' }), undocumented)
  t.strictSame(await traceOf(db, cycleId), before)
  t.ok(await recordVeto(db, { ...bare, exempt: true }), 'an exemption may do without')
})

/** Every step of both kinds, each on something it could be taken on. */
async function steps(db: Database, cycleId: string): Promise<((by: Actor) => Promise<unknown>)[]> {
  const waiting = await entered(db, cycleId, 'veto')
  const standing = await entered(db, cycleId, 'adjustment')
  await confirmDecision(db, { ...standing, what: 'record', ...agree })
  const what = 'record' as const
  return [
    (actor: Actor) => recordVeto(db, { cycleId, ...veto, unitCode: 'U2', actor }),
    (actor: Actor) => recordAdjustment(db, { cycleId, ...adjustment, unitCode: 'U2', actor }),
    (actor: Actor) => confirmDecision(db, { ...waiting, what, actor, at: AT }),
    (actor: Actor) => liftDecision(db, { ...standing, reason: '不实', actor, at: AT }),
    (actor: Actor) => {
      return dropDecision(db, { ...waiting, what, how: 'refused', reason: '不', actor, at: AT })
    },
  ]
}

onEachDatabase(t, 'only organisers decide, and not once the result is published', async (t, db) => {
  const cycleId = await aCycle(db)
  const all = await steps(db, cycleId)
  for (const step of all) {
    for (const actor of actorsWithout('organiser')) {
      await t.rejects(step(actor), { code: 'ROLE_NEEDED', status: 403 })
    }
  }
  await setStage(db, cycleId, 'notice')
  for (const step of all) await t.rejects(step(second), { code: 'STAGE_NOT_OPEN' })
})

onEachDatabase(t, 'nobody decides on his own unit', async (t, db) => {
  const cycleId = await aCycle(db)
  const [, , ...later] = await steps(db, cycleId)
  const actor = { ...second, unitCode: 'U1' }
  const recused = { code: 'RECUSED', status: 403 }
  await t.rejects(recordVeto(db, { cycleId, ...veto, vetoCode: 'V2', actor }), recused)
  await t.rejects(recordAdjustment(db, { cycleId, ...adjustment, actor }), recused)
  for (const step of later) await t.rejects(step(actor), recused)
  t.equal(await counting(db, cycleId), 1, 'what stood still stands')
})
