import type { Actor } from '../domain/actor.ts'
import { unitChangedMeanwhile } from '../errors.ts'
import { recordAudit } from '../store/audit.ts'
import type { Database, Trx } from '../store/database.ts'
import { findUnit, insertUnit, updateUnit } from '../store/units.ts'
import { assertRole } from './entry-place.ts'
import { assertUnit, type RosterUnit } from './unit-rules.ts'

/** A unit as it should be, and as it was when the person decided so. */
export interface ImportedUnit extends RosterUnit {
  /** null: the roster did not have it */
  before: { name: string; category: string } | null
}

export interface ImportUnits {
  units: readonly ImportedUnit[]
  actor: Actor
  at: string
}

/**
 * Adds units to the roster and changes those it has, all or none, each with its own entry in the ledger.
 *
 * @throws {AppError} if the actor may not, something is missing, or somebody changed one meanwhile
 */
export async function importUnits(
  db: Database,
  { units, actor, at }: ImportUnits,
): Promise<{ added: number; changed: number }> {
  assertRole(actor, ['organiser'])
  for (const unit of units) assertUnit(unit)
  return db.transaction().execute(async (trx) => {
    let added = 0
    for (const { before, ...unit } of units) {
      await writeUnit(trx, unit, before, at)
      if (before === null) added += 1
      await recordAudit(trx, {
        at,
        actor,
        action: before === null ? 'unit.add' : 'unit.change',
        subject: unit.name,
        detail: { before: before && { code: unit.code, ...before }, after: unit },
      })
    }
    return { added, changed: units.length - added }
  })
}

async function writeUnit(
  trx: Trx,
  unit: RosterUnit,
  before: ImportedUnit['before'],
  at: string,
): Promise<void> {
  if (before === null) {
    if (!(await insertUnit(trx, unit, at))) throw unitChangedMeanwhile(unit.code)
    return
  }
  const present = await findUnit(trx, unit.code)
  if (present?.name !== before.name || present.category !== before.category) {
    throw unitChangedMeanwhile(unit.code)
  }
  await updateUnit(trx, unit)
}
