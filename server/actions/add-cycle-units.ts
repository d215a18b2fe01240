import type { Actor } from '../domain/actor.ts'
import { unitInCycleTwice, unitNotFound, unitsNotChosen } from '../errors.ts'
import { recordAudit } from '../store/audit.ts'
import { appendCycleUnits } from '../store/cycle-roster.ts'
import { cycleUnits } from '../store/cycle-units.ts'
import type { Database } from '../store/database.ts'
import { rosterUnits } from '../store/units.ts'
import { assertCycleSound } from './cycle-soundness.ts'
import { assertRole, openCycle } from './entry-place.ts'

export interface AddCycleUnits {
  cycleId: string
  /** codes of units of the roster */
  units: readonly string[]
  actor: Actor
  at: string
}

/**
 * Takes units of the roster into a cycle, with the name and category they have there now.
 *
 * @throws {AppError} if the actor may not, none is chosen, one is not in the roster or in the cycle
 *   already, or the cycle is past its preparation
 */
export async function addCycleUnits(
  db: Database,
  { cycleId, units: codes, actor, at }: AddCycleUnits,
): Promise<void> {
  assertRole(actor, ['organiser'])
  if (codes.length === 0) throw unitsNotChosen()
  await db.transaction().execute(async (trx) => {
    const cycle = await openCycle(trx, cycleId, 'compose')
    const roster = new Map((await rosterUnits(trx)).map((unit) => [unit.code, unit]))
    const present = new Set((await cycleUnits(trx, cycleId)).map(({ code }) => code))
    const units = [...new Set(codes)].map((code) => {
      const unit = roster.get(code)
      if (!unit) throw unitNotFound(code)
      if (present.has(code)) throw unitInCycleTwice(unit.name)
      return { code, name: unit.name, category: unit.category }
    })
    await appendCycleUnits(trx, cycleId, units)
    await assertCycleSound(trx, cycleId)
    await recordAudit(trx, {
      at,
      actor,
      action: 'cycle-unit.add',
      cycleId,
      subject: cycle.name,
      detail: { units: units.map(({ name }) => name), count: units.length },
    })
  })
}
