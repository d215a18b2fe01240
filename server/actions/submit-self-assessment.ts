import type { Actor } from '../domain/actor.ts'
import { missingMarks } from '../domain/self-assessment.ts'
import { selfAssessmentChanged } from '../errors.ts'
import { recordAudit } from '../store/audit.ts'
import type { Database } from '../store/database.ts'
import { markSubmitted, selfMarks, touchSelfAssessment } from '../store/self-assessments.ts'
import { openSelfAssessment } from './self-assessment-place.ts'

export interface SubmitSelfAssessment {
  cycleId: string
  /** the version that was shown before he confirmed */
  version: number
  actor: Actor
  at: string
}

/**
 * Submits the self-assessment of the actor's unit: from now on it is read only. Marks that are missing stay
 * missing; the page says so beforehand.
 *
 * @throws {AppError} if it is not the time, it is submitted already, or a colleague changed it meanwhile
 */
export async function submitSelfAssessment(
  db: Database,
  { cycleId, version, actor, at }: SubmitSelfAssessment,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const { unit, assessment, placed } = await openSelfAssessment(trx, cycleId, actor)
    if (assessment.version !== version) throw selfAssessmentChanged(unit.name)
    const given = (await selfMarks(trx, cycleId, { unit: unit.code })).filter(
      ({ mark }) => mark !== null,
    )
    const missing = missingMarks(placed, new Set(given.map(({ indicator }) => indicator)))
    await touchSelfAssessment(trx, cycleId, unit.code)
    await markSubmitted(trx, cycleId, unit.code, { at, by: actor.accountId })
    await recordAudit(trx, {
      at,
      actor,
      action: 'self-assessment.submit',
      cycleId,
      subject: unit.name,
      detail: { unit: unit.code, missing: missing.map(({ indicator }) => indicator.name) },
    })
  })
}
