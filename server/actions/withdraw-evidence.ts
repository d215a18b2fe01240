import type { Actor } from '../domain/actor.ts'
import { evidenceNotFound } from '../errors.ts'
import { recordAudit } from '../store/audit.ts'
import type { Database } from '../store/database.ts'
import { type Evidence, findEvidence, markEvidenceWithdrawn } from '../store/evidence.ts'
import { touchSelfAssessment } from '../store/self-assessments.ts'
import { openSelfAssessment } from './self-assessment-place.ts'

export interface WithdrawEvidence {
  cycleId: string
  evidenceId: string
  actor: Actor
  at: string
}

/**
 * Takes back a piece of evidence of the actor's own unit that has not been submitted.
 *
 * @returns the piece
 * @throws {AppError} if there is none such of his unit, it is not the time, or it is submitted
 */
export async function withdrawEvidence(
  db: Database,
  { cycleId, evidenceId, actor, at }: WithdrawEvidence,
): Promise<Evidence> {
  return db.transaction().execute(async (trx) => {
    const { unit, placed } = await openSelfAssessment(trx, cycleId, actor)
    const piece = await findEvidence(trx, cycleId, evidenceId)
    if (piece?.unit !== unit.code) throw evidenceNotFound()
    await markEvidenceWithdrawn(trx, evidenceId, at)
    await touchSelfAssessment(trx, cycleId, unit.code)
    const { indicator, name, sha256 } = piece
    const title = placed.find((each) => each.indicator.code === indicator)?.indicator.name
    await recordAudit(trx, {
      at,
      actor,
      action: 'evidence.withdraw',
      cycleId,
      subject: `${unit.name} / ${title ?? indicator} / ${name}`,
      detail: { unit: unit.code, indicator, file: name, sha256 },
    })
    return piece
  })
}
