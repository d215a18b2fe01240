/** How far the marks of a cycle are: counts, never a mark. */

import { sql } from 'kysely'
import type { Pace } from '../domain/forecast.ts'
import { compiled } from './compiled.ts'
import type { Database } from './database.ts'
import type { MarkKey } from './marks.ts'

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

const anyInIndicator = compiled((db, blank: Omit<MarkKey, 'unit'>) =>
  db
    .selectFrom('mark')
    .where('cycle_id', '=', blank.cycleId)
    .where('assessor_code', '=', blank.assessor)
    .where('indicator_code', '=', blank.indicator)
    // Not of the key: SQLite would rather read through the key's index than use the assessor's.
    .select('row_version')
    .limit(sql<number>`1`),
)

/** Whether an assessor has marked any unit in an indicator. */
export async function hasMarked(db: Database, key: Omit<MarkKey, 'unit'>): Promise<boolean> {
  return (await anyInIndicator(db, key)).rows.length > 0
}
