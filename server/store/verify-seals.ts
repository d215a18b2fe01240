/** Checks that every sealed result is what its fingerprint says, and follows the version before. */

import type { SealFault } from '../domain/ledger-fault.ts'
import type { Database } from './database.ts'
import { sealHash } from './sealed-results.ts'

export async function verifySeals(trx: Database): Promise<{ seals: number; faults: SealFault[] }> {
  const versions = await trx
    .selectFrom('sealed_result')
    .select(['cycle_id', 'version'])
    .orderBy('cycle_id')
    .orderBy('version')
    .execute()
  const faults: SealFault[] = []
  let before: { cycle_id: string; sha256: string } | undefined
  for (const { cycle_id, version } of versions) {
    // One at a time: each holds all entries of a year.
    const row = await trx
      .selectFrom('sealed_result')
      .where('cycle_id', '=', cycle_id)
      .where('version', '=', version)
      .selectAll()
      .executeTakeFirstOrThrow()
    const previous = before?.cycle_id === cycle_id ? before.sha256 : null
    if (row.sha256 !== sealHash(row) || row.previous_sha256 !== previous) {
      faults.push({ kind: 'seal-broken', cycle: cycle_id, version })
    }
    before = row
  }
  return { seals: versions.length, faults }
}
