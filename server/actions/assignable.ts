/** What of a cycle can be given to whom to mark. */

import { entryKind, mayMark } from '../domain/duty.ts'
import { appliesTo, placedIndicators } from '../domain/placed-indicators.ts'
import { cycleNotFound } from '../errors.ts'
import { ownUnitsByAssessor } from '../store/accounts.ts'
import { cycleAssessors } from '../store/assessors.ts'
import { dutyRoster } from '../store/assignments.ts'
import { cycleUnits } from '../store/cycle-units.ts'
import type { Cycle } from '../store/cycles.ts'
import type { Trx } from '../store/database.ts'
import { findScheme } from '../store/schemes.ts'

/** An indicator that assessors mark; all by their codes. */
export interface Assignable {
  code: string
  /** those it exists for and applies to */
  units: readonly string[]
  /** those whose group may mark it */
  assessors: readonly string[]
  isRecused(assessor: string, unit: string): boolean
}

/** @returns in the order of the scheme */
export async function assignable(trx: Trx, cycle: Cycle): Promise<Assignable[]> {
  const stored = await findScheme(trx, cycle.schemeCode, cycle.schemeVersion)
  if (!stored) throw cycleNotFound(cycle.id)
  const roster = await dutyRoster(trx, cycle.id)
  const own = await ownUnitsByAssessor(trx)
  const people = await cycleAssessors(trx, cycle.id)
  const units = await cycleUnits(trx, cycle.id)
  const isRecused = (assessor: string, unit: string) =>
    roster.isRecused(assessor, unit) || (own.get(assessor)?.includes(unit) ?? false)
  return placedIndicators(stored.scheme)
    .filter((placed) => entryKind(placed) === 'mark')
    .map((placed) => ({
      code: placed.indicator.code,
      units: units.filter((unit) => appliesTo(placed, unit)).map(({ code }) => code),
      assessors: people
        .filter((assessor) => mayMark(placed.indicator, assessor))
        .map(({ code }) => code),
      isRecused,
    }))
}
