import type { Actor } from '../domain/actor.ts'
import { unitCodeTaken } from '../errors.ts'
import { recordAudit } from '../store/audit.ts'
import type { Database } from '../store/database.ts'
import { insertUnit } from '../store/units.ts'
import { assertRole } from './entry-place.ts'
import { assertUnit, type RosterUnit } from './unit-rules.ts'

export interface AddUnit {
  unit: RosterUnit
  actor: Actor
  at: string
}

/**
 * Adds a unit to the roster. It takes part in no cycle by that.
 *
 * @throws {AppError} if the actor may not, something is missing, or the code is taken
 */
export async function addUnit(db: Database, { unit, actor, at }: AddUnit): Promise<void> {
  assertRole(actor, ['organiser'])
  assertUnit(unit)
  await db.transaction().execute(async (trx) => {
    if (!(await insertUnit(trx, unit, at))) throw unitCodeTaken(unit.code)
    await recordAudit(trx, {
      at,
      actor,
      action: 'unit.add',
      subject: unit.name,
      detail: { before: null, after: unit },
    })
  })
}
