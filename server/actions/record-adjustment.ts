import type { Actor } from '../domain/actor.ts'
import { recordAudit } from '../store/audit.ts'
import type { Database } from '../store/database.ts'
import { cycleAdjustments, insertAdjustments } from '../store/decisions.ts'
import {
  assertNotRecused,
  assertRole,
  assertSound,
  findUnitPlace,
  openCycle,
} from './entry-place.ts'

export interface RecordAdjustment {
  cycleId: string
  unitCode: string
  grade: string
  /** who decided it and why */
  reason: string
  actor: Actor
  at: string
}

/**
 * Records a decided grade (调整): it survives every recalculation.
 *
 * @returns the id under which it can be lifted
 * @throws {AppError} if the actor may not, there is no such grade, no reason is given, or the unit has a
 *   decided grade already
 */
export async function recordAdjustment(
  db: Database,
  { cycleId, unitCode, grade, reason, actor, at }: RecordAdjustment,
): Promise<string> {
  assertRole(actor, ['organiser'])
  return db.transaction().execute(async (trx) => {
    const cycle = await openCycle(trx, cycleId, 'decide')
    const place = await findUnitPlace(trx, cycle, unitCode)
    await assertNotRecused(trx, cycle, actor, place.unit)
    const standing = (await cycleAdjustments(trx, cycleId))
      .map(({ decision }) => decision)
      .filter(({ unit }) => unit === unitCode)
    const adjustment = { unit: unitCode, grade, reason: reason.trim() }
    assertSound(place, { adjustments: [...standing, adjustment] })
    const stamp = { at, by: actor.accountId }
    const [id = ''] = await insertAdjustments(trx, cycleId, [adjustment], stamp)
    await recordAudit(trx, {
      at,
      actor,
      action: 'adjustment.record',
      cycleId,
      subject: `${place.unit.name} / ${grade}`,
      detail: { id, before: null, after: adjustment },
    })
    return id
  })
}
