import { unitChangedMeanwhile } from '../errors.ts'
import { recordAudit, recordAudits } from '../store/audit.ts'
import type { Database, Trx } from '../store/database.ts'
import { findUnit, insertUnit, updateUnit } from '../store/units.ts'
import { type AcceptedTable, acceptedEntry, closeTable } from './close-table.ts'
import { assertRole } from './entry-place.ts'
import { TABLE_ROLES } from './table-roles.ts'
import { assertUnit, type RosterUnit } from './unit-rules.ts'

/** A unit as it should be, and as it was when the person decided so. */
export interface ImportedUnit extends RosterUnit {
  /** null: the roster did not have it */
  before: { name: string; category: string } | null
}

export interface ImportUnits extends AcceptedTable {
  units: readonly ImportedUnit[]
}

/**
 * Adds units to the roster and changes those it has, all or none, each with its own entry in the ledger.
 *
 * @returns what happened, in words
 * @throws {AppError} if the actor may not, something is missing, or somebody changed one meanwhile
 */
export async function importUnits(db: Database, { units, ...table }: ImportUnits): Promise<string> {
  const { actor, at } = table
  assertRole(actor, TABLE_ROLES.units)
  for (const unit of units) assertUnit(unit)
  const added = units.filter(({ before }) => before === null).length
  const notice = `已从 Excel 新增 ${added} 个单位，修改 ${units.length - added} 个单位。`
  await db.transaction().execute(async (trx) => {
    await closeTable(trx, table, { notice })
    await recordAudit(trx, acceptedEntry(table, { kind: 'units', rows: units.length }))
    for (const { before, ...unit } of units) {
      await writeUnit(trx, unit, before, at)
    }
    const entries = units.map(({ before, ...unit }) => ({
      at,
      actor,
      action: before === null ? 'unit.add' : 'unit.change',
      subject: unit.name,
      detail: { before: before && { code: unit.code, ...before }, after: unit },
    }))
    await recordAudits(trx, entries)
  })
  return notice
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
