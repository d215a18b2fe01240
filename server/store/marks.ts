/** What assessors entered (打分), one row per unit, indicator and assessor. */

import type { Assessor, Mark } from '../domain/bundle.ts'
import { given, inOrder, type Stamp } from './columns.ts'
import { compiled, soughtText } from './compiled.ts'
import type { Database, Trx } from './database.ts'
import { markOf, newRow, type StoredMark, storedMark } from './mark-rows.ts'
import { insertRows, noteGone, noteRows } from './row-ledger.ts'

/** Where one mark stands. */
export interface MarkKey {
  cycleId: string
  unit: string
  indicator: string
  assessor: string
}

/** A unit's row in one indicator. */
export type CellKey = Omit<MarkKey, 'assessor'>

/** Some cells of a cycle: of one unit, of one indicator, or of both. */
export interface SomeCells {
  unit?: string | undefined
  indicator?: string | undefined
}

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

const ownRow = compiled((db, blank: MarkKey) =>
  db
    .selectFrom('mark')
    .where('cycle_id', '=', blank.cycleId)
    .where('unit_code', '=', blank.unit)
    .where('indicator_code', '=', blank.indicator)
    .where('assessor_code', '=', blank.assessor)
    .selectAll(),
)

/** The marks of one assessor, and nobody else's, for one unit or one indicator where named. */
export async function assessorMarks(
  db: Database,
  { cycleId, assessor, unit, indicator }: Pick<MarkKey, 'cycleId' | 'assessor'> & SomeCells,
): Promise<StoredMark[]> {
  if (unit === undefined || indicator === undefined) {
    return teamMarks(db, cycleId, [assessor], { unit, indicator })
  }
  const mark = await findMark(db, { cycleId, assessor, unit, indicator })
  return mark ? [mark] : []
}

export async function findMark(
  db: Database,
  { cycleId, assessor, unit, indicator }: MarkKey,
): Promise<StoredMark | undefined> {
  const [row] = (await ownRow(db, { cycleId, assessor, unit, indicator })).rows
  return row && storedMark(row)
}

/** The same of several assessors, for who answers for them. */
export async function teamMarks(
  db: Database,
  cycleId: string,
  assessors: readonly string[],
  { unit, indicator }: SomeCells = {},
): Promise<StoredMark[]> {
  let query = db
    .selectFrom('mark')
    .where('cycle_id', '=', cycleId)
    .where('assessor_code', 'in', assessors)
  if (unit !== undefined) query = query.where('unit_code', '=', unit)
  if (indicator !== undefined) query = query.where('indicator_code', '=', indicator)
  return inOrder(await query.selectAll().execute()).map(storedMark)
}

const cellRows = compiled((db, blank: CellKey) =>
  db
    .selectFrom('mark')
    .innerJoin('assessor', (join) =>
      join
        .onRef('assessor.cycle_id', '=', 'mark.cycle_id')
        .onRef('assessor.code', '=', 'mark.assessor_code'),
    )
    .where('mark.cycle_id', '=', soughtText(blank.cycleId))
    .where('mark.unit_code', '=', soughtText(blank.unit))
    .where('mark.indicator_code', '=', soughtText(blank.indicator))
    .selectAll('mark')
    .select(['assessor.name as marker_name', 'assessor.group_name as marker_group']),
)

/** Everybody's marks of one unit in one indicator with who gave them, for checking a new one against them. */
export async function cellMarks(
  db: Database,
  { cycleId, unit, indicator }: CellKey,
): Promise<{ mark: StoredMark; assessor: Assessor }[]> {
  const { rows } = await cellRows(db, { cycleId, unit, indicator })
  return inOrder(rows).map(({ marker_name: name, marker_group: group, ...row }) => ({
    mark: storedMark(row),
    assessor: given({ code: row.assessor_code, name, group }),
  }))
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
  stamp: Stamp,
): Promise<void> {
  const first = await nextPosition(trx, cycleId)
  const rows = marks.map((mark, index) => ({
    ...newRow(cycleId, mark, methods.get(mark.indicator), stamp),
    position: first + index,
  }))
  await insertRows(trx, 'mark', rows)
}

const addedRow = compiled((db, blank: ReturnType<typeof newRow>) =>
  db
    .insertInto('mark')
    .values((eb) => ({
      cycle_id: blank.cycle_id,
      unit_code: blank.unit_code,
      indicator_code: blank.indicator_code,
      assessor_code: blank.assessor_code,
      kind: blank.kind,
      mark_micros: blank.mark_micros,
      level: blank.level,
      passed: blank.passed,
      group_name: blank.group_name,
      reason: blank.reason,
      position: eb
        .selectFrom('mark as other')
        .where('other.cycle_id', '=', soughtText(blank.cycle_id))
        .select(({ eb, fn, lit }) =>
          eb(fn.coalesce(fn.max('other.position'), lit(-1)), '+', lit(1)).as('next'),
        ),
      row_version: blank.row_version,
      updated_at: blank.updated_at,
      updated_by: blank.updated_by,
    }))
    .returningAll(),
)

/** Adds one mark after those that are there. @param method the type of the indicator's method */
export async function insertMark(
  trx: Trx,
  cycleId: string,
  mark: Mark,
  method: string,
  stamp: Stamp,
): Promise<StoredMark> {
  const row = newRow(cycleId, mark, method, stamp)
  noteRows(trx, 'mark', (await addedRow(trx, row)).rows)
  return storedMark(row)
}

const changedRow = compiled((db, blank: ReturnType<typeof newRow> & { was: number }) =>
  db
    .updateTable('mark')
    .set({
      kind: blank.kind,
      mark_micros: blank.mark_micros,
      level: blank.level,
      passed: blank.passed,
      group_name: blank.group_name,
      reason: blank.reason,
      row_version: blank.row_version,
      updated_at: blank.updated_at,
      updated_by: blank.updated_by,
    })
    .where('cycle_id', '=', blank.cycle_id)
    .where('unit_code', '=', blank.unit_code)
    .where('indicator_code', '=', blank.indicator_code)
    .where('assessor_code', '=', blank.assessor_code)
    .where('row_version', '=', blank.was)
    .returningAll(),
)

/**
 * Changes a mark.
 *
 * @param version the one it is at: its row is locked with its cycle
 * @throws {RangeError} if it is at another
 */
export async function updateMark(
  trx: Trx,
  cycleId: string,
  mark: Mark,
  method: string,
  version: number,
  stamp: Stamp,
): Promise<StoredMark> {
  const row = { ...newRow(cycleId, mark, method, stamp), row_version: version + 1 }
  const { rows } = await changedRow(trx, { ...row, was: version })
  if (rows.length !== 1) throw new RangeError(`the mark is no longer at version ${version}`)
  noteRows(trx, 'mark', rows)
  return storedMark(row)
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
