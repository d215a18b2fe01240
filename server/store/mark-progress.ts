/** How far the marks of a cycle are: counts, never a mark. */

import type { Pace } from '../domain/forecast.ts'
import type { Database } from './database.ts'

/** How many marks each assessor has in a cycle, and since when, by his code. */
export async function markPaces(db: Database, cycleId: string): Promise<Map<string, Pace>> {
  const rows = await db
    .selectFrom('mark')
    .where('cycle_id', '=', cycleId)
    .groupBy('assessor_code')
    .select((eb) => [
      'assessor_code as assessor',
      eb.fn.countAll<number>().as('marks'),
      eb.fn.min('updated_at').as('since'),
    ])
    .execute()
  return new Map(rows.map(({ assessor, marks, since }) => [assessor, { marks, since }]))
}
