/** Who marks what by name in a cycle (分工), and the ties that keep an assessor from a unit (回避). */

import { sql } from 'kysely'
import type { Actor } from '../domain/actor.ts'
import { type Assignment, DutyRoster, type Recusal } from '../domain/duty-roster.ts'
import { portions } from './columns.ts'
import { compiled } from './compiled.ts'
import type { Database, Trx } from './database.ts'
import { insertRows, noteGone } from './row-ledger.ts'

/** Every cell in which these assessors, indicators and units cross, by their codes; no list is empty. */
export interface Crossing {
  assessors: readonly string[]
  indicators: readonly string[]
  units: readonly string[]
}

/** All assignments and recusals of a cycle. */
export async function dutyRoster(db: Database, cycleId: string): Promise<DutyRoster> {
  const assignments = await db
    .selectFrom('assignment')
    .where('cycle_id', '=', cycleId)
    .select(['assessor_code as assessor', 'indicator_code as indicator', 'unit_code as unit'])
    .orderBy('assessor_code')
    .orderBy('indicator_code')
    .orderBy('unit_code')
    .execute()
  return new DutyRoster(assignments, await recusals(db, cycleId))
}

const ownRows = compiled((db, blank: { cycleId: string; assessor: string }) =>
  assignmentsOf(db, blank),
)

const ownRowsIn = compiled((db, blank: { cycleId: string; assessor: string; indicator: string }) =>
  assignmentsOf(db, blank).where('indicator_code', '=', blank.indicator),
)

function assignmentsOf(db: Database, { cycleId, assessor }: { cycleId: string; assessor: string }) {
  return db
    .selectFrom('assignment')
    .where('cycle_id', '=', cycleId)
    .where('assessor_code', '=', assessor)
    .select(['assessor_code as assessor', 'indicator_code as indicator', 'unit_code as unit'])
    .orderBy('indicator_code')
    .orderBy('unit_code')
}

/**
 * What concerns one assessor of it: enough for his own pages, and never more than his own rows.
 *
 * @param indicator where only this one matters
 */
export async function ownRoster(
  db: Database,
  cycleId: string,
  assessor: string,
  indicator?: string,
): Promise<DutyRoster> {
  const whose = { cycleId, assessor }
  const { rows: own } =
    indicator === undefined
      ? await ownRows(db, whose)
      : await ownRowsIn(db, { ...whose, indicator })
  const ties = await recusals(db, cycleId, assessor)
  return new DutyRoster(own, ties, own.length > 0 || (await hasAssignments(db, cycleId)))
}

/** The units of which these assessors are to mark something; null where nobody is assigned by name. */
export async function assignedUnits(
  db: Database,
  cycleId: string,
  assessors: readonly string[],
): Promise<Set<string> | null> {
  if (!(await hasAssignments(db, cycleId))) return null
  if (assessors.length === 0) return new Set()
  const rows = await db
    .selectFrom('assignment')
    .where('cycle_id', '=', cycleId)
    .where('assessor_code', 'in', assessors)
    .select('unit_code')
    .distinct()
    .execute()
  return new Set(rows.map(({ unit_code: unit }) => unit))
}
/** Written out: SQLite plans a query anew each time it is told a limit. */
const ONE = sql<number>`1`

const anyAssignment = compiled((db, blank: { cycleId: string }) =>
  db.selectFrom('assignment').where('cycle_id', '=', blank.cycleId).select('unit_code').limit(ONE),
)

async function hasAssignments(db: Database, cycleId: string): Promise<boolean> {
  return (await anyAssignment(db, { cycleId })).rows.length > 0
}

async function recusals(db: Database, cycleId: string, assessor?: string): Promise<Recusal[]> {
  if (assessor !== undefined) return (await ownRecusals(db, { cycleId, assessor })).rows
  return recusalsOf(db, cycleId)
    .orderBy('declared_at')
    .orderBy('assessor_code')
    .orderBy('unit_code')
    .execute()
}

const ownRecusals = compiled((db, blank: { cycleId: string; assessor: string }) =>
  recusalsOf(db, blank.cycleId).where('assessor_code', '=', blank.assessor).orderBy('unit_code'),
)

function recusalsOf(db: Database, cycleId: string) {
  return db
    .selectFrom('recusal')
    .where('cycle_id', '=', cycleId)
    .select(['assessor_code as assessor', 'unit_code as unit', 'reason'])
}

const ownCell = compiled(
  (db, blank: { cycleId: string } & Readonly<Record<keyof Assignment, string>>) =>
    db
      .selectFrom('assignment')
      .where('cycle_id', '=', blank.cycleId)
      .where('assessor_code', '=', blank.assessor)
      .where('indicator_code', '=', blank.indicator)
      .where('unit_code', '=', blank.unit)
      .select('unit_code'),
)

/** Whether a cell is an assessor's to mark: assigned to him, or nobody is assigned by name. */
export async function isAssigned(
  db: Database,
  cycleId: string,
  { assessor, indicator, unit }: Assignment,
): Promise<boolean> {
  const { rows } = await ownCell(db, { cycleId, assessor, indicator, unit })
  return rows.length > 0 || !(await hasAssignments(db, cycleId))
}

const tie = compiled((db, blank: { cycleId: string; assessor: string; unit: string }) =>
  db
    .selectFrom('recusal')
    .where('cycle_id', '=', blank.cycleId)
    .where('assessor_code', '=', blank.assessor)
    .where('unit_code', '=', blank.unit)
    .select('reason'),
)

/** The reason of a declared tie; undefined if there is none. */
export async function findRecusal(
  db: Database,
  cycleId: string,
  { assessor, unit }: Pick<Recusal, 'assessor' | 'unit'>,
): Promise<string | undefined> {
  return (await tie(db, { cycleId, assessor, unit })).rows[0]?.reason
}

/** The units a person never marks and records nothing about (回避): his own, and those of declared ties. */
export async function recusedUnits(
  db: Database,
  cycleId: string,
  { unitCode, assessorCode }: Pick<Actor, 'unitCode' | 'assessorCode'>,
): Promise<Set<string>> {
  const ties = assessorCode === null ? [] : await recusals(db, cycleId, assessorCode)
  const units = new Set(ties.map(({ unit }) => unit))
  if (unitCode !== null) units.add(unitCode)
  return units
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
