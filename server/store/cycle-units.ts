/** The units of a cycle with their sizes and what does not apply to them. */

import type { Unit } from '../domain/bundle.ts'
import { amountOf, microsOf } from './columns.ts'
import type { Database, Trx } from './database.ts'
import { insertRows } from './row-ledger.ts'
import type { CycleUnitMeasureRow, CycleUnitRow, NotApplicableRow } from './schema.ts'

/** A cycle's units in the order of the bundle, or only the one named. */
export async function cycleUnits(db: Database, cycleId: string, code?: string): Promise<Unit[]> {
  const rows = await ofUnit(db.selectFrom('cycle_unit').selectAll(), cycleId, code)
    .orderBy('position')
    .execute()
  const measures = await ofUnit(db.selectFrom('cycle_unit_measure').selectAll(), cycleId, code)
    .orderBy('position')
    .execute()
  const exempt = await ofUnit(db.selectFrom('not_applicable').selectAll(), cycleId, code)
    .orderBy('position')
    .execute()
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
  return (await cycleUnits(db, cycleId, code))[0]
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

interface OfUnit<Row> {
  where(column: 'cycle_id' | 'unit_code', is: '=', value: string): OfUnit<Row>
  orderBy(column: 'position'): OfUnit<Row>
  execute(): Promise<Row[]>
}

/** Limits any table of the cycle's units to one of them where one is named. */
function ofUnit<Row>(query: OfUnit<Row>, cycleId: string, code: string | undefined): OfUnit<Row> {
  const whole = query.where('cycle_id', '=', cycleId)
  return code === undefined ? whole : whole.where('unit_code', '=', code)
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
