import t from 'tap'
import { publishResult } from '../../server/actions/publish-result.ts'
import { type RecordValue, recordValue } from '../../server/actions/record-value.ts'
import { ChangedElsewhere } from '../../server/errors.ts'
import { cycleValues, plainValue } from '../../server/store/values.ts'
import {
  AT,
  aCycle,
  actorsWithout,
  anActor,
  faulty,
  organiser,
  traceOf,
  wang,
} from '../helpers/cycle.ts'
import { onEachDatabase, writingPast } from '../helpers/database.ts'

function aValue(cycleId: string, changes: Partial<RecordValue> = {}): RecordValue {
  return {
    ...{ cycleId, unitCode: 'U1', indicatorCode: 'B1', value: '95', version: null },
    ...{ actor: wang, at: AT },
    ...changes,
  }
}

onEachDatabase(t, 'a value is entered, changed and taken away', async (t, db) => {
  const cycleId = await aCycle(db)
  const values = async () => (await cycleValues(db, cycleId)).map(plainValue)
  t.match(await recordValue(db, aValue(cycleId, { value: '95.50' })), { version: 1 })
  t.strictSame(await values(), [{ unit: 'U1', indicator: 'B1', value: '95.5' }])
  t.match(await recordValue(db, aValue(cycleId, { value: -3, source: '统计表', version: 1 })), {
    version: 2,
  })
  t.strictSame(await values(), [{ unit: 'U1', indicator: 'B1', value: '-3', source: '统计表' }])
  t.match((await traceOf(db, cycleId)).newest, {
    action: 'value.change',
    subject: '市财政局 / 学习覆盖率',
    detail: { before: { value: '95.5' }, after: { value: '-3', source: '统计表' } },
  })
  t.equal(await recordValue(db, aValue(cycleId, { value: null, version: 2 })), null)
  t.strictSame(await values(), [])
  t.match(await traceOf(db, cycleId), {
    revision: 4,
    entries: 4,
    newest: { action: 'value.clear' },
  })
})

onEachDatabase(t, 'the second of two people is told who changed it to what', async (t, db) => {
  const cycleId = await aCycle(db)
  await writingPast(db)
    .insertInto('account')
    .values({
      ...{ id: organiser.accountId, login: 'kao', name: '考评办小赵', password_hash: 'x' },
      ...{ must_change_password: 0, unit_code: null, assessor_code: null },
      ...{ disabled_at: null, created_at: AT },
    })
    .execute()
  await recordValue(db, aValue(cycleId, { actor: organiser, value: '90' }))
  const late = recordValue(db, aValue(cycleId, { value: '95' }))
  await t.rejects(late, ChangedElsewhere)
  await t.rejects(late, { theirs: '90', yours: '95', message: /考评办小赵/ })
})

onEachDatabase(t, 'a value that cannot be is refused, and nothing is kept', async (t, db) => {
  const cycleId = await aCycle(db)
  const before = await traceOf(db, cycleId)
  const refused: [Partial<RecordValue>, string][] = [
    [{ value: '九十五' }, 'NOT_A_NUMBER'],
    [{ value: '0.1234567' }, 'NOT_A_NUMBER'],
    [{ value: '9007199254.740993' }, 'OUT_OF_RANGE'],
    [{ indicatorCode: 'A1' }, 'WRONG_ENTRY'],
    [{ unitCode: 'U3' }, 'NOT_APPLICABLE'],
  ]
  for (const [changes, code] of refused) {
    const attempt = recordValue(db, aValue(cycleId, changes))
    await t.rejects(attempt, { ...faulty, faults: [{ code }] }, code)
  }
  t.strictSame(await traceOf(db, cycleId), before)
})

onEachDatabase(t, 'only assessors, leads and organisers enter values', async (t, db) => {
  const cycleId = await aCycle(db)
  for (const actor of actorsWithout('assessor', 'lead', 'organiser')) {
    await t.rejects(recordValue(db, aValue(cycleId, { actor })), { code: 'ROLE_NEEDED' })
  }
  const own = anActor({ roles: ['lead'], unitCode: 'U1' })
  await t.rejects(recordValue(db, aValue(cycleId, { actor: own })), { code: 'RECUSED' })
  t.strictSame(await cycleValues(db, cycleId), [])
})

onEachDatabase(t, 'no value changes once the result is published', async (t, db) => {
  const cycleId = await aCycle(db)
  await publishResult(db, { cycleId, actor: organiser, at: AT })
  await t.rejects(recordValue(db, aValue(cycleId)), { code: 'CYCLE_CLOSED' })
})
