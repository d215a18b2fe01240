/** Days of the ledger of writes: each, once over, has one root over all its entries. */

import { beijingDate } from '../domain/beijing-time.ts'
import { merkleRoot } from './audit-chain.ts'
import type { Database, Trx } from './database.ts'

/** Days never go back, even where the clock did: a day's entries follow one another. */
export function dayAfter(previous: string | null, at: string): string {
  const day = beijingDate(at)
  return previous !== null && previous > day ? previous : day
}

/** Keeps the root of a day to which nothing will be added. @param upTo its last entry */
export async function closeDay(trx: Trx, day: string, upTo: number): Promise<void> {
  const { entries, root } = await dayRoot(trx, day, upTo)
  const [first, last] = [entries[0], entries.at(-1)]
  if (first === undefined || last === undefined) return
  await trx
    .insertInto('audit_day')
    .values({ day, first_id: first, last_id: last, root })
    .onConflict((conflict) => conflict.column('day').doNothing())
    .execute()
}

/** The Merkle root over a day's entries up to one of them, and their numbers. */
async function dayRoot(
  db: Database,
  day: string,
  upTo: number,
): Promise<{ entries: number[]; root: string }> {
  const rows = await db
    .selectFrom('audit_entry')
    .where('day', '=', day)
    .where('id', '<=', upTo)
    .select(['id', 'hash'])
    .orderBy('id')
    .execute()
  return { entries: rows.map(({ id }) => id), root: merkleRoot(rows.map(({ hash }) => hash ?? '')) }
}

/** The end of the ledger as it is printed on what leaves the house; null while it is empty. */
export async function ledgerEnd(
  db: Database,
): Promise<{ entry: number; hash: string; day: string; root: string } | null> {
  const last = await db
    .selectFrom('audit_entry')
    .select(['id', 'hash', 'day'])
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (last === undefined || last.hash === null || last.day === null) return null
  const { root } = await dayRoot(db, last.day, last.id)
  return { entry: last.id, hash: last.hash, day: last.day, root }
}
