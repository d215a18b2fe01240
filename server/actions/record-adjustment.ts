import type { Actor } from '../domain/actor.ts'
import type { Adjustment } from '../domain/bundle.ts'
import { decisionDocumentMissing } from '../errors.ts'
import { recordAudit } from '../store/audit.ts'
import type { Database } from '../store/database.ts'
import { cycleAdjustments, insertAdjustments } from '../store/decisions.ts'
import {
  assertNotRecused,
  assertRole,
  assertSound,
  findUnitPlace,
  openCycle,
  typedText,
} from './entry-place.ts'

export interface RecordAdjustment {
  cycleId: string
  unitCode: string
  grade: string
  /** who decided it and why */
  reason: string
  /** 文号; always needed */
  document?: string
  actor: Actor
  at: string
}

/**
 * Records a decided grade (调整). It counts once a second person has confirmed it, and survives every recalculation.
 *
 * @returns the id under which it can be confirmed
 * @throws {AppError} if the actor may not, there is no such grade, its reason or its document is missing, or the
 *   unit has a decided grade already, or one that waits
 */
export async function recordAdjustment(
  db: Database,
  { cycleId, unitCode, grade, reason, document: typed, actor, at }: RecordAdjustment,
): Promise<string> {
  assertRole(actor, ['organiser'])
  return db.transaction().execute(async (trx) => {
    const cycle = await openCycle(trx, cycleId, 'decide')
    const place = await findUnitPlace(trx, cycle, unitCode)
    await assertNotRecused(trx, cycle, actor, place.unit)
    const document = typedText(typed)
    const standing = (await cycleAdjustments(trx, cycleId, 'open'))
      .map(({ decision }) => decision)
      .filter(({ unit }) => unit === unitCode)
    const adjustment: Adjustment = {
      ...{ unit: unitCode, grade, reason: reason.trim() },
      ...(document === undefined ? {} : { document }),
    }
    assertSound(place, { adjustments: [...standing, adjustment] })
    if (document === undefined) throw decisionDocumentMissing('等次调整')
    const stamp = { at, by: actor.accountId }
    const [id = ''] = await insertAdjustments(trx, cycleId, [adjustment], stamp, 'record')
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
