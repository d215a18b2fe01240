import t from 'tap'
import { addEvent } from '../../server/actions/add-event.ts'
import { moveStage } from '../../server/actions/move-stage.ts'
import { planStages } from '../../server/actions/plan-stages.ts'
import { publishResult } from '../../server/actions/publish-result.ts'
import { recordAdjustment } from '../../server/actions/record-adjustment.ts'
import { recordMark } from '../../server/actions/record-mark.ts'
import { recordTally } from '../../server/actions/record-tally.ts'
import { recordValue } from '../../server/actions/record-value.ts'
import { recordVeto } from '../../server/actions/record-veto.ts'
import { isOpenFor, STAGES, type Stage, type Work } from '../../server/domain/stage.ts'
import { stageDates } from '../../server/store/cycle-stages.ts'
import { findCycle } from '../../server/store/cycles.ts'
import type { Database } from '../../server/store/database.ts'
import { AT, aCycle, actorsWithout, organiser, traceOf, wang } from '../helpers/cycle.ts'
import { onEachDatabase, writingPast } from '../helpers/database.ts'

const by = { actor: organiser, at: AT }

onEachDatabase(t, 'a cycle goes on stage by stage, and back with a reason', async (t, db) => {
  const cycleId = await aCycle(db)
  await moveStage(db, { cycleId, to: 'review', ...by })
  t.match((await traceOf(db, cycleId)).newest, {
    action: 'stage.move',
    detail: { before: { stage: 'scoring' }, after: { stage: 'review' } },
  })
  const back = { cycleId, to: 'scoring' as const, ...by }
  await t.rejects(moveStage(db, { ...back, reason: ' ' }), { code: 'CHANGE_REASON_MISSING' })
  await moveStage(db, { ...back, reason: '两项漏评' })
  t.match(await traceOf(db, cycleId), {
    revision: 3,
    newest: { action: 'stage.return', detail: { reason: '两项漏评' } },
  })
  t.equal((await findCycle(db, cycleId))?.stage, 'scoring')
})

onEachDatabase(t, 'no stage is left out, and publishing has its own way', async (t, db) => {
  const cycleId = await aCycle(db)
  for (const to of ['draft', 'scoring', 'decided', 'published', 'archived'] as const) {
    const leap = moveStage(db, { cycleId, to, reason: '试', confirmed: true, ...by })
    await t.rejects(leap, { code: 'STAGE_NOT_NEXT', status: 409 })
  }
  await publishResult(db, { cycleId, ...by })
  const archive = { cycleId, to: 'archived' as const, ...by }
  await t.rejects(moveStage(db, archive), { code: 'STAGE_UNCONFIRMED' })
  await moveStage(db, { ...archive, confirmed: true })
  const out = moveStage(db, { cycleId, to: 'published', reason: '试', ...by })
  await t.rejects(out, { code: 'STAGE_NOT_NEXT' })
})

onEachDatabase(t, 'what changed since it was looked at is not moved', async (t, db) => {
  const cycleId = await aCycle(db)
  const revision = (await findCycle(db, cycleId))?.revision ?? 0
  await recordValue(db, { cycleId, ...value })
  const unseen = moveStage(db, { cycleId, to: 'review', revision, ...by })
  await t.rejects(unseen, { code: 'CYCLE_CHANGED', message: /没有转阶段/ })
  t.equal((await findCycle(db, cycleId))?.stage, 'scoring')
})

onEachDatabase(t, 'two who move at the same moment move once', async (t, db) => {
  const cycleId = await aCycle(db)
  const move = () => moveStage(db, { cycleId, to: 'review', ...by })
  const both = await Promise.allSettled([move(), move()])
  t.strictSame(both.map(({ status }) => status).sort(), ['fulfilled', 'rejected'])
  t.equal((await findCycle(db, cycleId))?.stage, 'review')
})

const value = {
  ...{ unitCode: 'U1', indicatorCode: 'B1', value: '95', version: null },
  ...{ actor: wang, at: AT },
}

