import { sql } from 'kysely'
import t from 'tap'
import { confirmDecision } from '../../server/actions/confirm-decision.ts'
import { decideResult } from '../../server/actions/decide-result.ts'
import { dropDecision } from '../../server/actions/drop-decision.ts'
import { moveStage } from '../../server/actions/move-stage.ts'
import { publishResult } from '../../server/actions/publish-result.ts'
import { recordAdjustment } from '../../server/actions/record-adjustment.ts'
import { evaluate } from '../../server/domain/evaluate.ts'
import { cycleBundle } from '../../server/store/bundle.ts'
import type { Database } from '../../server/store/database.ts'
import { evaluatedCycle } from '../../server/store/evaluation.ts'
import { cycleSeals, findSealedResult } from '../../server/store/sealed-results.ts'
import { verifyLedger } from '../../server/store/verify-ledger.ts'
import { AT, aCycle, actorsWithout, organiser, traceOf } from '../helpers/cycle.ts'
import { onEachDatabase, writingPast } from '../helpers/database.ts'
import { second } from '../helpers/decisions.ts'
import { aJudgedBundle } from '../helpers/judged.ts'

const by = { actor: organiser, at: AT }

/** Three units that are complete, at their decision. */
async function aCycleToDecide(db: Database): Promise<string> {
  const cycleId = await aCycle(db, aJudgedBundle())
  for (const to of ['review', 'decided'] as const) await moveStage(db, { cycleId, to, ...by })
  return cycleId
}

const ADJUSTED = {
  unitCode: 'U2',
  grade: '一般',
  reason: '党委会审定',
  document: '市委〔2026〕9 号',
  ...by,
}
/** Enters a decided grade and has it confirmed. */
async function adjust(db: Database, cycleId: string): Promise<void> {
  const id = await recordAdjustment(db, { cycleId, ...ADJUSTED })
  const address = { cycleId, kind: 'adjustment', id, actor: second, at: AT } as const
  await confirmDecision(db, { ...address, what: 'record' })
}

const TOLD = { reason: '核实后更正', told: '市教育局，11 月 20 日电话' }

await onEachDatabase(t, 'a decision seals index, engine, entries and result', async (t, db) => {
  const cycleId = await aCycleToDecide(db)
  const seal = await decideResult(db, { cycleId, ...by })
  const bundle = await cycleBundle(db, cycleId)
  t.match(await findSealedResult(db, cycleId), {
    ...{ version: 1, schemeVersion: 1, engine: '1', sealedBy: organiser.accountId },
    ...{ bundle, result: evaluate(bundle).result, erratum: [], sha256: seal.sha256 },
  })
  t.match(await traceOf(db, cycleId), {
    newest: { action: 'seal.make', detail: { version: 1, fingerprint: seal.sha256, corrected: 0 } },
  })
})

await onEachDatabase(t, 'what is sealed as it is, is not sealed again', async (t, db) => {
  const cycleId = await aCycleToDecide(db)
  await decideResult(db, { cycleId, ...by })
  await t.rejects(decideResult(db, { cycleId, ...by }), { code: 'RESULT_SEALED' })
  t.equal((await cycleSeals(db, cycleId)).length, 1)
})

await onEachDatabase(t, 'a correction is a version with its erratum', async (t, db) => {
  const cycleId = await aCycleToDecide(db)
  const first = await decideResult(db, { cycleId, ...by })
  await adjust(db, cycleId)
  for (const missing of [{}, { reason: '更正' }, { told: '市教育局' }, { ...TOLD, told: ' ' }]) {
    await t.rejects(decideResult(db, { cycleId, ...missing, ...by }), {
      code: 'ERRATUM_UNEXPLAINED',
      message: '与已封存的结果相比，「市教育局」等 1 家单位的结果有变。',
    })
  }
  await decideResult(db, { cycleId, ...TOLD, ...by })
  const [second, kept] = await cycleSeals(db, cycleId)
  t.match(second, {
    ...{ version: 2, ...TOLD },
    erratum: [
      {
        unit: 'U2',
        name: '市教育局',
        before: { rank: 2, grade: '优秀' },
        after: { grade: '一般' },
      },
    ],
  })
  t.same(kept, first)
  t.same((await verifyLedger(db)).faults, [])
})

