/** Whether a unit's self-assessment can be changed now, and where in it. */

import type { Actor } from '../domain/actor.ts'
import type { PlacedIndicator } from '../domain/placed-indicators.ts'
import { selfAssessed } from '../domain/self-assessment.ts'
import {
  cycleNotFound,
  indicatorNotInScheme,
  selfAssessmentSubmitted,
  selfMarkNotAsked,
  unitNotInCycle,
} from '../errors.ts'
import type { Trx } from '../store/database.ts'
import { type SelfAssessment, selfAssessment } from '../store/self-assessments.ts'
import {
  assertRole,
  findEntryPlace,
  findUnitPlace,
  openCycle,
  type UnitPlace,
} from './entry-place.ts'

export interface SelfPlace extends UnitPlace {
  assessment: SelfAssessment
  /** the indicators it is about */
  placed: readonly PlacedIndicator[]
}

/**
 * Opens the actor's own unit's self-assessment for a write. First in the transaction: it locks the cycle.
 *
 * @throws {AppError} if he is no unit's liaison, his unit is not in the cycle, it is not the time, or it
 *   is submitted
 */
export async function openSelfAssessment(
  trx: Trx,
  cycleId: string,
  actor: Actor,
): Promise<SelfPlace> {
  assertRole(actor, ['unit'])
  const cycle = await openCycle(trx, cycleId, 'self-assess')
  if (cycle.rehearsal) throw cycleNotFound(cycleId)
  const { unitCode } = actor
  if (unitCode === null) throw unitNotInCycle('')
  const place = await findUnitPlace(trx, cycle, unitCode)
  const assessment = await selfAssessment(trx, cycleId, unitCode)
  if (assessment.state === 'submitted') throw selfAssessmentSubmitted(place.unit.name)
  return { ...place, assessment, placed: selfAssessed(place.scheme, place.unit) }
}

/** @throws {AppError} if there is no such indicator, or it does not apply to the unit */
export async function askedIndicator(
  trx: Trx,
  { cycle, unit, placed }: SelfPlace,
  code: string,
): Promise<PlacedIndicator> {
  const found = placed.find(({ indicator }) => indicator.code === code)
  if (found) return found
  const { indicator } = await findEntryPlace(trx, cycle, unit.code, code)
  throw indicator ? selfMarkNotAsked(unit.name, indicator.name) : indicatorNotInScheme(code)
}
