import type { Actor } from '../domain/actor.ts'
import type { UnitVeto } from '../domain/bundle.ts'
import { decisionDocumentMissing } from '../errors.ts'
import { recordAudit } from '../store/audit.ts'
import type { Database } from '../store/database.ts'
import { cycleVetoes, insertVetoes } from '../store/decisions.ts'
import {
  assertNotRecused,
  assertRole,
  assertSound,
  findUnitPlace,
  openCycle,
  typedText,
} from './entry-place.ts'
import { matterOf } from './open-decision.ts'

export interface RecordVeto {
  cycleId: string
  unitCode: string
  vetoCode: string
  reason: string
  /** 文号; needed unless exempt */
  document?: string
  /** the veto is met, but does not hold for this unit */
  exempt?: boolean
  actor: Actor
  at: string
}

/**
 * Records that a veto (一票否决) is met for a unit. It counts once a second person has confirmed it.
 *
 * @returns the id under which it can be confirmed
 * @throws {AppError} if the actor may not, there is no such veto, its reason or its document is missing, or it
 *   stands or waits already
 */
export async function recordVeto(
  db: Database,
  { cycleId, unitCode, vetoCode, reason, document: typed, exempt = false, actor, at }: RecordVeto,
): Promise<string> {
  assertRole(actor, ['organiser'])
  return db.transaction().execute(async (trx) => {
    const cycle = await openCycle(trx, cycleId, 'decide')
    const place = await findUnitPlace(trx, cycle, unitCode)
    await assertNotRecused(trx, cycle, actor, place.unit)
    const document = typedText(typed)
    const standing = (await cycleVetoes(trx, cycleId, 'open'))
      .map(({ decision }) => decision)
      .filter(({ unit }) => unit === unitCode)
    const veto: UnitVeto = {
      ...{ unit: unitCode, veto: vetoCode, reason: reason.trim() },
      ...(document === undefined ? {} : { document }),
      ...(exempt ? { exempt } : {}),
    }
    assertSound(place, { vetoes: [...standing, veto] })
    if (document === undefined && !exempt) throw decisionDocumentMissing('一票否决')
    const stamp = { at, by: actor.accountId }
    const [id = ''] = await insertVetoes(trx, cycleId, [veto], stamp, 'record')
    await recordAudit(trx, {
      at,
      actor,
      action: 'veto.record',
      cycleId,
      subject: `${place.unit.name} / ${matterOf(place.scheme, veto)}`,
      detail: { id, before: null, after: veto },
    })
    return id
  })
}
