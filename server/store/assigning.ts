/** How assignments are given and taken. */

import type { Assignment, Recusal } from '../domain/duty-roster.ts'
import { portions } from './columns.ts'
import type { Trx } from './database.ts'
import { insertRows, noteGone } from './row-ledger.ts'

/** Every cell in which these assessors, indicators and units cross, by their codes; no list is empty. */
export interface Crossing {
  assessors: readonly string[]
  indicators: readonly string[]
  units: readonly string[]
}

export async function insertAssignments(
  trx: Trx,
  cycleId: string,
  assignments: readonly Assignment[],
): Promise<void> {
  const rows = assignments.map(({ assessor, indicator, unit }) => {
    return {
      cycle_id: cycleId,
      assessor_code: assessor,
      indicator_code: indicator,
      unit_code: unit,
    }
  })
  await insertRows(trx, 'assignment', rows)
}

/** Takes away every cell of these assessors in these indicators and units. @returns how many there were */
export async function deleteAssignments(
  trx: Trx,
  cycleId: string,
  { assessors, indicators, units }: Crossing,
): Promise<number> {
  const rows = await trx
    .deleteFrom('assignment')
    .where('cycle_id', '=', cycleId)
    .where('assessor_code', 'in', assessors)
    .where('indicator_code', 'in', indicators)
    .where('unit_code', 'in', units)
    .returningAll()
    .execute()
  noteGone(trx, 'assignment', rows)
  return rows.length
}

/** Takes away single cells. */
export async function deleteAssignmentCells(
  trx: Trx,
  cycleId: string,
  cells: readonly Assignment[],
): Promise<void> {
  const places = Map.groupBy(cells, ({ assessor, indicator }) =>
    JSON.stringify([assessor, indicator]),
  )
  for (const own of places.values()) {
    for (const some of portions(own)) {
      const [{ assessor, indicator } = { assessor: '', indicator: '' }] = some
      const units = some.map(({ unit }) => unit)
      const crossing = { assessors: [assessor], indicators: [indicator], units }
      await deleteAssignments(trx, cycleId, crossing)
    }
  }
}

/** Takes away the cells of indicators that are not among these. @returns how many there were */
export async function deleteForeignAssignments(
  trx: Trx,
  cycleId: string,
  indicators: readonly string[],
): Promise<number> {
  const rows = await trx
    .deleteFrom('assignment')
    .where('cycle_id', '=', cycleId)
    .where('indicator_code', 'not in', indicators)
    .returningAll()
    .execute()
  noteGone(trx, 'assignment', rows)
  return rows.length
}

/** Takes away all assignments of a cycle. @returns how many there were */
export async function deleteAllAssignments(trx: Trx, cycleId: string): Promise<number> {
  const rows = await trx
    .deleteFrom('assignment')
    .where('cycle_id', '=', cycleId)
    .returningAll()
    .execute()
  noteGone(trx, 'assignment', rows)
  return rows.length
}

/** Takes all cells of a unit, or of an assessor, in these indicators. @returns how many there were */
export async function deleteIndicatorAssignments(
  trx: Trx,
  cycleId: string,
  {
    indicators,
    ...of
  }: { indicators: readonly string[] } & ({ unit: string } | { assessor: string }),
): Promise<number> {
  if (indicators.length === 0) return 0
  const query = trx
    .deleteFrom('assignment')
    .where('cycle_id', '=', cycleId)
    .where('indicator_code', 'in', indicators)
  const own =
    'unit' in of
      ? query.where('unit_code', '=', of.unit)
      : query.where('assessor_code', '=', of.assessor)
  const rows = await own.returningAll().execute()
  noteGone(trx, 'assignment', rows)
  return rows.length
}

/** Takes every cell of one unit from one assessor. */
export async function deleteUnitAssignments(
  trx: Trx,
  cycleId: string,
  { assessor, unit }: Pick<Recusal, 'assessor' | 'unit'>,
): Promise<void> {
  const rows = await trx
    .deleteFrom('assignment')
    .where('cycle_id', '=', cycleId)
    .where('assessor_code', '=', assessor)
    .where('unit_code', '=', unit)
    .returningAll()
    .execute()
  noteGone(trx, 'assignment', rows)
}
