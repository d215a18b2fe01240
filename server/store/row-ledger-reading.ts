/** Reads the rows that count, whatever their table, in portions. */

import { sql } from 'kysely'
import type { Database } from './database.ts'
import { type CountedTable, ROW_KEYS } from './row-ledger.ts'
import type { Tables } from './schema.ts'

const ROWS_AT_ONCE = 1000

/** Every row of a table in the order of its key; read inside one transaction they are of one moment. */
export async function* countedRows<Table extends CountedTable>(
  db: Database,
  table: Table,
): AsyncGenerator<Tables[Table][]> {
  const keys: readonly string[] = ROW_KEYS[table]
  const columns = sql.join(keys.map((key) => sql.ref(key)))
  let after = sql``
  for (;;) {
    const { rows } = await sql<Tables[Table]>`
      select * from ${sql.table(table)} ${after} order by ${columns} limit ${sql.lit(ROWS_AT_ONCE)}
    `.execute(db)
    if (rows.length > 0) yield rows
    const last = rows.at(-1)
    if (last === undefined || rows.length < ROWS_AT_ONCE) return
    const values = new Map<string, unknown>(Object.entries(last))
    const reached = sql.join(keys.map((key) => values.get(key)))
    after = sql`where (${columns}) > (${reached})`
  }
}
