/** Chains the ledger of a database that an older program wrote. */

import { recordAudit } from './audit.ts'
import { GENESIS, linkHash } from './audit-chain.ts'
import { closeDay, dayAfter } from './audit-days.ts'
import type { Database, Trx } from './database.ts'
import { COUNTED_TABLES, noteRows } from './row-ledger.ts'
import { countedRows } from './row-ledger-reading.ts'

/**
 * Gives entries that have no hash yet theirs, in order, and adds one entry that takes in every row that
 * counts as it is now: from here on a change past the program shows. Done once; afterwards it only looks.
 *
 * @param at the time of the entry
 */
export async function beginChain(db: Database, at: string): Promise<void> {
  if (await isChained(db)) return
  await db.transaction().execute(async (trx) => {
    // Holds off every other writer of the ledger, and a second program that starts just now.
    await trx
      .updateTable('sequence')
      .set((eb) => ({ last: eb.ref('last') }))
      .execute()
    if (await isChained(trx)) return
    const entries = await chainEntries(trx)
    for (const table of COUNTED_TABLES) {
      for await (const rows of countedRows(trx, table)) noteRows(trx, table, rows)
    }
    await recordAudit(trx, {
      at,
      actor: { accountId: 'system', name: '系统' },
      action: 'ledger.begin',
      subject: '操作记录',
      detail: { entries },
    })
  })
}

/** All entries are chained at once, so the first tells. A new database has none, and needs nothing. */
async function isChained(db: Database): Promise<boolean> {
  const first = await db
    .selectFrom('audit_entry')
    .select('hash')
    .orderBy('id')
    .limit(1)
    .executeTakeFirst()
  return first === undefined || first.hash !== null
}

const ENTRIES_AT_ONCE = 1000

async function chainEntries(trx: Trx): Promise<number> {
  let [count, hash, day]: [number, string, string | null] = [0, GENESIS, null]
  for (;;) {
    const rows = await trx
      .selectFrom('audit_entry')
      .where('hash', 'is', null)
      .selectAll()
      .orderBy('id')
      .limit(ENTRIES_AT_ONCE)
      .execute()
    for (const row of rows) {
      const own: string = dayAfter(day, row.at)
      if (day !== null && own !== day) await closeDay(trx, day, row.id - 1)
      const link = { day: own, row_digests: '[]', previous_hash: hash }
      hash = linkHash(hash, { ...row, ...link })
      await trx
        .updateTable('audit_entry')
        .set({ ...link, hash })
        .where('id', '=', row.id)
        .execute()
      day = own
    }
    count += rows.length
    if (rows.length < ENTRIES_AT_ONCE) return count
  }
}
