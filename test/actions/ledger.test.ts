import t from 'tap'
import { type AddEvent, addEvent } from '../../server/actions/add-event.ts'
import { type CorrectEvent, correctEvent } from '../../server/actions/correct-event.ts'
import { publishResult } from '../../server/actions/publish-result.ts'
import { withdrawEvent } from '../../server/actions/withdraw-event.ts'
import type { Event } from '../../server/domain/bundle.ts'
import type { Database } from '../../server/store/database.ts'
import { findEvent, ledgerEvents, standingEvents } from '../../server/store/events.ts'
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
import { onEachDatabase } from '../helpers/database.ts'

/** Everything that writes in the ledger. */
const writes: ((db: Database, about: AddEvent & CorrectEvent) => Promise<unknown>)[] = [
  addEvent,
  correctEvent,
  withdrawEvent,
]

const LATER = '2026-11-21T09:30:00.000Z'

const late: Event = {
  ...{ unit: 'U1', indicator: 'C1', rule: 'late', reason: '迟报两次', count: 2 },
  ...{ document: '机工〔2026〕3号', date: '2026-05-06', foundBy: '督查' },
}
const warned: Event = {
  ...{ unit: 'U1', indicator: 'C1', rule: 'case', tier: '诫勉', reason: '诫勉谈话' },
  ...{ factors: ['瞒报'], matter: 'M1' },
}

onEachDatabase(t, 'a fact is recorded with everything known of it', async (t, db) => {
  const cycleId = await aCycle(db)
  const id = await addEvent(db, { cycleId, event: late, actor: wang, at: AT })
  await addEvent(db, { cycleId, event: warned, actor: organiser, at: LATER })
  t.strictSame(await standingEvents(db, cycleId), [late, warned])
  t.match(await findEvent(db, cycleId, id), {
    ...{ id, event: late, version: 1, recordedAt: AT, recordedBy: 'account-wang' },
    ...{ replacedBy: null, withdrawnAt: null },
  })
  t.match(await traceOf(db, cycleId), {
    revision: 3,
    entries: 3,
    newest: { action: 'event.add', subject: '市财政局 / 廉洁记录', detail: { after: warned } },
  })
})

onEachDatabase(t, 'a correction stands in the old place, and the old one stays', async (t, db) => {
  const cycleId = await aCycle(db)
  const eventId = await addEvent(db, { cycleId, event: late, actor: wang, at: AT })
  await addEvent(db, { cycleId, event: warned, actor: wang, at: AT })
  const event = { ...late, count: 1 }
  const correction = { cycleId, eventId, event, actor: organiser, at: LATER }
  const id = await correctEvent(db, { ...correction, reason: '多记一次' })
  t.strictSame(await standingEvents(db, cycleId), [event, warned])
  t.match(await findEvent(db, cycleId, eventId), {
    ...{ event: late, replacedBy: id, changeReason: '多记一次', recordedBy: 'account-wang' },
  })
  t.match(await findEvent(db, cycleId, id), { version: 2, position: 0, recordedAt: LATER })
  t.strictSame(
    (await ledgerEvents(db, cycleId, { history: true })).map((each) => each.event.count),
    [1, 2, undefined],
  )
  t.match((await traceOf(db, cycleId)).newest, {
    action: 'event.correct',
    detail: { event: id, replaces: eventId, reason: '多记一次', before: late, after: event },
  })
})

onEachDatabase(t, 'a withdrawn event no longer counts, and stays', async (t, db) => {
  const cycleId = await aCycle(db)
  const eventId = await addEvent(db, { cycleId, event: late, actor: wang, at: AT })
  await withdrawEvent(db, { cycleId, eventId, reason: '查无此事', actor: wang, at: LATER })
  t.strictSame(await standingEvents(db, cycleId), [])
  t.match(await findEvent(db, cycleId, eventId), { withdrawnAt: LATER, changeReason: '查无此事' })
  t.match((await traceOf(db, cycleId)).newest, {
    action: 'event.withdraw',
    detail: { event: eventId, before: late, after: null, reason: '查无此事' },
  })
})

onEachDatabase(
  t,
  'what was corrected or withdrawn meanwhile is not changed again',
  async (t, db) => {
    const cycleId = await aCycle(db)
    const eventId = await addEvent(db, { cycleId, event: late, actor: wang, at: AT })
    const correction = { cycleId, eventId, event: warned, reason: '改', actor: wang, at: AT }
    const id = await correctEvent(db, correction)
    const before = await traceOf(db, cycleId)
    const changed = { code: 'EVENT_CHANGED_ELSEWHERE', status: 409, message: /市财政局.*廉洁记录/ }
    await t.rejects(correctEvent(db, correction), changed)
    await t.rejects(withdrawEvent(db, correction), changed)
    t.strictSame(await traceOf(db, cycleId), before)
    await withdrawEvent(db, { ...correction, eventId: id })
    await t.rejects(withdrawEvent(db, { ...correction, eventId: id }), changed)
    await t.rejects(correctEvent(db, { ...correction, eventId: id }), changed)
    await t.rejects(withdrawEvent(db, { ...correction, eventId: 'none' }), {
      code: 'EVENT_NOT_FOUND',
    })
  },
)

