/** Holds the ledger of writes, and the rows it tells of, to their hashes. */

import type { LedgerFault } from '../domain/ledger-fault.ts'
import type { Database } from './database.ts'
import { verifyChain } from './verify-chain.ts'
import { verifyRows } from './verify-rows.ts'
import { verifySeals } from './verify-seals.ts'

export interface Verification {
  entries: number
  days: number
  rows: number
  /** sealed results, every version counted */
  seals: number
  /** the hash of the last entry, hex */
  end: string
  /** the first that do not fit: entries and days in order, sealed results, rows; at most `MOST_FAULTS` */
  faults: LedgerFault[]
}

/** More than a person reads; whoever changed so much did not mean to hide it. */
export const MOST_FAULTS = 100

/**
 * Checks the whole ledger as of one moment: numbers without gaps, every entry's hash and its link to the
 * one before, the root of every day that is over, every sealed result, and every row that counts against the
 * entry that wrote it last.
 *
 * @param progress told how many entries and rows have been looked at
 */
export async function verifyLedger(
  db: Database,
  progress: (looked: number) => void = () => {},
): Promise<Verification> {
  const moment = db.transaction().setIsolationLevel('repeatable read').setAccessMode('read only')
  return moment.execute(async (trx) => {
    const chain = await verifyChain(trx, progress)
    const rows = await verifyRows(trx, chain.digests, (looked) => progress(chain.entries + looked))
    const { seals, faults } = await verifySeals(trx)
    const { entries, days, end } = chain
    const found = [...chain.faults, ...faults, ...rows.faults].slice(0, MOST_FAULTS)
    return { entries, days, end, seals, rows: rows.rows, faults: found }
  })
}
