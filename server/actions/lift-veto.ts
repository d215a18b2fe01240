import type { Actor } from '../domain/actor.ts'
import { changeReasonMissing, vetoNotFound } from '../errors.ts'
import { recordAudit } from '../store/audit.ts'
import type { Database } from '../store/database.ts'
import { markVetoLifted } from '../store/decisions.ts'
import { assertNotRecused, assertRole, findUnitPlace, openCycle, typedText } from './entry-place.ts'

export interface LiftVeto {
  cycleId: string
  vetoId: string
  /** why it no longer holds */
  reason: string
  actor: Actor
  at: string
}

/**
 * Lifts a veto that stands; it stays to be read.
 *
 * @throws {AppError} if the actor may not, no reason is given, or no such veto stands
 */
export async function liftVeto(
  db: Database,
  { cycleId, vetoId, reason: typed, actor, at }: LiftVeto,
): Promise<void> {
  assertRole(actor, ['organiser'])
  const reason = typedText(typed)
  if (reason === undefined) throw changeReasonMissing('解除一票否决')
  await db.transaction().execute(async (trx) => {
    const cycle = await openCycle(trx, cycleId, 'decide')
    const lifted = await markVetoLifted(trx, cycleId, vetoId, reason, at)
    if (!lifted) throw vetoNotFound()
    const { unit, scheme } = await findUnitPlace(trx, cycle, lifted.unit)
    await assertNotRecused(trx, cycle, actor, unit)
    const named = scheme.vetoes?.find(({ code }) => code === lifted.veto)?.name ?? lifted.veto
    await recordAudit(trx, {
      at,
      actor,
      action: 'veto.lift',
      cycleId,
      subject: `${unit.name} / ${named}`,
      detail: { id: vetoId, reason, before: lifted, after: null },
    })
  })
}
