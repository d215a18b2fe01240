import { cycleNotFound, decisionNotFound } from '../../errors.ts'
import { findCycle } from '../../store/cycles.ts'
import type { Database } from '../../store/database.ts'
import { cycleAdjustments, cycleVetoes } from '../../store/decisions.ts'
import { evaluatedCycle } from '../../store/evaluation.ts'
import { KINDS, type Kind } from './decision-facts.ts'
import { decisionEffect } from './effect.ts'

/** A cycle with all that was ever decided in it. @throws {AppError} if there is no such cycle */
export async function decisionsOf(db: Database, id: string) {
  if (!(await findCycle(db, id))) throw cycleNotFound(id)
  return {
    evaluated: await evaluatedCycle(db, id),
    vetoes: await cycleVetoes(db, id, 'all'),
    adjustments: await cycleAdjustments(db, id, 'all'),
  }
}

/** One decision that is not over, with its effect. @throws {AppError} if there is none */
export async function openDecisionOf(
  db: Database,
  kind: Kind,
  { id, decision }: { id: string; decision: string },
) {
  const { evaluated, vetoes, adjustments } = await decisionsOf(db, id)
  const decided = (kind === 'vetoes' ? vetoes : adjustments).find((each) => each.id === decision)
  if (!decided || decided.liftedAt !== null) throw decisionNotFound(KINDS[kind])
  return { evaluated, decided, effect: decisionEffect(evaluated, vetoes, adjustments, decision) }
}
