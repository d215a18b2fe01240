/** Cycles (考核周期): a year's, half-year's or quarter's assessment. */

import { type Actor, hasRole, type Role } from '../domain/actor.ts'
import { hasReached, type Stage } from '../domain/stage.ts'
import { yesNo } from './columns.ts'
import { compiled } from './compiled.ts'
import type { Database, Trx } from './database.ts'
import { insertRows, noteRows } from './row-ledger.ts'
import type { CycleRow } from './schema.ts'

export interface Cycle {
  id: string
  name: string
  year: number
  schemeCode: string
  schemeVersion: number
  stage: Stage
  /** the stage from which a unit sees its own result */
  visibleFrom: Stage
  /** it can be thrown away, and no unit sees it */
  rehearsal: boolean
  /** rises with every write to the cycle */
  revision: number
  createdAt: string
  publishedAt: string | null
  /** the cycle it was started from, which may be gone; null: none */
  startedFrom: string | null
}

/** From here on what was entered stays as it is. */
export const CLOSED: readonly Stage[] = ['published', 'archived']

export function isClosed(cycle: Cycle): boolean {
  return CLOSED.includes(cycle.stage)
}

/** Whether a unit may see its own result now; never that of a rehearsal. */
export function isVisibleToUnits(cycle: Cycle): boolean {
  return !cycle.rehearsal && hasReached(cycle.stage, cycle.visibleFrom)
}

/** All cycles, the newest first. */
export async function allCycles(db: Database): Promise<Cycle[]> {
  const rows = await newestFirst(db).execute()
  return rows.map(cycleOf)
}

const SEE_ALL: readonly Role[] = ['organiser', 'leader', 'auditor']

/**
 * The cycles a person has to do with, the newest first: all of them for who runs, leads or supervises;
 * otherwise those in which he marks or his unit is assessed.
 */
export async function cyclesOf(db: Database, actor: Actor): Promise<Cycle[]> {
  if (hasRole(actor, ...SEE_ALL)) return allCycles(db)
  const assessor = hasRole(actor, 'assessor', 'lead') ? actor.assessorCode : null
  const unit = hasRole(actor, 'unit') ? actor.unitCode : null
  const rows = await newestFirst(db)
    .where((eb) =>
      eb.or([
        eb('id', 'in', eb.selectFrom('assessor').select('cycle_id').where('code', '=', assessor)),
        eb(
          'id',
          'in',
          eb.selectFrom('cycle_unit').select('cycle_id').where('unit_code', '=', unit),
        ).and('rehearsal', '=', 0),
      ]),
    )
    .execute()
  return rows.map(cycleOf)
}

function newestFirst(db: Database) {
  return db
    .selectFrom('cycle')
    .selectAll()
    .orderBy('year', 'desc')
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
}

const cycleRow = compiled((db, blank: { id: string }) =>
  db.selectFrom('cycle').where('id', '=', blank.id).selectAll(),
)

export async function findCycle(db: Database, id: string): Promise<Cycle | undefined> {
  const [row] = (await cycleRow(db, { id })).rows
  return row && cycleOf(row)
}

/** The number that tells whether anything in a cycle changed; undefined if there is no such cycle. */
export async function cycleRevision(db: Database, id: string): Promise<number | undefined> {
  const row = await db
    .selectFrom('cycle')
    .where('id', '=', id)
    .select('revision')
    .executeTakeFirst()
  return row?.revision
}

export async function addCycle(trx: Trx, cycle: Cycle): Promise<void> {
  const row = {
    id: cycle.id,
    name: cycle.name,
    year: cycle.year,
    scheme_code: cycle.schemeCode,
    scheme_version: cycle.schemeVersion,
    stage: cycle.stage,
    visible_from: cycle.visibleFrom,
    rehearsal: yesNo(cycle.rehearsal),
    revision: cycle.revision,
    created_at: cycle.createdAt,
    published_at: cycle.publishedAt,
    started_from: cycle.startedFrom,
  }
  await insertRows(trx, 'cycle', [row])
}

