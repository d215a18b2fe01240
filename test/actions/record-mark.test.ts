import t from 'tap'
import { publishResult } from '../../server/actions/publish-result.ts'
import { type RecordMark, recordMark } from '../../server/actions/record-mark.ts'
import type { Mark } from '../../server/domain/bundle.ts'
import { ChangedElsewhere, FaultyEntries } from '../../server/errors.ts'
import { assessorMarks, cycleMarks } from '../../server/store/marks.ts'
import {
  AT,
  aCycle,
  actorsWithout,
  anActor,
  faulty,
  li,
  organiser,
  traceOf,
  wang,
} from '../helpers/cycle.ts'
import { onEachDatabase } from '../helpers/database.ts'

function aMark(cycleId: string, changes: Partial<RecordMark> = {}): RecordMark {
  return {
    ...{ cycleId, unitCode: 'U1', indicatorCode: 'A1', mark: '7.5', version: null },
    ...{ actor: wang, at: AT },
    ...changes,
  }
}

const kept: Mark = { unit: 'U1', indicator: 'A1', assessor: 'K1', mark: '7.5' }

onEachDatabase(t, 'a mark is entered, changed and taken away', async (t, db) => {
  const cycleId = await aCycle(db)
  t.match(await recordMark(db, aMark(cycleId, { mark: '7.50' })), { version: 1 })
  t.strictSame(await cycleMarks(db, cycleId), [kept])
  t.match(await recordMark(db, aMark(cycleId, { mark: 6, reason: ' 两次缺席 ', version: 1 })), {
    version: 2,
  })
  t.strictSame(await cycleMarks(db, cycleId), [{ ...kept, mark: '6', reason: '两次缺席' }])
  t.equal(await recordMark(db, aMark(cycleId, { mark: null, version: 2 })), null)
  t.strictSame(await cycleMarks(db, cycleId), [])
})

onEachDatabase(t, 'each change is in the ledger with what was there before', async (t, db) => {
  const cycleId = await aCycle(db)
  await recordMark(db, aMark(cycleId))
  await recordMark(db, aMark(cycleId, { mark: '6', reason: '缺席', version: 1 }))
  const { newest, entries, revision } = await traceOf(db, cycleId)
  t.match(newest, {
    at: AT,
    actor_id: 'account-wang',
    action: 'mark.change',
    cycle_id: cycleId,
    subject: '市财政局 / 理论武装 / 王考核',
    detail: { before: { mark: '7.5' }, after: { mark: '6', reason: '缺席' } },
  })
  t.equal(entries, 3)
  t.equal(revision, 3)
  await recordMark(db, aMark(cycleId, { mark: null, version: 2 }))
  t.match((await traceOf(db, cycleId)).newest, { action: 'mark.clear', detail: { after: null } })
})

onEachDatabase(t, 'the second of two people in one cell is told both values', async (t, db) => {
  const cycleId = await aCycle(db)
  await recordMark(db, aMark(cycleId, { mark: '8' }))
  await recordMark(db, aMark(cycleId, { mark: '7', version: 1 }))
  const late = recordMark(db, aMark(cycleId, { mark: '6.5', version: 1 }))
  await t.rejects(late, ChangedElsewhere)
  await t.rejects(late, {
    status: 409,
    theirs: '7',
    yours: '6.5',
    message: /市财政局.*理论武装.*7.*6\.5/,
  })
  await t.rejects(recordMark(db, aMark(cycleId, { mark: '6.5', version: null })), ChangedElsewhere)
  await t.rejects(recordMark(db, aMark(cycleId, { mark: null, version: 1 })), ChangedElsewhere)
  t.strictSame(await cycleMarks(db, cycleId), [{ ...kept, mark: '7' }])
})

onEachDatabase(
  t,
  'two first marks at the same moment leave one, and one is told',
  async (t, db) => {
    const cycleId = await aCycle(db)
    const both = await Promise.allSettled([
      recordMark(db, aMark(cycleId, { mark: '7' })),
      recordMark(db, aMark(cycleId, { mark: '6' })),
    ])
    t.strictSame(both.map(({ status }) => status).sort(), ['fulfilled', 'rejected'])
    t.equal((await cycleMarks(db, cycleId)).length, 1)
  },
)

onEachDatabase(t, 'saving again what is there already changes nothing', async (t, db) => {
  const cycleId = await aCycle(db)
  await recordMark(db, aMark(cycleId))
  t.match(await recordMark(db, aMark(cycleId, { mark: 7.5 })), { version: 1 })
  t.equal((await traceOf(db, cycleId)).entries, 2)
})

