import type { Actor } from '../domain/actor.ts'
import {
  changeReasonMissing,
  notAnAssessor,
  selfAssessmentChanged,
  selfAssessmentNotSubmitted,
} from '../errors.ts'
import { findAssessor } from '../store/assessors.ts'
import { recordAudit } from '../store/audit.ts'
import type { Database } from '../store/database.ts'
import { markReturned, selfAssessment, touchSelfAssessment } from '../store/self-assessments.ts'
import { assertReached, assertRole, findUnitPlace, openCycle, typedText } from './entry-place.ts'

export interface ReturnSelfAssessment {
  cycleId: string
  unitCode: string
  /** what the unit is to do */
  remark: string
  /** the version that was shown */
  version: number
  actor: Actor
  at: string
}

/**
 * Gives a submitted self-assessment back to its unit, which can change it again.
 *
 * @throws {AppError} if the actor may not, says no reason, it is not submitted, or was submitted anew
 *   since he read it
 */
export async function returnSelfAssessment(
  db: Database,
  { cycleId, unitCode, remark: typed, version, actor, at }: ReturnSelfAssessment,
): Promise<void> {
  assertRole(actor, ['lead', 'organiser'])
  await db.transaction().execute(async (trx) => {
    const cycle = await openCycle(trx, cycleId, 'self-assess')
    const { unit } = await findUnitPlace(trx, cycle, unitCode)
    await assertReached(trx, cycle, actor, unit)
    const { assessorCode: code } = actor
    const marks = code !== null && (await findAssessor(trx, cycleId, code)) !== undefined
    if (!actor.roles.includes('organiser') && !marks) throw notAnAssessor(cycle.name)
    const assessment = await selfAssessment(trx, cycleId, unitCode)
    if (assessment.state !== 'submitted') throw selfAssessmentNotSubmitted(unit.name)
    if (assessment.version !== version) throw selfAssessmentChanged(unit.name)
    const remark = typedText(typed)
    if (remark === undefined) throw changeReasonMissing('退回自评')
    await touchSelfAssessment(trx, cycleId, unitCode)
    await markReturned(trx, cycleId, unitCode, remark, { at, by: actor.accountId })
    await recordAudit(trx, {
      at,
      actor,
      action: 'self-assessment.return',
      cycleId,
      subject: unit.name,
      detail: { unit: unitCode, reason: remark },
    })
  })
}
