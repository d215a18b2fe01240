import type { Actor } from '../domain/actor.ts'
import { methodTypes } from '../domain/canonical-bundle.ts'
import { type MadeUp, madeUpEntries } from '../domain/made-up-entries.ts'
import { fillingARealCycle, nothingToFill, seedFaulty } from '../errors.ts'
import { recordAudit } from '../store/audit.ts'
import { readCycle } from '../store/bundle.ts'
import type { Stamp } from '../store/columns.ts'
import type { Database, Trx } from '../store/database.ts'
import { insertEvents } from '../store/events.ts'
import { insertMarks } from '../store/marks.ts'
import { clearRehearsalEntries } from '../store/rehearsal-entries.ts'
import { insertTallies } from '../store/tallies.ts'
import { insertValues } from '../store/values.ts'
import { assignmentParts } from './assignable.ts'
import { assertCycleSound } from './cycle-soundness.ts'
import { assertRole, openCycle } from './entry-place.ts'

/** Seeds are short enough to be read out. */
export const MOST_SEED = 999_999

export interface FillRehearsal {
  cycleId: string
  /** all: what is there is cleared first; missing: it is left alone */
  scope: 'all' | 'missing'
  /** a whole number up to MOST_SEED; the same one makes up the same entries */
  seed: number
  actor: Actor
  at: string
}

/**
 * Fills a rehearsal with made-up marks, values, ballots and events.
 *
 * @returns how many of each
 * @throws {AppError} if the actor may not, the cycle is a real one, its stage takes no marks, the seed is
 *   out of range, or nothing is missing
 */
export async function fillRehearsal(
  db: Database,
  { cycleId, scope, seed, actor, at }: FillRehearsal,
): Promise<Record<keyof MadeUp, number>> {
  assertRole(actor, ['organiser'])
  if (!Number.isInteger(seed) || seed < 1 || seed > MOST_SEED) throw seedFaulty(MOST_SEED)
  return db.transaction().execute(async (trx) => {
    const cycle = await openCycle(trx, cycleId, 'mark')
    if (!cycle.rehearsal) throw fillingARealCycle(cycle.name)
    if (scope === 'all') await clearRehearsalEntries(trx, cycleId)
    const { bundle } = await readCycle(trx, cycleId)
    const made = madeUpEntries(await assignmentParts(trx, cycle), bundle, seed)
    const counts = {
      marks: made.marks.length,
      values: made.values.length,
      tallies: made.tallies.length,
      events: made.events.length,
    }
    if (Object.values(counts).every((count) => count === 0)) throw nothingToFill()
    const stamp = { at, by: actor.accountId }
    await insertMadeUp(trx, cycleId, made, methodTypes(bundle.scheme), stamp)
    await assertCycleSound(trx, cycleId)
    await recordAudit(trx, {
      at,
      actor,
      action: 'cycle.fill',
      cycleId,
      subject: cycle.name,
      detail: { rehearsal: true, seed, all: scope === 'all', ...counts },
    })
    return counts
  })
}

async function insertMadeUp(
  trx: Trx,
  cycleId: string,
  { marks, values, tallies, events }: MadeUp,
  methods: ReadonlyMap<string, string>,
  stamp: Stamp,
): Promise<void> {
  await insertMarks(trx, cycleId, marks, methods, stamp)
  await insertValues(trx, cycleId, values, stamp)
  await insertTallies(trx, cycleId, tallies, stamp)
  await insertEvents(trx, cycleId, events, stamp)
}
