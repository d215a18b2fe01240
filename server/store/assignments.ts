/** Who marks what by name in a cycle (分工), and the ties that keep an assessor from a unit (回避). */

import { sql } from 'kysely'
import type { Actor } from '../domain/actor.ts'
import { type Assignment, DutyRoster, type Recusal } from '../domain/duty-roster.ts'
import { compiled, soughtText } from './compiled.ts'
import type { Database } from './database.ts'

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
  assignmentsOf(db, blank).where('indicator_code', '=', soughtText(blank.indicator)),
)

function assignmentsOf(db: Database, { cycleId, assessor }: { cycleId: string; assessor: string }) {
  return db
    .selectFrom('assignment')
    .where('cycle_id', '=', soughtText(cycleId))
    .where('assessor_code', '=', soughtText(assessor))
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
  recusalsOf(db, blank.cycleId)
    .where('assessor_code', '=', soughtText(blank.assessor))
    .orderBy('unit_code'),
)

function recusalsOf(db: Database, cycleId: string) {
  return db
    .selectFrom('recusal')
    .where('cycle_id', '=', soughtText(cycleId))
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