const raisedRow = compiled((db, blank: { id: string }) =>
  db
    .updateTable('cycle')
    .set((eb) => ({ revision: eb('revision', '+', 1) }))
    .where('id', '=', blank.id)
    .where('stage', 'not in', CLOSED)
    .returningAll(),
)

/**
 * Raises the revision of a cycle that is still open. First in every write to it: the row stays locked,
 * so that writes to one cycle come one after the other.
 *
 * @returns the cycle, or undefined if there is none or what was entered can no longer change
 */
export async function raiseRevision(trx: Trx, id: string): Promise<Cycle | undefined> {
  const [row] = (await raisedRow(trx, { id })).rows
  return row && cycleOf(row)
}

/** Closes and publishes an open cycle. @returns the cycle, or undefined if it was not open */
export async function markPublished(trx: Trx, id: string, at: string): Promise<Cycle | undefined> {
  const row = await trx
    .updateTable('cycle')
    .set((eb) => ({ stage: 'published', published_at: at, revision: eb('revision', '+', 1) }))
    .where('id', '=', id)
    .where('stage', 'not in', CLOSED)
    .returningAll()
    .executeTakeFirst()
  noteRows(trx, 'cycle', row ? [row] : [])
  return row && cycleOf(row)
}

/** Changes from which stage on units see their own result. @returns the cycle as it was, if there is one */
export async function updateVisibleFrom(
  trx: Trx,
  id: string,
  visibleFrom: Stage,
): Promise<Cycle | undefined> {
  const before = await lockCycle(trx, id)
  const rows = await trx
    .updateTable('cycle')
    .set({ visible_from: visibleFrom })
    .where('id', '=', id)
    .returningAll()
    .execute()
  noteRows(trx, 'cycle', rows)
  return before
}

/** Lets a cycle go by another version of its scheme; its revision is raised already. */
export async function updateSchemeVersion(trx: Trx, id: string, version: number): Promise<void> {
  const rows = await trx
    .updateTable('cycle')
    .set({ scheme_version: version })
    .where('id', '=', id)
    .returningAll()
    .execute()
  noteRows(trx, 'cycle', rows)
}

/** Raises the revision of a cycle, whatever its stage, and locks it. @returns it, if there is one */
export async function lockCycle(trx: Trx, id: string): Promise<Cycle | undefined> {
  const row = await trx
    .updateTable('cycle')
    .set((eb) => ({ revision: eb('revision', '+', 1) }))
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirst()
  return row && cycleOf(row)
}

/** Moves a cycle from one stage to another. @returns the cycle, or undefined if it was not at the first */
export async function updateStage(
  trx: Trx,
  id: string,
  from: Stage,
  to: Stage,
): Promise<Cycle | undefined> {
  const row = await trx
    .updateTable('cycle')
    .set((eb) => ({ stage: to, revision: eb('revision', '+', 1) }))
    .where('id', '=', id)
    .where('stage', '=', from)
    .returningAll()
    .executeTakeFirst()
  noteRows(trx, 'cycle', row ? [row] : [])
  return row && cycleOf(row)
}

/** Takes a published cycle back to the notice. @returns the cycle, or undefined if it was not published */
export async function markUnpublished(trx: Trx, id: string): Promise<Cycle | undefined> {
  const row = await trx
    .updateTable('cycle')
    .set((eb) => ({ stage: 'notice', published_at: null, revision: eb('revision', '+', 1) }))
    .where('id', '=', id)
    .where('stage', '=', 'published')
    .returningAll()
    .executeTakeFirst()
  noteRows(trx, 'cycle', row ? [row] : [])
  return row && cycleOf(row)
}

/** A row as the rest of the program knows it. */
export function cycleOf(row: CycleRow): Cycle {
  return {
    id: row.id,
    name: row.name,
    year: row.year,
    schemeCode: row.scheme_code,
    schemeVersion: row.scheme_version,
    stage: row.stage,
    visibleFrom: row.visible_from,
    rehearsal: row.rehearsal === 1,
    revision: row.revision,
    createdAt: row.created_at,
    publishedAt: row.published_at,
    startedFrom: row.started_from,
  }
}
