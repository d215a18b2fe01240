/** What assessors entered (打分), one row per unit, indicator and assessor. */

import type { Mark, MarkGiven } from '../domain/bundle.ts'
import type { Pace } from '../domain/forecast.ts'
import { amountOf, given, microsOf, type Stamp, yesNo } from './columns.ts'
import type { Database, Trx } from './database.ts'
import { insertRows, noteGone, noteRows } from './row-ledger.ts'
import type { MarkRow } from './schema.ts'

/** A mark with what tells whether somebody changed it meanwhile. */
export interface StoredMark extends Mark {
  version: number
  updatedAt: string
  /** the account */
  updatedBy: string
}

/** Where one mark stands. */
export interface MarkKey {
  cycleId: string
  unit: string
  indicator: string
  assessor: string
}

/** A unit's row in one indicator. */
export type CellKey = Omit<MarkKey, 'assessor'>

/** Every mark of a cycle in the order entered: for evaluation, never for a page of an assessor's. */
export async function cycleMarks(db: Database, cycleId: string): Promise<Mark[]> {
  const rows = await db
    .selectFrom('mark')
    .where('cycle_id', '=', cycleId)
    .selectAll()
    .orderBy('position')
    .execute()
  return rows.map(markOf)
}

/** The marks of one assessor, and nobody else's, for one unit or one indicator where named. */
export async function assessorMarks(
  db: Database,
  { cycleId, assessor, ...cells }: Pick<MarkKey, 'cycleId' | 'assessor'> & Partial<MarkKey>,
): Promise<StoredMark[]> {
  return teamMarks(db, cycleId, [assessor], cells)
}

/** The same of several assessors, for who answers for them. */
export async function teamMarks(
  db: Database,
  cycleId: string,
  assessors: readonly string[],
  { unit, indicator }: Partial<CellKey> = {},
): Promise<StoredMark[]> {
  let query = db
    .selectFrom('mark')
    .where('cycle_id', '=', cycleId)
    .where('assessor_code', 'in', assessors)
  if (unit !== undefined) query = query.where('unit_code', '=', unit)
  if (indicator !== undefined) query = query.where('indicator_code', '=', indicator)
  const rows = await query.selectAll().orderBy('position').execute()
  return rows.map(storedMark)
}

/** How many marks each assessor has in a cycle, and since when, by his code. */
export async function markPaces(db: Database, cycleId: string): Promise<Map<string, Pace>> {
  const rows = await db
    .selectFrom('mark')
    .where('cycle_id', '=', cycleId)
    .groupBy('assessor_code')
    .select((eb) => [
      'assessor_code as assessor',
      eb.fn.countAll<number>().as('marks'),
      eb.fn.min('updated_at').as('since'),
    ])
    .execute()
  return new Map(rows.map(({ assessor, marks, since }) => [assessor, { marks, since }]))
}

/** Everybody's marks of one unit in one indicator, for checking a new one against them. */
export async function cellMarks(db: Database, key: CellKey): Promise<Mark[]> {
  const rows = await db
    .selectFrom('mark')
    .where('cycle_id', '=', key.cycleId)
    .where('unit_code', '=', key.unit)
    .where('indicator_code', '=', key.indicator)
    .selectAll()
    .orderBy('position')
    .execute()
  return rows.map(markOf)
}

export async function findMark(db: Database, key: MarkKey): Promise<StoredMark | undefined> {
  const row = await db
    .selectFrom('mark')
    .where('cycle_id', '=', key.cycleId)
    .where('unit_code', '=', key.unit)
    .where('indicator_code', '=', key.indicator)
    .where('assessor_code', '=', key.assessor)
    .selectAll()
    .executeTakeFirst()
  return row && storedMark(row)
}

/**
 * Adds marks after those that are there.
 *
 * @param methods the type of each indicator's method: it tells whether "8" is a number or a level
 */
