import type { Actor } from '../domain/actor.ts'
import type { Assessor } from '../domain/bundle.ts'
import { assessorCodeInCycle, assessorCodeMalformed, nameMissing } from '../errors.ts'
import { findAssessor } from '../store/assessors.ts'
import { recordAudit } from '../store/audit.ts'
import { appendAssessor } from '../store/cycle-roster.ts'
import type { Database } from '../store/database.ts'
import { assertRole, openCycle, typedText } from './entry-place.ts'
import { isCode, isNamed } from './unit-rules.ts'

export interface AddAssessor {
  cycleId: string
  code: string
  name: string
  /** his rater class (评价主体); '' for none */
  group: string
  actor: Actor
  at: string
}

/**
 * Takes an assessor into a cycle.
 *
 * @throws {AppError} if the actor may not, something is missing, the code is taken, or the time for it
 *   is over
 */
export async function addAssessor(
  db: Database,
  { cycleId, code: typedCode, actor, at, ...typed }: AddAssessor,
): Promise<void> {
  assertRole(actor, ['organiser'])
  const code = typedText(typedCode) ?? ''
  if (!isCode(code)) throw assessorCodeMalformed(code)
  const assessor = { code, ...soundAssessor(typed) }
  await db.transaction().execute(async (trx) => {
    await openCycle(trx, cycleId, 'staff')
    const same = await findAssessor(trx, cycleId, code)
    if (same) throw assessorCodeInCycle(code, same.name)
    await appendAssessor(trx, cycleId, assessor)
    await recordAudit(trx, {
      at,
      actor,
      action: 'assessor.add',
      cycleId,
      subject: assessor.name,
      detail: { before: null, after: assessor },
    })
  })
}

/** @throws {AppError} without a name */
export function soundAssessor(typed: { name: string; group: string }): Omit<Assessor, 'code'> {
  const name = typedText(typed.name) ?? ''
  if (!isNamed(name)) throw nameMissing()
  const group = typedText(typed.group)
  return group === undefined ? { name } : { name, group }
}
