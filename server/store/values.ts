/** Measured values, one row per unit and indicator. */

import type { Value } from '../domain/bundle.ts'
import { amountOf, given, inOrder, microsOf, type Stamp } from './columns.ts'
import type { Database, Trx } from './database.ts'
import type { CellKey, SomeCells } from './marks.ts'
import { insertRows, noteGone, noteRows } from './row-ledger.ts'
import type { ValueRow } from './schema.ts'

export interface StoredValue extends Value {
  version: number
  updatedAt: string
  /** the account */
  updatedBy: string
}

/** A cycle's values in the order entered; of one unit or one indicator where named. */
export async function cycleValues(
  db: Database,
  cycleId: string,
  { unit, indicator }: SomeCells = {},
): Promise<StoredValue[]> {
  let query = db.selectFrom('value').where('cycle_id', '=', cycleId)
  if (unit !== undefined) query = query.where('unit_code', '=', unit)
  if (indicator !== undefined) query = query.where('indicator_code', '=', indicator)
  return inOrder(await query.selectAll().execute()).map(storedValue)
}

export async function findValue(
  db: Database,
  { cycleId, ...cell }: CellKey,
): Promise<StoredValue | undefined> {
  return (await cycleValues(db, cycleId, cell))[0]
}

/** Adds values after those that are there. */
export async function insertValues(
  trx: Trx,
  cycleId: string,
  values: readonly Value[],
  { at, by }: Stamp,
): Promise<void> {
  const last = await trx
    .selectFrom('value')
    .where('cycle_id', '=', cycleId)
    .select((eb) => eb.fn.max('position').as('position'))
    .executeTakeFirst()
  const first = (last?.position ?? -1) + 1
  const rows = values.map((value, index) => ({
    cycle_id: cycleId,
    unit_code: value.unit,
    indicator_code: value.indicator,
    value_micros: microsOf(value.value),
    source: value.source ?? null,
    position: first + index,
    row_version: 1,
    updated_at: at,
    updated_by: by,
  }))
  await insertRows(trx, 'value', rows)
}

/** Changes a value if it still is at `version`. @returns whether it was */
export async function updateValue(
  trx: Trx,
  cycleId: string,
  value: Value,
  version: number,
  { at, by }: Stamp,
): Promise<boolean> {
  const rows = await trx
    .updateTable('value')
    .set({
      value_micros: microsOf(value.value),
      source: value.source ?? null,
      row_version: version + 1,
      updated_at: at,
      updated_by: by,
    })
    .where('cycle_id', '=', cycleId)
    .where('unit_code', '=', value.unit)
    .where('indicator_code', '=', value.indicator)
    .where('row_version', '=', version)
    .returningAll()
    .execute()
  noteRows(trx, 'value', rows)
  return rows.length === 1
}

/** Takes a value away if it still is at `version`. @returns whether it was */
export async function deleteValue(trx: Trx, key: CellKey, version: number): Promise<boolean> {
  const rows = await trx
    .deleteFrom('value')
    .where('cycle_id', '=', key.cycleId)
    .where('unit_code', '=', key.unit)
    .where('indicator_code', '=', key.indicator)
    .where('row_version', '=', version)
    .returningAll()
    .execute()
  noteGone(trx, 'value', rows)
  return rows.length === 1
}

function storedValue(row: ValueRow): StoredValue {
  return {
    ...given({
      unit: row.unit_code,
      indicator: row.indicator_code,
      value: amountOf(row.value_micros),
      source: row.source,
    }),
    version: row.row_version,
    updatedAt: row.updated_at,
    updatedBy: row.updated_by,
  }
}

/** What the bundle says of a value: without who entered it and when. */
export function plainValue({ version, updatedAt, updatedBy, ...value }: StoredValue): Value {
  return value
}