await onEachDatabase(t, 'nobody decides at another stage, or unseen', async (t, db) => {
  const cycleId = await aCycle(db, aJudgedBundle())
  await t.rejects(decideResult(db, { cycleId, ...by }), { code: 'RESULT_NOT_DECIDABLE' })
  for (const to of ['review', 'decided'] as const) await moveStage(db, { cycleId, to, ...by })
  await t.rejects(decideResult(db, { cycleId, revision: 1, ...by }), { code: 'CYCLE_CHANGED' })
  for (const actor of actorsWithout('organiser')) {
    await t.rejects(decideResult(db, { cycleId, actor, at: AT }), {
      code: 'ROLE_NEEDED',
    })
  }
  t.same(await cycleSeals(db, cycleId), [])
})

await onEachDatabase(t, 'what is not sealed as it is gets no notice', async (t, db) => {
  const cycleId = await aCycleToDecide(db)
  const notice = () => moveStage(db, { cycleId, to: 'notice', ...by })
  await t.rejects(notice(), { code: 'RESULT_NOT_SEALED' })
  await decideResult(db, { cycleId, ...by })
  await adjust(db, cycleId)
  await t.rejects(notice(), { code: 'RESULT_NOT_SEALED' })
  await decideResult(db, { cycleId, ...TOLD, ...by })
  await notice()
  t.match((await evaluatedCycle(db, cycleId)).seal, { version: 2, fits: true })
})

await onEachDatabase(
  t,
  'nothing is sealed while a decision waits for a second person',
  async (t, db) => {
    const cycleId = await aCycleToDecide(db)
    const id = await recordAdjustment(db, { cycleId, ...ADJUSTED })
    const unconfirmed = {
      code: 'DECISIONS_UNCONFIRMED',
      status: 409,
      message: /1 项.*「市教育局」/,
    }
    await t.rejects(decideResult(db, { cycleId, ...by }), unconfirmed)
    await t.rejects(publishResult(db, { cycleId, ...by }), unconfirmed)
    const address = { cycleId, kind: 'adjustment', id, what: 'record' } as const
    await dropDecision(db, { ...address, how: 'withdrawn', ...by })
    await decideResult(db, { cycleId, ...by })
    await recordAdjustment(db, { cycleId, ...ADJUSTED })
    const notice = moveStage(db, { cycleId, to: 'notice', ...by })
    await t.rejects(notice, { code: 'DECISIONS_UNCONFIRMED' })
  },
)

await onEachDatabase(t, 'publishing seals what was not decided before', async (t, db) => {
  const cycleId = await aCycle(db, aJudgedBundle())
  await publishResult(db, { cycleId, ...by })
  t.match(await cycleSeals(db, cycleId), [{ version: 1 }])
})

await onEachDatabase(
  t,
  'after the notice the sealed result counts, not the rows',
  async (t, db) => {
    const cycleId = await aCycleToDecide(db)
    await decideResult(db, { cycleId, ...by })
    await moveStage(db, { cycleId, to: 'notice', ...by })
    const before = (await evaluatedCycle(db, cycleId)).evaluation.result
    await writingPast(db).updateTable('mark').set({ mark_micros: 1 }).execute()
    await db.updateTable('cycle').set({ revision: 99 }).execute()
    t.same((await evaluatedCycle(db, cycleId)).evaluation.result, before)
    t.match((await verifyLedger(db)).faults, [{ kind: 'row-changed', table: 'mark' }])
  },
)

await onEachDatabase(t, 'a byte changed in a sealed result is found', async (t, db) => {
  const cycleId = await aCycleToDecide(db)
  await decideResult(db, { cycleId, ...by })
  await sql`update sealed_result set result = replace(result, '96.00', '97.00')`.execute(
    writingPast(db),
  )
  t.match((await verifyLedger(db)).faults, [
    { kind: 'seal-broken', cycle: cycleId, version: 1 },
    { kind: 'row-changed', table: 'sealed_result' },
  ])
})
