import { CLOSED, type Cycle, cycleOf } from './cycles.ts'
import type { Database } from './database.ts'

/**
 * The cycle whose result a unit's result is set beside: the one that `cycle` was started from, or else the
 * one published last of the year before. Only one that is closed, is no rehearsal and assessed the unit.
 */
export async function predecessorOf(
  db: Database,
  cycle: Cycle,
  unitCode: string,
): Promise<Cycle | undefined> {
  const closed = db
    .selectFrom('cycle')
    .selectAll()
    .where('stage', 'in', CLOSED)
    .where('rehearsal', '=', 0)
    .where('id', '!=', cycle.id)
    .where('id', 'in', (eb) =>
      eb.selectFrom('cycle_unit').select('cycle_id').where('unit_code', '=', unitCode),
    )
  const before = await closed.where('id', '=', cycle.startedFrom).executeTakeFirst()
  if (before) return cycleOf(before)
  const lastYear = await closed
    .where('year', '=', cycle.year - 1)
    .orderBy('published_at', (order) => order.desc().nullsLast())
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return lastYear && cycleOf(lastYear)
}
