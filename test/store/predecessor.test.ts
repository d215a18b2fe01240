import t from 'tap'
import { startCycle } from '../../server/actions/start-cycle.ts'
import { type Cycle, findCycle } from '../../server/store/cycles.ts'
import type { Database } from '../../server/store/database.ts'
import { predecessorOf } from '../../server/store/predecessor.ts'
import { AT, aBundle, aCycle, organiser, setStage } from '../helpers/cycle.ts'
import { onEachDatabase } from '../helpers/database.ts'

async function cycle(db: Database, id: string): Promise<Cycle> {
  const found = await findCycle(db, id)
  if (!found) throw new RangeError(id)
  return found
}

/** A cycle of a year, published. */
async function published(db: Database, year: number, at: string): Promise<string> {
  const { scheme } = aBundle()
  const id = await aCycle(db, aBundle({ scheme: { ...scheme, year } }))
  await setStage(db, id, 'published')
  await db.updateTable('cycle').set({ published_at: at }).where('id', '=', id).execute()
  return id
}

onEachDatabase(
  t,
  'the cycle it was started from comes first, once it is published',
  async (t, db) => {
    const from = await aCycle(db)
    const again = { units: ['U1', 'U3'], assessors: [], assignments: false, rehearsal: false }
    const started = { from, name: '2027年度考核', year: 2027, ...again, actor: organiser, at: AT }
    const now = await cycle(db, await startCycle(db, started))
    t.equal(now.startedFrom, from)
    t.equal(await predecessorOf(db, now, 'U1'), undefined, 'its result may still change')
    const sameYear = await published(db, 2026, '2027-01-09T00:00:00.000Z')
    t.equal((await predecessorOf(db, now, 'U1'))?.id, sameYear, 'until then last year’s')
    await setStage(db, from, 'archived')
    t.equal((await predecessorOf(db, now, 'U1'))?.id, from)
    t.equal(await predecessorOf(db, now, 'U9'), undefined, 'only where the unit was assessed')
  },
)

onEachDatabase(
  t,
  'else the one published last of the year before, and no rehearsal',
  async (t, db) => {
    const now = await cycle(db, await aCycle(db))
    t.equal(await predecessorOf(db, now, 'U1'), undefined)
    await published(db, 2024, '2025-12-30T00:00:00.000Z')
    t.equal(await predecessorOf(db, now, 'U1'), undefined, 'not of the year before that')
    const half = await published(db, 2025, '2025-07-30T00:00:00.000Z')
    t.equal((await predecessorOf(db, now, 'U1'))?.id, half)
    const whole = await published(db, 2025, '2025-12-30T00:00:00.000Z')
    t.equal((await predecessorOf(db, now, 'U1'))?.id, whole)
    await db.updateTable('cycle').set({ rehearsal: 1 }).where('id', '=', whole).execute()
    t.equal((await predecessorOf(db, now, 'U1'))?.id, half)
  },
)
