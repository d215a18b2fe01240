import type { Actor } from '../domain/actor.ts'
import type { UnitVeto } from '../domain/bundle.ts'
import { recordAudit } from '../store/audit.ts'
import type { Database } from '../store/database.ts'
import { cycleVetoes, insertVetoes } from '../store/decisions.ts'
import {
  assertNotRecused,
  assertRole,
  assertSound,
  findUnitPlace,
  openCycle,
} from './entry-place.ts'

export interface RecordVeto {
  cycleId: string
  unitCode: string
  vetoCode: string
  reason: string
  /** the veto is met, but does not hold for this unit */
  exempt?: boolean
  actor: Actor
  at: string
}

/**
 * Records that a veto (一票否决) is met for a unit.
 *
 * @returns the id under which it can be lifted
 * @throws {AppError} if the actor may not, there is no such veto, no reason is given, or it stands already
 */
export async function recordVeto(
  db: Database,
  { cycleId, unitCode, vetoCode, reason, exempt = false, actor, at }: RecordVeto,
): Promise<string> {
  assertRole(actor, ['organiser'])
  return db.transaction().execute(async (trx) => {
    const cycle = await openCycle(trx, cycleId, 'decide')
    const place = await findUnitPlace(trx, cycle, unitCode)
    await assertNotRecused(trx, cycle, actor, place.unit)
    const standing = (await cycleVetoes(trx, cycleId))
      .map(({ decision }) => decision)
      .filter(({ unit }) => unit === unitCode)
    const plain = { unit: unitCode, veto: vetoCode, reason: reason.trim() }
    const veto: UnitVeto = exempt ? { ...plain, exempt } : plain
    assertSound(place, { vetoes: [...standing, veto] })
    const [id = ''] = await insertVetoes(trx, cycleId, [veto], { at, by: actor.accountId })
    const named = place.scheme.vetoes?.find(({ code }) => code === vetoCode)?.name ?? vetoCode
    await recordAudit(trx, {
      at,
      actor,
      action: 'veto.record',
      cycleId,
      subject: `${place.unit.name} / ${named}`,
      detail: { id, before: null, after: veto },
    })
    return id
  })
}
