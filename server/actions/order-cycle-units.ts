import type { Actor } from '../domain/actor.ts'
import { unitNotInCycle } from '../errors.ts'
import { recordAudit } from '../store/audit.ts'
import { updateUnitOrder } from '../store/cycle-roster.ts'
import { cycleUnits } from '../store/cycle-units.ts'
import type { Database } from '../store/database.ts'
import { assertRole, openCycle } from './entry-place.ts'

export interface OrderCycleUnits {
  cycleId: string
  /** where each unit is to stand, by its code; whoever is not named keeps his number */
  places: ReadonlyMap<string, number>
  actor: Actor
  at: string
}

/**
 * Puts a cycle's units into another order; those with the same number keep theirs.
 *
 * @throws {AppError} if the actor may not, a unit is not in the cycle, or it is past its preparation
 */
export async function orderCycleUnits(
  db: Database,
  { cycleId, places, actor, at }: OrderCycleUnits,
): Promise<void> {
  assertRole(actor, ['organiser'])
  await db.transaction().execute(async (trx) => {
    const cycle = await openCycle(trx, cycleId, 'compose')
    const before = (await cycleUnits(trx, cycleId)).map(({ code }) => code)
    for (const code of places.keys()) if (!before.includes(code)) throw unitNotInCycle(code)
    const placeOf = (code: string) => places.get(code) ?? before.indexOf(code) + 1
    const after = [...before].sort((a, b) => placeOf(a) - placeOf(b))
    if (after.join('\n') === before.join('\n')) return
    await updateUnitOrder(trx, cycleId, after)
    await recordAudit(trx, {
      at,
      actor,
      action: 'cycle-unit.order',
      cycleId,
      subject: cycle.name,
      detail: { before: { units: before }, after: { units: after } },
    })
  })
}
