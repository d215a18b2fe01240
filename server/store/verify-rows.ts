/** Checks every row that counts against the entry of the ledger that wrote it last. */

import type { RowFault } from '../domain/ledger-fault.ts'
import type { Database } from './database.ts'
import { COUNTED_TABLES, rowDigest, rowKey } from './row-ledger.ts'
import { countedRows } from './row-ledger-reading.ts'
import type { Digests, Written } from './written-rows.ts'

/** @param digests what the entries say of rows; used up */
export async function verifyRows(
  trx: Database,
  digests: Digests,
  progress: (looked: number) => void,
): Promise<{ rows: number; faults: RowFault[] }> {
  const faults: RowFault[] = []
  let rows = 0
  for (const table of COUNTED_TABLES) {
    const known = digests.get(table) ?? new Map<string, Written>()
    for await (const portion of countedRows(trx, table)) {
      for (const row of portion) {
        const key = rowKey(table, row)
        const written = known.get(key)
        known.delete(key)
        if (!written) faults.push({ kind: 'row-unknown', entry: null, table, key })
        else if (written.digest !== rowDigest(row)) {
          faults.push({ kind: 'row-changed', entry: written.entry, table, key })
        }
      }
      rows += portion.length
      progress(rows)
    }
    for (const [key, { entry }] of known) faults.push({ kind: 'row-missing', entry, table, key })
  }
  return { rows, faults: faults.sort((a, b) => (a.entry ?? Infinity) - (b.entry ?? Infinity)) }
}
