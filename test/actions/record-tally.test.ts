import t from 'tap'
import { publishResult } from '../../server/actions/publish-result.ts'
import { type RecordTally, recordTally } from '../../server/actions/record-tally.ts'
import { ChangedElsewhere } from '../../server/errors.ts'
import { cycleTallies, plainTally } from '../../server/store/tallies.ts'
import { AT, aCycle, actorsWithout, anActor, organiser, traceOf, wang } from '../helpers/cycle.ts'
import { onEachDatabase } from '../helpers/database.ts'

const counts = { 满意: 40, 不满意: 2, 弃权: 1 }

function aTally(cycleId: string, changes: Partial<RecordTally> = {}): RecordTally {
  return {
    ...{ cycleId, unitCode: 'U1', indicatorCode: 'B2', counts, version: null },
    ...{ actor: wang, at: AT },
    ...changes,
  }
}

onEachDatabase(t, 'ballots are entered, changed and taken away', async (t, db) => {
  const cycleId = await aCycle(db)
  const tallies = async () => (await cycleTallies(db, cycleId)).map(plainTally)
  t.match(await recordTally(db, aTally(cycleId)), { version: 1 })
  t.strictSame(await tallies(), [{ unit: 'U1', indicator: 'B2', counts }])
  t.match(await recordTally(db, aTally(cycleId, { counts: { 满意: 41 }, version: 1 })), {
    version: 2,
  })
  t.strictSame(await tallies(), [{ unit: 'U1', indicator: 'B2', counts: { 满意: 41 } }])
  t.match((await traceOf(db, cycleId)).newest, {
    action: 'tally.change',
    subject: '市财政局 / 民主测评',
    detail: { before: counts, after: { 满意: 41 } },
  })
  t.equal(await recordTally(db, aTally(cycleId, { counts: null, version: 2 })), null)
  t.strictSame(await tallies(), [])
  t.strictSame(await db.selectFrom('tally_count').selectAll().execute(), [])
  t.match(await traceOf(db, cycleId), {
    revision: 4,
    entries: 4,
    newest: { action: 'tally.clear' },
  })
})

onEachDatabase(t, 'each group has a tally of its own', async (t, db) => {
  const cycleId = await aCycle(db)
  for (const group of ['群众', '领导', null]) {
    t.match(await recordTally(db, aTally(cycleId, { group })), { version: 1 })
  }
  t.strictSame(
    (await cycleTallies(db, cycleId)).map(({ group }) => group),
    ['群众', '领导', undefined],
  )
  t.equal(await recordTally(db, aTally(cycleId, { group: '领导', counts: null, version: 1 })), null)
  t.equal((await cycleTallies(db, cycleId)).length, 2)
})

onEachDatabase(t, 'the second of two people is told both counts', async (t, db) => {
  const cycleId = await aCycle(db)
  await recordTally(db, aTally(cycleId))
  const late = recordTally(db, aTally(cycleId, { counts: { 满意: 9 }, actor: organiser }))
  await t.rejects(late, ChangedElsewhere)
  await t.rejects(late, {
    code: 'CHANGED_ELSEWHERE',
    theirs: '不满意 2、弃权 1、满意 40',
    yours: '满意 9',
  })
})

onEachDatabase(t, 'ballots that cannot be are refused, and nothing is kept', async (t, db) => {
  const cycleId = await aCycle(db)
  const before = await traceOf(db, cycleId)
  for (const bad of [{ 很好: 1 }, { 满意: -1 }, { 满意: 1.5 }]) {
    const attempt = recordTally(db, aTally(cycleId, { counts: bad }))
    await t.rejects(attempt, { status: 422, code: 'FAULTY_ENTRIES' }, JSON.stringify(bad))
  }
  t.strictSame(await traceOf(db, cycleId), before)
})

onEachDatabase(t, 'only assessors, leads and organisers enter ballots', async (t, db) => {
  const cycleId = await aCycle(db)
  for (const actor of actorsWithout('assessor', 'lead', 'organiser')) {
    await t.rejects(recordTally(db, aTally(cycleId, { actor })), { code: 'ROLE_NEEDED' })
  }
  const own = anActor({ unitCode: 'U1' })
  await t.rejects(recordTally(db, aTally(cycleId, { actor: own })), { code: 'RECUSED' })
})

onEachDatabase(t, 'no ballots change once the result is published', async (t, db) => {
  const cycleId = await aCycle(db)
  await publishResult(db, { cycleId, actor: organiser, at: AT })
  await t.rejects(recordTally(db, aTally(cycleId)), { code: 'CYCLE_CLOSED' })
})