onEachDatabase(t, 'two corrections at the same moment leave one standing', async (t, db) => {
  const cycleId = await aCycle(db)
  const eventId = await addEvent(db, { cycleId, event: late, actor: wang, at: AT })
  const correction = { cycleId, eventId, event: warned, reason: '改', actor: wang, at: AT }
  const both = await Promise.allSettled([
    correctEvent(db, correction),
    correctEvent(db, correction),
  ])
  t.strictSame(both.map(({ status }) => status).sort(), ['fulfilled', 'rejected'])
  t.strictSame(await standingEvents(db, cycleId), [warned])
})

onEachDatabase(t, 'an event that cannot be is refused, and nothing is kept', async (t, db) => {
  const cycleId = await aCycle(db)
  const eventId = await addEvent(db, { cycleId, event: late, actor: wang, at: AT })
  const before = await traceOf(db, cycleId)
  const refused: [Event, string][] = [
    [{ ...late, rule: 'none' }, 'UNKNOWN_RULE'],
    [{ ...warned, tier: '口头' }, 'UNKNOWN_TIER'],
    [{ ...warned, factors: ['从轻'] }, 'UNKNOWN_FACTOR'],
    [{ ...late, indicator: 'A1' }, 'WRONG_ENTRY'],
  ]
  for (const [event, code] of refused) {
    const entry = { cycleId, eventId, event, reason: '改', actor: wang, at: AT }
    await t.rejects(addEvent(db, entry), { ...faulty, faults: [{ code }] }, code)
    await t.rejects(correctEvent(db, entry), { ...faulty, faults: [{ code }] }, code)
  }
  const silent = { cycleId, eventId, event: late, reason: '  ', actor: wang, at: AT }
  await t.rejects(correctEvent(db, silent), { code: 'CHANGE_REASON_MISSING', status: 422 })
  await t.rejects(withdrawEvent(db, silent), { code: 'CHANGE_REASON_MISSING', status: 422 })
  t.strictSame(await traceOf(db, cycleId), before)
})

onEachDatabase(
  t,
  'nobody writes in the ledger about his own unit or without the role',
  async (t, db) => {
    const cycleId = await aCycle(db)
    const eventId = await addEvent(db, { cycleId, event: late, actor: wang, at: AT })
    const about = { cycleId, eventId, event: late, reason: '改', at: AT }
    const own = anActor({ unitCode: 'U1' })
    const refused = actorsWithout('assessor', 'lead', 'organiser')
      .map((actor) => ({ actor, code: 'ROLE_NEEDED' }))
      .concat({ actor: own, code: 'RECUSED' })
    for (const { actor, code } of refused) {
      for (const action of writes) {
        await t.rejects(action(db, { ...about, actor }), { code, status: 403 })
      }
    }
    // Neither may he move another unit's event to his own.
    const elsewhere = await addEvent(db, { ...about, event: { ...late, unit: 'U2' }, actor: wang })
    const moved = correctEvent(db, { ...about, eventId: elsewhere, actor: own })
    await t.rejects(moved, { code: 'RECUSED' })
  },
)

onEachDatabase(t, 'the ledger is closed once the result is published', async (t, db) => {
  const cycleId = await aCycle(db)
  const eventId = await addEvent(db, { cycleId, event: late, actor: wang, at: AT })
  await publishResult(db, { cycleId, actor: organiser, at: AT })
  const about = { cycleId, eventId, event: late, reason: '改', actor: wang, at: AT }
  for (const action of writes) {
    await t.rejects(action(db, about), { code: 'CYCLE_CLOSED' })
  }
})

onEachDatabase(t, 'events are found by unit, rule, date, source and words', async (t, db) => {
  const cycleId = await aCycle(db)
  await addEvent(db, { cycleId, event: late, actor: wang, at: AT })
  await addEvent(db, { cycleId, event: { ...warned, unit: 'U2' }, actor: wang, at: AT })
  const rules = async (filter: Parameters<typeof ledgerEvents>[2]) =>
    (await ledgerEvents(db, cycleId, filter)).map(({ event }) => event.rule)
  t.strictSame(await rules({ unit: 'U2' }), ['case'])
  t.strictSame(await rules({ indicator: 'C1' }), ['late', 'case'])
  t.strictSame(await rules({ rule: 'late' }), ['late'])
  t.strictSame(await rules({ foundBy: '督查' }), ['late'])
  t.strictSame(await rules({ from: '2026-05-06', to: '2026-05-06' }), ['late'])
  t.strictSame(await rules({ from: '2026-05-07' }), [])
  t.strictSame(await rules({ text: '〔2026〕3' }), ['late'])
  t.strictSame(await rules({ text: '诫勉' }), ['case'])
})
