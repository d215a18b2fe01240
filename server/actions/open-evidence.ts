import type { Actor } from '../domain/actor.ts'
import { maySeeEvidence } from '../domain/self-assessment.ts'
import { evidenceLost, evidenceNotFound } from '../errors.ts'
import { findAssessor } from '../store/assessors.ts'
import { recusedUnits } from '../store/assignments.ts'
import { recordAudit } from '../store/audit.ts'
import { findCycleUnit } from '../store/cycle-units.ts'
import { findCycle } from '../store/cycles.ts'
import type { Database, Trx } from '../store/database.ts'
import { type Evidence, findEvidence } from '../store/evidence.ts'
import { hasEvidenceFile } from '../store/evidence-files.ts'
import { isHandedOver, selfAssessment } from '../store/self-assessments.ts'
import { isReached, reachOf } from '../store/teams.ts'

export interface OpenEvidence {
  cycleId: string
  evidenceId: string
  actor: Actor
  at: string
}

/**
 * Lets a person have a piece of evidence, and keeps in the ledger who took which file of which unit. What
 * its own unit looks at again is nobody else's paper and leaves no entry. The cycle stays as it is.
 *
 * @param folder where contents are kept
 * @throws {AppError} if there is none such for this person, or its content is not on the server
 */
export async function openEvidence(
  db: Database,
  folder: string,
  { cycleId, evidenceId, actor, at }: OpenEvidence,
): Promise<Evidence> {
  return db.transaction().execute(async (trx) => {
    const piece = await findEvidence(trx, cycleId, evidenceId)
    // As if it were not there: a stranger is not to learn who handed in how much.
    if (!piece || !(await mayOpen(trx, piece, actor))) throw evidenceNotFound()
    const { unit, indicator, name, size, sha256 } = piece
    if (!(await hasEvidenceFile(folder, sha256))) throw evidenceLost(name)
    if (actor.unitCode === unit && actor.roles.includes('unit')) return piece
    const named = await findCycleUnit(trx, cycleId, unit)
    await recordAudit(trx, {
      at,
      actor,
      action: 'evidence.download',
      cycleId,
      subject: `${named?.name ?? unit} / ${name}`,
      detail: { unit, indicator, file: name, size, sha256 },
    })
    return piece
  })
}

async function mayOpen(trx: Trx, { cycleId, unit }: Evidence, actor: Actor): Promise<boolean> {
  const cycle = await findCycle(trx, cycleId)
  if (!cycle) return false
  const { assessorCode: code } = actor
  const assessor = code !== null && (await findAssessor(trx, cycleId, code)) !== undefined
  const recused = (await recusedUnits(trx, cycleId, actor)).has(unit)
  const handedOver = isHandedOver(await selfAssessment(trx, cycleId, unit), cycle.stage)
  const reached = isReached(await reachOf(trx, cycleId, actor), unit)
  return maySeeEvidence(actor, { unitCode: unit, handedOver }, { assessor, recused, reached })
}
