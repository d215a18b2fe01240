/** The units of a cycle with their sizes and what does not apply to them. */

import type { Unit } from '../domain/bundle.ts'
import { amountOf, inOrder, microsOf } from './columns.ts'
import { compiled } from './compiled.ts'
import type { Database, Trx } from './database.ts'
import { insertRows } from './row-ledger.ts'
import type { CycleUnitMeasureRow, CycleUnitRow, NotApplicableRow } from './schema.ts'

interface OfUnit {
  cycleId: string
  code: string
}

const one = {
  units: compiled((db, { cycleId, code }: OfUnit) =>
    unitRows(db, cycleId).where('unit_code', '=', code),
  ),
  measures: compiled((db, { cycleId, code }: OfUnit) =>
    measureRows(db, cycleId).where('unit_code', '=', code),
  ),
  exempt: compiled((db, { cycleId, code }: OfUnit) =>
    exemptRows(db, cycleId).where('unit_code', '=', code),
  ),
}

function unitRows(db: Database, cycleId: string) {
  return db.selectFrom('cycle_unit').where('cycle_id', '=', cycleId).selectAll()
}

function measureRows(db: Database, cycleId: string) {
  const measures = db.selectFrom('cycle_unit_measure').where('cycle_id', '=', cycleId)
  return measures.selectAll()
}

function exemptRows(db: Database, cycleId: string) {
  const exempt = db.selectFrom('not_applicable').where('cycle_id', '=', cycleId)
  return exempt.selectAll()
}

/** A cycle's units in the order of the bundle. */
export async function cycleUnits(db: Database, cycleId: string): Promise<Unit[]> {
  const rows = await unitRows(db, cycleId).orderBy('position').execute()
  const measures = await measureRows(db, cycleId).orderBy('position').execute()
  const exempt = await exemptRows(db, cycleId).orderBy('position').execute()
  const measuresOf = Map.groupBy(measures, (row) => row.unit_code)
  const exemptOf = Map.groupBy(exempt, (row) => row.unit_code)
  return rows.map((row) =>
    unitOf(row, measuresOf.get(row.unit_code) ?? [], exemptOf.get(row.unit_code) ?? []),
  )
}

export async function findCycleUnit(
  db: Database,
  cycleId: string,
  code: string,
): Promise<Unit | undefined> {
  const [row] = (await one.units(db, { cycleId, code })).rows
  if (!row) return undefined
  const { rows: measures } = await one.measures(db, { cycleId, code })
  const { rows: exempt } = await one.exempt(db, { cycleId, code })
  return unitOf(row, inOrder(measures), inOrder(exempt))
}

/** Which units take part in which cycles. */
export async function participations(
  db: Database,
): Promise<{ cycleId: string; unitCode: string }[]> {
  return db
    .selectFrom('cycle_unit')
    .select(['cycle_id as cycleId', 'unit_code as unitCode'])
    .orderBy('cycle_id')
    .orderBy('position')
    .execute()
}

function unitOf(
  row: CycleUnitRow,
  measures: readonly CycleUnitMeasureRow[],
  exempt: readonly NotApplicableRow[],
): Unit {
  const unit: Unit = { code: row.unit_code, name: row.name, category: row.category }
  if (exempt.length > 0) unit.notApplicable = exempt.map((each) => each.indicator_code)
  if (measures.length > 0) {
    unit.measures = Object.fromEntries(
      measures.map((each) => [each.name, amountOf(each.size_micros)]),
    )
  }
  return unit
}

export async function insertCycleUnits(
  trx: Trx,
  cycleId: string,
  units: readonly Unit[],
): Promise<void> {
  const rows = units.map(({ code, name, category }, position) => {
    return { cycle_id: cycleId, unit_code: code, name, category, position }
  })
  const measures = units.flatMap(({ code, measures = {} }) =>
    Object.entries(measures).map(([name, size], position) => {
      return { cycle_id: cycleId, unit_code: code, name, size_micros: microsOf(size), position }
    }),
  )
  const exempt = units.flatMap(({ code, notApplicable = [] }) =>
    notApplicable.map((indicator, position) => {
      const row = { cycle_id: cycleId, unit_code: code, indicator_code: indicator }
      return { ...row, reason: null, position }
    }),
  )
  await insertRows(trx, 'cycle_unit', rows)
  await insertRows(trx, 'cycle_unit_measure', measures)
  await insertRows(trx, 'not_applicable', exempt)
}
