/** What the public notice (公示) of a cycle says beside the result. */

import { type PublicNotice, UNSETTLED } from '../domain/public-notice.ts'
import type { Database, Trx } from './database.ts'
import { noteRows } from './row-ledger.ts'

/** What was settled, or what holds until then. */
export async function publicNotice(db: Database | Trx, cycleId: string): Promise<PublicNotice> {
  const row = await db
    .selectFrom('public_notice')
    .where('cycle_id', '=', cycleId)
    .select(['days', 'counted', 'contact', 'shows'])
    .executeTakeFirst()
  return row ?? UNSETTLED
}

export async function keepPublicNotice(
  trx: Trx,
  cycleId: string,
  { days, counted, contact, shows }: PublicNotice,
): Promise<void> {
  const said = { days, counted, contact, shows }
  const rows = await trx
    .insertInto('public_notice')
    .values({ cycle_id: cycleId, ...said })
    .onConflict((conflict) => conflict.column('cycle_id').doUpdateSet(said))
    .returningAll()
    .execute()
  noteRows(trx, 'public_notice', rows)
}
