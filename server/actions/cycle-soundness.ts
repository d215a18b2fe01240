import { check } from '../domain/check-bundle.ts'
import { FaultyEntries } from '../errors.ts'
import { readCycle } from '../store/bundle.ts'
import type { Trx } from '../store/database.ts'
import { unkeptFaults } from '../store/keepable.ts'

/**
 * Checks a whole cycle as the transaction leaves it, by the rule by which bundles are imported.
 *
 * @throws {FaultyEntries} with every fault
 */
export async function assertCycleSound(trx: Trx, cycleId: string): Promise<void> {
  const { bundle } = await readCycle(trx, cycleId)
  const faults = check(bundle)
  if (faults.length === 0) faults.push(...unkeptFaults(bundle))
  if (faults.length > 0) throw new FaultyEntries(faults)
}
