import t from 'tap'
import { changeVisibility } from '../../server/actions/change-visibility.ts'
import { publishResult } from '../../server/actions/publish-result.ts'
import { withdrawPublication } from '../../server/actions/withdraw-publication.ts'
import { findCycle } from '../../server/store/cycles.ts'
import { evaluatedCycle } from '../../server/store/evaluation.ts'
import { fingerprint } from '../../server/store/fingerprint.ts'
import { AT, aCycle, actorsWithout, organiser, traceOf } from '../helpers/cycle.ts'
import { onEachDatabase } from '../helpers/database.ts'

const by = { actor: organiser, at: AT }

onEachDatabase(
  t,
  'a result is published once, with its fingerprint in the ledger',
  async (t, db) => {
    const cycleId = await aCycle(db)
    await publishResult(db, { cycleId, ...by })
    t.match(await findCycle(db, cycleId), { stage: 'published', publishedAt: AT, revision: 2 })
    const { evaluation } = await evaluatedCycle(db, cycleId)
    t.match((await traceOf(db, cycleId)).newest, {
      action: 'result.publish',
      detail: { fingerprint: fingerprint(evaluation.result), units: 3, incomplete: 3 },
    })
    await t.rejects(publishResult(db, { cycleId, ...by }), { code: 'CYCLE_CLOSED', status: 409 })
    t.equal((await traceOf(db, cycleId)).entries, 3)
  },
)

onEachDatabase(t, 'two who publish at the same moment publish once', async (t, db) => {
  const cycleId = await aCycle(db)
  const both = await Promise.allSettled([1, 2].map(() => publishResult(db, { cycleId, ...by })))
  t.strictSame(both.map(({ status }) => status).sort(), ['fulfilled', 'rejected'])
  t.equal((await traceOf(db, cycleId)).entries, 3)
})

onEachDatabase(t, 'a publication is withdrawn with a reason, and may come again', async (t, db) => {
  const cycleId = await aCycle(db)
  const withdrawal = { cycleId, reason: '有申诉成立', ...by }
  await t.rejects(withdrawPublication(db, withdrawal), { code: 'RESULT_NOT_PUBLISHED' })
  await publishResult(db, { cycleId, ...by })
  const silent = withdrawPublication(db, { ...withdrawal, reason: ' ' })
  await t.rejects(silent, { code: 'CHANGE_REASON_MISSING' })
  await withdrawPublication(db, withdrawal)
  t.match(await findCycle(db, cycleId), { stage: 'notice', publishedAt: null, revision: 3 })
  t.match((await traceOf(db, cycleId)).newest, {
    action: 'result.withdraw',
    detail: { before: { stage: 'published' }, after: { stage: 'notice' }, reason: '有申诉成立' },
  })
  await publishResult(db, { cycleId, ...by })
  t.equal((await findCycle(db, cycleId))?.stage, 'published')
})

onEachDatabase(t, 'what changed since it was looked at is not published', async (t, db) => {
  const cycleId = await aCycle(db)
  const revision = (await findCycle(db, cycleId))?.revision ?? 0
  await changeVisibility(db, { cycleId, visibleFrom: 'scoring', ...by })
  const unseen = publishResult(db, { cycleId, revision, ...by })
  await t.rejects(unseen, { code: 'CYCLE_CHANGED', status: 409 })
  t.match(await findCycle(db, cycleId), { stage: 'scoring', revision: revision + 1 })
  await publishResult(db, { cycleId, revision: revision + 1, ...by })
  t.equal((await findCycle(db, cycleId))?.stage, 'published')
})

onEachDatabase(
  t,
  'when units see their result can change, also after publication',
  async (t, db) => {
    const cycleId = await aCycle(db)
    await changeVisibility(db, { cycleId, visibleFrom: 'scoring', ...by })
    t.match(await findCycle(db, cycleId), { visibleFrom: 'scoring', revision: 2 })
    t.match((await traceOf(db, cycleId)).newest, {
      action: 'visibility.change',
      detail: { before: { visibleFrom: 'published' }, after: { visibleFrom: 'scoring' } },
    })
    await changeVisibility(db, { cycleId, visibleFrom: 'scoring', ...by })
    t.equal((await traceOf(db, cycleId)).entries, 2, 'the same again is no change')
    await publishResult(db, { cycleId, ...by })
    await changeVisibility(db, { cycleId, visibleFrom: 'published', ...by })
    t.match(await findCycle(db, cycleId), { stage: 'published', visibleFrom: 'published' })
    for (const actor of actorsWithout('organiser')) {
      const change = changeVisibility(db, { cycleId, visibleFrom: 'scoring', actor, at: AT })
      await t.rejects(change, { code: 'ROLE_NEEDED' })
    }
    const none = changeVisibility(db, { cycleId: 'none', visibleFrom: 'scoring', ...by })
    await t.rejects(none, { code: 'CYCLE_NOT_FOUND' })
  },
)

onEachDatabase(t, 'only organisers publish and withdraw', async (t, db) => {
  const cycleId = await aCycle(db)
  for (const actor of actorsWithout('organiser')) {
    await t.rejects(publishResult(db, { cycleId, actor, at: AT }), { code: 'ROLE_NEEDED' })
    const withdrawal = withdrawPublication(db, { cycleId, reason: '试', actor, at: AT })
    await t.rejects(withdrawal, { code: 'ROLE_NEEDED' })
  }
  const none = { cycleId: 'none', reason: '试', ...by }
  await t.rejects(publishResult(db, none), { code: 'CYCLE_NOT_FOUND' })
  await t.rejects(withdrawPublication(db, none), { code: 'CYCLE_NOT_FOUND' })
})
