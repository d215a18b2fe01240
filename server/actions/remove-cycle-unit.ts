import type { Actor } from '../domain/actor.ts'
import { entryWords } from '../domain/cycle-roster.ts'
import { removalUnconfirmed, unitHasEntries, unitNotInCycle } from '../errors.ts'
import { recordAudit } from '../store/audit.ts'
import { deleteCycleUnit, unitEntryCounts } from '../store/cycle-roster.ts'
import { findCycleUnit } from '../store/cycle-units.ts'
import type { Database } from '../store/database.ts'
import { assertCycleSound } from './cycle-soundness.ts'
import { assertRole, openCycle } from './entry-place.ts'

export interface RemoveCycleUnit {
  cycleId: string
  /** the unit's code */
  unit: string
  confirmed: boolean
  actor: Actor
  at: string
}

/**
 * Takes a unit out of a cycle, with its assignments and ties. It stays in the roster.
 *
 * @throws {AppError} if the actor may not, it is not confirmed, anything was entered about the unit, or
 *   the cycle is past its preparation
 */
export async function removeCycleUnit(
  db: Database,
  { cycleId, unit: code, confirmed, actor, at }: RemoveCycleUnit,
): Promise<void> {
  assertRole(actor, ['organiser'])
  await db.transaction().execute(async (trx) => {
    await openCycle(trx, cycleId, 'compose')
    const unit = await findCycleUnit(trx, cycleId, code)
    if (!unit) throw unitNotInCycle(code)
    const counts = (await unitEntryCounts(trx, cycleId)).get(code) ?? {}
    const entries = entryWords(counts)
    if (entries !== null) throw unitHasEntries(unit.name, entries)
    if (!confirmed) throw removalUnconfirmed(`「${unit.name}」`)
    await deleteCycleUnit(trx, cycleId, code)
    await assertCycleSound(trx, cycleId)
    const { assignment = 0, recusal = 0 } = counts
    await recordAudit(trx, {
      at,
      actor,
      action: 'cycle-unit.remove',
      cycleId,
      subject: unit.name,
      detail: { unit: code, category: unit.category, assignments: assignment, recusals: recusal },
    })
  })
}
