/** Taking units and assessors into a cycle, and out of it before they have entries. */

import type { Assessor, Unit } from '../domain/bundle.ts'
import type { Entered, EntryCounts } from '../domain/cycle-roster.ts'
import { microsOf } from './columns.ts'
import type { Database, Trx } from './database.ts'
import { insertRows, noteGone, noteRows } from './row-ledger.ts'

/** Tables whose rows are about a unit. */
const ABOUT_UNITS = [
  ...['mark', 'value', 'tally', 'event', 'veto', 'adjustment', 'self_mark'],
  ...['evidence', 'assignment', 'recusal'],
] as const
const BY_ASSESSORS = ['mark', 'assignment', 'recusal'] as const

/** What there is about each unit of a cycle, by its code; also what was withdrawn or lifted. */
export async function unitEntryCounts(
  db: Database,
  cycleId: string,
): Promise<Map<string, EntryCounts>> {
  const counts = new Map<string, EntryCounts>()
  for (const table of ABOUT_UNITS) {
    const rows = await db
      .selectFrom(table)
      .where('cycle_id', '=', cycleId)
      .select((eb) => ['unit_code as code', eb.fn.countAll<number>().as('count')])
      .groupBy('unit_code')
      .execute()
    for (const row of rows) put(counts, table, row)
  }
  return counts
}

/** What there is by each assessor of a cycle, by his code. */
export async function assessorEntryCounts(
  db: Database,
  cycleId: string,
): Promise<Map<string, EntryCounts>> {
  const counts = new Map<string, EntryCounts>()
  for (const table of BY_ASSESSORS) {
    const rows = await db
      .selectFrom(table)
      .where('cycle_id', '=', cycleId)
      .select((eb) => ['assessor_code as code', eb.fn.countAll<number>().as('count')])
      .groupBy('assessor_code')
      .execute()
    for (const row of rows) put(counts, table, row)
  }
  return counts
}

function put(
  counts: Map<string, EntryCounts>,
  table: Entered,
  { code, count }: { code: string; count: number },
): void {
  counts.set(code, { ...counts.get(code), [table]: count })
}

/** Why an indicator does not apply, by unit and indicator as JSON; null where nobody said. */
export async function notApplicableReasons(
  db: Database,
  cycleId: string,
): Promise<Map<string, string | null>> {
  const rows = await db
    .selectFrom('not_applicable')
    .where('cycle_id', '=', cycleId)
    .select(['unit_code', 'indicator_code', 'reason'])
    .execute()
  return new Map(
    rows.map(({ unit_code, indicator_code, reason }) => [
      exemptionKey(unit_code, indicator_code),
      reason,
    ]),
  )
}

export function exemptionKey(unit: string, indicator: string): string {
  return JSON.stringify([unit, indicator])
}

/** Takes units in after those that are there. */
export async function appendCycleUnits(
  trx: Trx,
  cycleId: string,
  units: readonly Unit[],
): Promise<void> {
  const { last } = await trx
    .selectFrom('cycle_unit')
    .where('cycle_id', '=', cycleId)
    .select((eb) => eb.fn.max<number | null>('position').as('last'))
    .executeTakeFirstOrThrow()
  const rows = units.map(({ code, name, category }, index) => {
    const position = (last ?? -1) + 1 + index
    return { cycle_id: cycleId, unit_code: code, name, category, position }
  })
  await insertRows(trx, 'cycle_unit', rows)
}

/** Sets what a unit is in a cycle. @param reasons why each indicator does not apply, by its code */
export async function updateCycleUnit(
  trx: Trx,
  cycleId: string,
  { code, name, category, measures = {}, notApplicable = [] }: Unit,
  reasons: ReadonlyMap<string, string | null>,
): Promise<void> {
  const rows = await trx
    .updateTable('cycle_unit')
    .set({ name, category })
    .where('cycle_id', '=', cycleId)
    .where('unit_code', '=', code)
    .returningAll()
    .execute()
  noteRows(trx, 'cycle_unit', rows)
  await deleteSizes(trx, cycleId, code)
  for (const [position, [measure, size]] of Object.entries(measures).entries()) {
    const row = { cycle_id: cycleId, unit_code: code, name: measure, position }
    await insertRows(trx, 'cycle_unit_measure', [{ ...row, size_micros: microsOf(size) }])
  }
  for (const [position, indicator] of notApplicable.entries()) {
    const row = { cycle_id: cycleId, unit_code: code, indicator_code: indicator, position }
    const reason = reasons.get(indicator) ?? null
    await insertRows(trx, 'not_applicable', [{ ...row, reason }])
  }
}

