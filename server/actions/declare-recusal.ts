import type { Actor } from '../domain/actor.ts'
import {
  assessorNotInCycle,
  changeReasonMissing,
  recusalNotFound,
  recusalTwice,
  unitNotInCycle,
} from '../errors.ts'
import { findAssessor } from '../store/assessors.ts'
import { deleteUnitAssignments } from '../store/assigning.ts'
import { findRecusal } from '../store/assignments.ts'
import { recordAudit } from '../store/audit.ts'
import { findCycleUnit } from '../store/cycle-units.ts'
import type { Cycle } from '../store/cycles.ts'
import type { Database, Trx } from '../store/database.ts'
import { deleteRecusal, insertRecusal } from '../store/recusals.ts'
import { assertRole, openCycle, typedText } from './entry-place.ts'

export interface DeclareRecusal {
  cycleId: string
  /** the assessor's code */
  assessor: string
  /** the unit's code */
  unit: string
  reason: string
  actor: Actor
  at: string
}

/**
 * Declares that an assessor is tied to a unit (回避): from then on he marks and records nothing about it,
 * and what of it was assigned to him is taken away. Marks he has given stay until they are dealt with.
 *
 * @throws {AppError} if the actor may not, a reason is missing, or the tie is there already
 */
export async function declareRecusal(db: Database, declared: DeclareRecusal): Promise<void> {
  await change(db, declared, 'declare', async (trx, cycle, { tie, subject }) => {
    if ((await findRecusal(trx, cycle.id, tie)) !== undefined) {
      throw recusalTwice(subject.assessor, subject.unit)
    }
    const stamp = { at: declared.at, by: declared.actor.accountId }
    await insertRecusal(trx, cycle.id, tie, stamp)
    await deleteUnitAssignments(trx, cycle.id, tie)
  })
}

/**
 * Lifts a declared tie. What was taken away with it is not given back.
 *
 * @throws {AppError} if the actor may not, a reason is missing, or there is no such tie
 */
export async function liftRecusal(db: Database, lifted: DeclareRecusal): Promise<void> {
  await change(db, lifted, 'lift', async (trx, cycle, { tie }) => {
    if (!(await deleteRecusal(trx, cycle.id, tie))) throw recusalNotFound()
  })
}

interface Named {
  tie: { assessor: string; unit: string; reason: string }
  subject: { assessor: string; unit: string }
}

async function change(
  db: Database,
  { cycleId, assessor, unit, reason: typed, actor, at }: DeclareRecusal,
  verb: 'declare' | 'lift',
  write: (trx: Trx, cycle: Cycle, named: Named) => Promise<void>,
): Promise<void> {
  assertRole(actor, ['organiser'])
  const reason = typedText(typed)
  if (reason === undefined) throw changeReasonMissing(verb === 'lift' ? '解除回避' : '登记回避')
  await db.transaction().execute(async (trx) => {
    const cycle = await openCycle(trx, cycleId, 'prepare')
    const person = await findAssessor(trx, cycleId, assessor)
    if (!person) throw assessorNotInCycle(assessor)
    const place = await findCycleUnit(trx, cycleId, unit)
    if (!place) throw unitNotInCycle(unit)
    const subject = { assessor: person.name, unit: place.name }
    await write(trx, cycle, { tie: { assessor, unit, reason }, subject })
    await recordAudit(trx, {
      at,
      actor,
      action: verb === 'lift' ? 'recusal.lift' : 'recusal.declare',
      cycleId,
      subject: `${subject.assessor} / ${subject.unit}`,
      detail: { assessor, unit, reason },
    })
  })
}
