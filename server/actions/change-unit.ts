import type { Actor } from '../domain/actor.ts'
import { unitNotFound } from '../errors.ts'
import { recordAudit } from '../store/audit.ts'
import type { Database } from '../store/database.ts'
import { findUnit, updateUnit } from '../store/units.ts'
import { assertRole } from './entry-place.ts'
import { assertUnit, type RosterUnit } from './unit-rules.ts'

export interface ChangeUnit {
  /** the unit as it should be; its code tells which one it is */
  unit: RosterUnit
  actor: Actor
  at: string
}

/**
 * Renames a unit of the roster or moves it to another category. Cycles that are there keep it as it was.
 *
 * @throws {AppError} if the actor may not, something is missing, or there is no such unit
 */
export async function changeUnit(db: Database, { unit, actor, at }: ChangeUnit): Promise<void> {
  assertRole(actor, ['organiser'])
  await db.transaction().execute(async (trx) => {
    const present = await findUnit(trx, unit.code)
    if (!present) throw unitNotFound(unit.code)
    assertUnit(unit)
    const { code, name, category } = present
    if (name === unit.name && category === unit.category) return
    await updateUnit(trx, unit)
    await recordAudit(trx, {
      at,
      actor,
      action: 'unit.change',
      subject: unit.name,
      detail: { before: { code, name, category }, after: unit },
    })
  })
}