onEachDatabase(
  t,
  'a mark that cannot be is refused in words, and nothing is kept',
  async (t, db) => {
    const cycleId = await aCycle(db)
    await recordMark(db, aMark(cycleId, { indicatorCode: 'A3', mark: true, actor: li }))
    const before = await traceOf(db, cycleId)
    const refused: [Partial<RecordMark>, string][] = [
      [{ mark: '9' }, 'OUT_OF_RANGE'],
      [{ mark: '7.3' }, 'OFF_STEP'],
      [{ indicatorCode: 'A2', mark: '很好' }, 'UNKNOWN_LEVEL'],
      [{ indicatorCode: 'B1', mark: '9' }, 'WRONG_ENTRY'],
      [{ indicatorCode: 'A3', mark: true }, 'SINGLE_MARK'],
      [{ reason: '残缺的字\ud800' }, 'WRONG_TYPE'],
      [{ reason: '空\0字符' }, 'WRONG_TYPE'],
    ]
    for (const [changes, code] of refused) {
      const attempt = recordMark(db, aMark(cycleId, changes))
      await t.rejects(attempt, FaultyEntries, code)
      await t.rejects(attempt, { ...faulty, faults: [{ code }] }, code)
    }
    await t.rejects(recordMark(db, aMark(cycleId, { mark: '9' })), {
      message: /市财政局.*理论武装/,
    })
    t.strictSame(await traceOf(db, cycleId), before)
  },
)

onEachDatabase(t, 'a level keeps its points, yes stays yes', async (t, db) => {
  const cycleId = await aCycle(db)
  await recordMark(
    db,
    aMark(cycleId, { indicatorCode: 'A2', mark: { level: '好', points: '8.50' } }),
  )
  await recordMark(db, aMark(cycleId, { indicatorCode: 'A3', mark: false }))
  t.strictSame(
    (await cycleMarks(db, cycleId)).map(({ mark }) => mark),
    [{ level: '好', points: '8.5' }, false],
  )
})

onEachDatabase(t, 'an assessor never marks the unit he belongs to', async (t, db) => {
  const cycleId = await aCycle(db)
  const own = anActor({ unitCode: 'U1' })
  const attempt = recordMark(db, aMark(cycleId, { actor: own }))
  await t.rejects(attempt, { code: 'RECUSED', status: 403, message: /市财政局.*回避/ })
  t.match(await recordMark(db, aMark(cycleId, { actor: own, unitCode: 'U2' })), { version: 1 })
})

onEachDatabase(t, 'who is no assessor of this cycle marks nothing', async (t, db) => {
  const cycleId = await aCycle(db)
  for (const actor of actorsWithout('assessor', 'lead')) {
    const attempt = recordMark(db, aMark(cycleId, { actor }))
    await t.rejects(attempt, { code: 'ROLE_NEEDED', status: 403 }, actor.roles.join())
  }
  for (const assessorCode of [null, 'K9']) {
    const attempt = recordMark(db, aMark(cycleId, { actor: anActor({ assessorCode }) }))
    await t.rejects(attempt, { code: 'NOT_AN_ASSESSOR', status: 403 })
  }
  t.strictSame(await cycleMarks(db, cycleId), [])
})

onEachDatabase(t, 'assessors read their own marks and nobody else’s', async (t, db) => {
  const cycleId = await aCycle(db)
  await recordMark(db, aMark(cycleId, { mark: '7' }))
  await recordMark(db, aMark(cycleId, { mark: '6', actor: li }))
  await recordMark(db, aMark(cycleId, { mark: '5', unitCode: 'U2' }))
  const marks = async (where: object) =>
    (await assessorMarks(db, { cycleId, assessor: 'K1', ...where })).map(({ mark }) => mark)
  t.strictSame(await marks({}), ['7', '5'])
  t.strictSame(await marks({ unit: 'U2' }), ['5'])
  t.strictSame(await marks({ indicator: 'A2' }), [])
})

onEachDatabase(t, 'an unknown cycle, unit or indicator is named', async (t, db) => {
  const cycleId = await aCycle(db)
  const refused = (changes: Partial<RecordMark>) => recordMark(db, aMark(cycleId, changes))
  await t.rejects(refused({ cycleId: 'none' }), { code: 'CYCLE_NOT_FOUND', status: 404 })
  await t.rejects(refused({ unitCode: 'U9' }), { code: 'UNIT_NOT_IN_CYCLE', message: /U9/ })
  await t.rejects(refused({ indicatorCode: 'Z' }), { code: 'INDICATOR_NOT_FOUND', message: /Z/ })
})

onEachDatabase(t, 'nothing is marked once the result is published', async (t, db) => {
  const cycleId = await aCycle(db)
  await publishResult(db, { cycleId, actor: organiser, at: AT })
  const before = await traceOf(db, cycleId)
  await t.rejects(recordMark(db, aMark(cycleId)), { code: 'CYCLE_CLOSED', status: 409 })
  t.strictSame(await traceOf(db, cycleId), before)
})