/** Forgets of indicators that are not among these to whom they do not apply. */
export async function deleteForeignExemptions(
  trx: Trx,
  cycleId: string,
  indicators: readonly string[],
): Promise<void> {
  const rows = await trx
    .deleteFrom('not_applicable')
    .where('cycle_id', '=', cycleId)
    .where('indicator_code', 'not in', indicators)
    .returningAll()
    .execute()
  noteGone(trx, 'not_applicable', rows)
}

/** Takes a unit out with what only says who marks it. It must have no entries. */
export async function deleteCycleUnit(trx: Trx, cycleId: string, code: string): Promise<void> {
  await deleteSizes(trx, cycleId, code)
  for (const table of ['assignment', 'recusal', 'self_assessment', 'cycle_unit'] as const) {
    const rows = await trx
      .deleteFrom(table)
      .where('cycle_id', '=', cycleId)
      .where('unit_code', '=', code)
      .returningAll()
      .execute()
    noteGone(trx, table, rows)
  }
}

async function deleteSizes(trx: Trx, cycleId: string, code: string): Promise<void> {
  for (const table of ['cycle_unit_measure', 'not_applicable'] as const) {
    const rows = await trx
      .deleteFrom(table)
      .where('cycle_id', '=', cycleId)
      .where('unit_code', '=', code)
      .returningAll()
      .execute()
    noteGone(trx, table, rows)
  }
}

/** Puts a cycle's units into this order. @param codes all of them */
export async function updateUnitOrder(
  trx: Trx,
  cycleId: string,
  codes: readonly string[],
): Promise<void> {
  for (const [position, code] of codes.entries()) {
    const rows = await trx
      .updateTable('cycle_unit')
      .set({ position })
      .where('cycle_id', '=', cycleId)
      .where('unit_code', '=', code)
      .returningAll()
      .execute()
    noteRows(trx, 'cycle_unit', rows)
  }
}

/** Takes an assessor in after those that are there. */
export async function appendAssessor(
  trx: Trx,
  cycleId: string,
  { code, name, group }: Assessor,
): Promise<void> {
  const { last } = await trx
    .selectFrom('assessor')
    .where('cycle_id', '=', cycleId)
    .select((eb) => eb.fn.max<number | null>('position').as('last'))
    .executeTakeFirstOrThrow()
  const row = { cycle_id: cycleId, code, name, group_name: group ?? null }
  await insertRows(trx, 'assessor', [{ ...row, position: (last ?? -1) + 1 }])
}

export async function updateAssessor(
  trx: Trx,
  cycleId: string,
  { code, name, group }: Assessor,
): Promise<void> {
  const rows = await trx
    .updateTable('assessor')
    .set({ name, group_name: group ?? null })
    .where('cycle_id', '=', cycleId)
    .where('code', '=', code)
    .returningAll()
    .execute()
  noteRows(trx, 'assessor', rows)
}

/** Takes an assessor out with what only says what he marks. He must have given no marks. */
export async function deleteAssessor(trx: Trx, cycleId: string, code: string): Promise<void> {
  for (const table of ['assignment', 'recusal', 'team_member'] as const) {
    const rows = await trx
      .deleteFrom(table)
      .where('cycle_id', '=', cycleId)
      .where('assessor_code', '=', code)
      .returningAll()
      .execute()
    noteGone(trx, table, rows)
  }
  await trx
    .deleteFrom('score_sheet_upload')
    .where('cycle_id', '=', cycleId)
    .where('assessor_code', '=', code)
    .execute()
  const rows = await trx
    .deleteFrom('assessor')
    .where('cycle_id', '=', cycleId)
    .where('code', '=', code)
    .returningAll()
    .execute()
  noteGone(trx, 'assessor', rows)
}
