/** Ties that keep an assessor from a unit (回避), as they are declared and lifted. */

import type { Recusal } from '../domain/duty-roster.ts'
import type { Trx } from './database.ts'
import { insertRows, noteGone } from './row-ledger.ts'

export async function insertRecusal(
  trx: Trx,
  cycleId: string,
  { assessor, unit, reason }: Recusal,
  stamp: { at: string; by: string },
): Promise<void> {
  const row = { cycle_id: cycleId, assessor_code: assessor, unit_code: unit, reason }
  const declared = { declared_at: stamp.at, declared_by: stamp.by }
  await insertRows(trx, 'recusal', [{ ...row, ...declared }])
}

/** @returns whether there was such a tie */
export async function deleteRecusal(
  trx: Trx,
  cycleId: string,
  { assessor, unit }: Pick<Recusal, 'assessor' | 'unit'>,
): Promise<boolean> {
  const rows = await trx
    .deleteFrom('recusal')
    .where('cycle_id', '=', cycleId)
    .where('assessor_code', '=', assessor)
    .where('unit_code', '=', unit)
    .returningAll()
    .execute()
  noteGone(trx, 'recusal', rows)
  return rows.length > 0
}
