/** What of a cycle can be given to whom to mark, as of this transaction. */

import { type Assignable, assignableIndicators, type Parts } from '../domain/assignable.ts'
import { cycleNotFound } from '../errors.ts'
import { ownUnitsByAssessor } from '../store/accounts.ts'
import { cycleAssessors } from '../store/assessors.ts'
import { dutyRoster } from '../store/assignments.ts'
import { cycleUnits } from '../store/cycle-units.ts'
import type { Cycle } from '../store/cycles.ts'
import type { Trx } from '../store/database.ts'
import { findScheme } from '../store/schemes.ts'

export async function assignmentParts(trx: Trx, cycle: Cycle): Promise<Parts> {
  const stored = await findScheme(trx, cycle.schemeCode, cycle.schemeVersion)
  if (!stored) throw cycleNotFound(cycle.id)
  return {
    scheme: stored.scheme,
    units: await cycleUnits(trx, cycle.id),
    assessors: await cycleAssessors(trx, cycle.id),
    roster: await dutyRoster(trx, cycle.id),
    ownUnits: await ownUnitsByAssessor(trx),
  }
}

/** @returns in the order of the scheme */
export async function assignable(trx: Trx, cycle: Cycle): Promise<Assignable[]> {
  return assignableIndicators(await assignmentParts(trx, cycle))
}