export async function insertMarks(
  trx: Trx,
  cycleId: string,
  marks: readonly Mark[],
  methods: ReadonlyMap<string, string>,
  { at, by }: Stamp,
): Promise<void> {
  const first = await nextPosition(trx, cycleId)
  const rows = marks.map((mark, index) => ({
    cycle_id: cycleId,
    unit_code: mark.unit,
    indicator_code: mark.indicator,
    assessor_code: mark.assessor,
    ...markColumns(mark, methods.get(mark.indicator)),
    position: first + index,
    row_version: 1,
    updated_at: at,
    updated_by: by,
  }))
  await insertRows(trx, 'mark', rows)
}

/** Changes a mark if it still is at `version`. @returns whether it was */
export async function updateMark(
  trx: Trx,
  cycleId: string,
  mark: Mark,
  method: string | undefined,
  version: number,
  { at, by }: Stamp,
): Promise<boolean> {
  const rows = await trx
    .updateTable('mark')
    .set({
      ...markColumns(mark, method),
      row_version: version + 1,
      updated_at: at,
      updated_by: by,
    })
    .where('cycle_id', '=', cycleId)
    .where('unit_code', '=', mark.unit)
    .where('indicator_code', '=', mark.indicator)
    .where('assessor_code', '=', mark.assessor)
    .where('row_version', '=', version)
    .returningAll()
    .execute()
  noteRows(trx, 'mark', rows)
  return rows.length === 1
}

/** Takes a mark away if it still is at `version`. @returns whether it was */
export async function deleteMark(trx: Trx, key: MarkKey, version: number): Promise<boolean> {
  const rows = await trx
    .deleteFrom('mark')
    .where('cycle_id', '=', key.cycleId)
    .where('unit_code', '=', key.unit)
    .where('indicator_code', '=', key.indicator)
    .where('assessor_code', '=', key.assessor)
    .where('row_version', '=', version)
    .returningAll()
    .execute()
  noteGone(trx, 'mark', rows)
  return rows.length === 1
}

async function nextPosition(trx: Trx, cycleId: string): Promise<number> {
  const row = await trx
    .selectFrom('mark')
    .where('cycle_id', '=', cycleId)
    .select((eb) => eb.fn.max('position').as('last'))
    .executeTakeFirst()
  return (row?.last ?? -1) + 1
}

type MarkColumns = Pick<
  MarkRow,
  'kind' | 'mark_micros' | 'level' | 'passed' | 'group_name' | 'reason'
>

function markColumns({ mark, group, reason }: Mark, method: string | undefined): MarkColumns {
  const said = { group_name: group ?? null, reason: reason ?? null }
  const none = { mark_micros: null, level: null, passed: null, ...said }
  if (typeof mark === 'boolean') return { ...none, kind: 'pass', passed: yesNo(mark) }
  if (typeof mark === 'object') {
    const { level, points } = mark
    return { ...none, kind: 'level-points', level, mark_micros: microsOf(points) }
  }
  if (method === 'levels') return { ...none, kind: 'level', level: String(mark) }
  return { ...none, kind: 'number', mark_micros: microsOf(mark) }
}

function storedMark(row: MarkRow): StoredMark {
  return {
    ...markOf(row),
    version: row.row_version,
    updatedAt: row.updated_at,
    updatedBy: row.updated_by,
  }
}

function markOf(row: MarkRow): Mark {
  return given({
    unit: row.unit_code,
    indicator: row.indicator_code,
    assessor: row.assessor_code,
    mark: givenMark(row),
    group: row.group_name,
    reason: row.reason,
  })
}

function givenMark({ kind, level, mark_micros: micros, passed }: MarkRow): MarkGiven {
  if (kind === 'pass') return passed === 1
  if (kind === 'level') return level ?? ''
  const number = amountOf(micros ?? 0)
  return kind === 'number' ? number : { level: level ?? '', points: number }
}
