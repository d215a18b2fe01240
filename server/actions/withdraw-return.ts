import type { Actor } from '../domain/actor.ts'
import { returnNotFound } from '../errors.ts'
import { findAssessor } from '../store/assessors.ts'
import { recordAudit } from '../store/audit.ts'
import type { Database } from '../store/database.ts'
import { findReturn, markReturnWithdrawn } from '../store/mark-returns.ts'
import { assertReached, findEntryPlace, openCycle } from './entry-place.ts'
import { openTeam } from './led-team.ts'

export interface WithdrawReturn {
  cycleId: string
  returnId: string
  actor: Actor
  at: string
}

/**
 * Takes back a return that was not answered: its assessor has nothing more to do about it.
 *
 * @throws {AppError} if the actor does not lead the assessor's team, or it no longer waits for an answer
 */
export async function withdrawReturn(
  db: Database,
  { cycleId, returnId, actor, at }: WithdrawReturn,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const cycle = await openCycle(trx, cycleId, 'check')
    const team = await openTeam(trx, cycle, actor)
    const found = await findReturn(trx, cycleId, returnId)
    if (!found || found.answer || !team.members.includes(found.assessor)) throw returnNotFound()
    const { unit, indicator, assessor, remark } = found
    const place = await findEntryPlace(trx, cycle, unit, indicator)
    await assertReached(trx, cycle, actor, place.unit)
    const person = await findAssessor(trx, cycleId, assessor)
    await markReturnWithdrawn(trx, returnId, at)
    await recordAudit(trx, {
      at,
      actor,
      action: 'return.withdraw',
      cycleId,
      subject: `${place.unit.name} / ${place.indicator.name} / ${person?.name ?? assessor}`,
      detail: { unit, indicator, assessor, reason: remark },
    })
  })
}
