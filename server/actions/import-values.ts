import type { Actor } from '../domain/actor.ts'
import type { Value } from '../domain/bundle.ts'
import type { Amount } from '../domain/scheme.ts'
import { type AuditEntry, recordAudit, recordAudits } from '../store/audit.ts'
import type { Database, Trx } from '../store/database.ts'
import { cycleValues, insertValues, updateValue } from '../store/values.ts'
import { type AcceptedTable, acceptedEntry, closeTable } from './close-table.ts'
import {
  assertBundleSound,
  assertReached,
  assertRole,
  type EntryPlace,
  entryPlaces,
  openCycle,
} from './entry-place.ts'
import { givenValue, valueChange } from './record-value.ts'
import { TABLE_ROLES } from './table-roles.ts'

/** A value as it should be. A table takes none away. */
export interface ImportedValue {
  unitCode: string
  indicatorCode: string
  value: Amount
  source: string | null
  /** the version that was shown beside it; null: there was no value yet */
  version: number | null
}

export interface ImportValues extends AcceptedTable {
  cycleId: string
  values: readonly ImportedValue[]
}

/**
 * Enters and changes values, all or none, each by the rules of one entered by hand and with its own entry
 * in the ledger.
 *
 * @throws {AppError} if the actor may not, a value is faulty, or one changed since he saw it
 */
export async function importValues(
  db: Database,
  { cycleId, values, ...table }: ImportValues,
): Promise<string> {
  const { actor, at } = table
  assertRole(actor, TABLE_ROLES.values)
  const added = values.filter(({ version }) => version === null).length
  const notice = `已从 Excel 新填 ${added} 个数值，修改 ${values.length - added} 个。`
  await db.transaction().execute(async (trx) => {
    const cycle = await openCycle(trx, cycleId, 'record')
    const places = await entryPlaces(trx, cycle)
    const placed = values.map((value) => {
      return { value, place: places.find(value.unitCode, value.indicatorCode) }
    })
    for (const unit of new Set(placed.map(({ place }) => place.unit))) {
      await assertReached(trx, cycle, actor, unit)
    }
    const { scheme, units } = places
    const next = values.map(({ unitCode: unit, indicatorCode: indicator, value, source }) =>
      givenValue({ unit, indicator }, value, source),
    )
    assertBundleSound({ scheme, units: [...units], values: next })
    await closeTable(trx, table, { notice })
    await recordAudit(trx, acceptedEntry(table, { kind: 'values', cycleId, rows: values.length }))
    await writeValues(trx, placed, { cycleId, actor, at })
  })
  return notice
}

/** Few statements for many values: the cycle is locked, and everybody else waits. */
async function writeValues(
  trx: Trx,
  placed: readonly { value: ImportedValue; place: EntryPlace }[],
  { cycleId, actor, at }: { cycleId: string; actor: Actor; at: string },
): Promise<void> {
  const stamp = { at, by: actor.accountId }
  const stored = await cycleValues(trx, cycleId)
  const present = new Map(stored.map((each) => [placeKey(each.unit, each.indicator), each]))
  const added: Value[] = []
  const entries: AuditEntry[] = []
  for (const { place, value } of placed) {
    const there = present.get(placeKey(value.unitCode, value.indicatorCode))
    const change = await valueChange(trx, place, there, { cycleId, ...value, actor, at })
    if (!change?.next) continue
    entries.push(change.entry)
    if (there) await updateValue(trx, cycleId, change.next, there.version, stamp)
    else added.push(change.next)
  }
  await insertValues(trx, cycleId, added, stamp)
  await recordAudits(trx, entries)
}

function placeKey(unit: string, indicator: string): string {
  return JSON.stringify([unit, indicator])
}