/** Everything that is entered, with the kind of work it is. */
const WRITES: readonly [Work, (db: Database, cycleId: string) => Promise<unknown>][] = [
  [
    'mark',
    (db, cycleId) =>
      recordMark(db, { cycleId, ...value, indicatorCode: 'A1', mark: '7.5', version: null }),
  ],
  ['record', (db, cycleId) => recordValue(db, { cycleId, ...value })],
  [
    'record',
    (db, cycleId) =>
      recordTally(db, { cycleId, ...value, indicatorCode: 'B2', counts: { 满意: 9 } }),
  ],
  [
    'record',
    (db, cycleId) => {
      const event = { unit: 'U1', indicator: 'C1', rule: 'late', reason: '迟报' }
      return addEvent(db, { cycleId, event, actor: wang, at: AT })
    },
  ],
  [
    'decide',
    (db, cycleId) =>
      recordVeto(db, {
        cycleId,
        unitCode: 'U1',
        vetoCode: 'V1',
        reason: '被立案',
        document: '1 号',
        ...by,
      }),
  ],
  [
    'decide',
    (db, cycleId) =>
      recordAdjustment(db, {
        cycleId,
        unitCode: 'U1',
        grade: '良好',
        reason: '审定',
        document: '2 号',
        ...by,
      }),
  ],
]

onEachDatabase(
  t,
  'what is entered is taken in its stages and refused in all others',
  async (t, db) => {
    for (const stage of STAGES) {
      const cycleId = await aCycle(db)
      await atStage(db, cycleId, stage)
      for (const [work, write] of WRITES) {
        const before = await traceOf(db, cycleId)
        const [outcome] = await Promise.allSettled([write(db, cycleId)])
        const after = await traceOf(db, cycleId)
        if (isOpenFor(work, stage)) {
          t.match(outcome, { status: 'fulfilled' }, `${work} in ${stage}`)
          t.equal(after.entries, before.entries + 1)
        } else {
          const code = /^(STAGE_NOT_OPEN|CYCLE_CLOSED)$/
          t.match(outcome, { status: 'rejected', reason: { code } }, `${work} in ${stage}`)
          t.strictSame(after, before, 'nothing is left behind')
        }
      }
    }
  },
)

async function atStage(db: Database, cycleId: string, stage: Stage): Promise<void> {
  await writingPast(db).updateTable('cycle').set({ stage }).where('id', '=', cycleId).execute()
}

onEachDatabase(t, 'the days of stages are planned, changed and told', async (t, db) => {
  const cycleId = await aCycle(db)
  const plan = (startsOn: string | null, endsOn: string | null) =>
    planStages(db, { cycleId, dates: [{ stage: 'scoring', startsOn, endsOn }], ...by })
  await plan('2026-11-20', '2026-11-30')
  const [, , scoring] = await stageDates(db, cycleId)
  t.strictSame(scoring, { stage: 'scoring', startsOn: '2026-11-20', endsOn: '2026-11-30' })
  t.match((await traceOf(db, cycleId)).newest, {
    action: 'stage.plan',
    detail: { before: {}, after: { 打分: '2026-11-20 至 2026-11-30' } },
  })
  await plan('2026-11-20', '2026-11-30')
  t.match(await traceOf(db, cycleId), { revision: 2, entries: 2 }, 'the same again is no change')
  await t.rejects(plan('2026-11-31', null), {
    code: 'STAGE_DAY_FAULTY',
    message: /打分.*2026-11-31/,
  })
  await t.rejects(plan('2026-11-20', '2026-11-19'), { code: 'STAGE_DAYS_CROSSED' })
  await plan(null, null)
  t.strictSame((await stageDates(db, cycleId))[2], {
    stage: 'scoring',
    startsOn: null,
    endsOn: null,
  })
})

onEachDatabase(t, 'only organisers move and plan', async (t, db) => {
  const cycleId = await aCycle(db)
  for (const actor of actorsWithout('organiser')) {
    const move = moveStage(db, { cycleId, to: 'review', actor, at: AT })
    await t.rejects(move, { code: 'ROLE_NEEDED' })
    await t.rejects(planStages(db, { cycleId, dates: [], actor, at: AT }), { code: 'ROLE_NEEDED' })
  }
  await t.rejects(moveStage(db, { cycleId: 'none', to: 'review', ...by }), {
    code: 'CYCLE_NOT_FOUND',
  })
})
