/** What units say of themselves in a cycle: the marks they give, and whether they have submitted them. */

import { hasReached, type Stage } from '../domain/stage.ts'
import { amountOf, microsOf, type Stamp } from './columns.ts'
import type { Database, Trx } from './database.ts'
import { noteRows } from './row-ledger.ts'
import type { SelfAssessmentRow, SelfMarkRow } from './schema.ts'

export interface SelfAssessment {
  unit: string
  state: SelfAssessmentRow['state']
  submittedAt: string | null
  submittedBy: string | null
  returnedAt: string | null
  returnedBy: string | null
  /** why it was returned the last time */
  remark: string | null
  /** rises with everything the unit changes in it; 0: it has not begun */
  version: number
}

export interface SelfMark {
  unit: string
  indicator: string
  /** as a decimal's shortest text; null: none given */
  mark: string | null
  remark: string | null
  version: number
  updatedAt: string
  updatedBy: string
}

/** A unit's self-assessment; an open one that has not begun where there is none. */
export async function selfAssessment(
  db: Database,
  cycleId: string,
  unit: string,
): Promise<SelfAssessment> {
  const row = await db
    .selectFrom('self_assessment')
    .where('cycle_id', '=', cycleId)
    .where('unit_code', '=', unit)
    .selectAll()
    .executeTakeFirst()
  return row ? assessmentOf(row) : { ...NOT_BEGUN, unit }
}

/** Every self-assessment of a cycle that has begun, by unit. */
export async function cycleSelfAssessments(
  db: Database,
  cycleId: string,
): Promise<Map<string, SelfAssessment>> {
  const rows = await db
    .selectFrom('self_assessment')
    .where('cycle_id', '=', cycleId)
    .selectAll()
    .orderBy('unit_code')
    .execute()
  return new Map(rows.map((row) => [row.unit_code, assessmentOf(row)]))
}

/** Whether those who mark may read it: it is submitted, or the time for it is over. */
export function isHandedOver(assessment: SelfAssessment | undefined, stage: Stage): boolean {
  return assessment?.state === 'submitted' || hasReached(stage, 'scoring')
}

/** A cycle's self-given marks, or only those of one unit or one indicator. */
export async function selfMarks(
  db: Database,
  cycleId: string,
  { unit, indicator }: { unit?: string; indicator?: string } = {},
): Promise<SelfMark[]> {
  let query = db.selectFrom('self_mark').where('cycle_id', '=', cycleId)
  if (unit !== undefined) query = query.where('unit_code', '=', unit)
  if (indicator !== undefined) query = query.where('indicator_code', '=', indicator)
  const rows = await query.selectAll().orderBy('unit_code').orderBy('indicator_code').execute()
  return rows.map(markOf)
}

/** Writes a mark that was not there, or over the version named. */
export async function writeSelfMark(
  trx: Trx,
  cycleId: string,
  { unit, indicator, mark, remark, version }: Omit<SelfMark, 'updatedAt' | 'updatedBy'>,
  { at, by }: Stamp,
): Promise<void> {
  const given = {
    points_micros: mark === null ? null : microsOf(mark),
    remark,
    row_version: version + 1,
    updated_at: at,
    updated_by: by,
  }
  const rows = await trx
    .insertInto('self_mark')
    .values({ cycle_id: cycleId, unit_code: unit, indicator_code: indicator, ...given })
    .onConflict((oc) => oc.columns(['cycle_id', 'unit_code', 'indicator_code']).doUpdateSet(given))
    .returningAll()
    .execute()
  noteRows(trx, 'self_mark', rows)
}

/** Says that the unit changed something in its self-assessment, which begins it. */
export async function touchSelfAssessment(trx: Trx, cycleId: string, unit: string): Promise<void> {
  const rows = await trx
    .insertInto('self_assessment')
    .values({
      ...{ cycle_id: cycleId, unit_code: unit, state: 'open', row_version: 1 },
      ...{ submitted_at: null, submitted_by: null },
      ...{ returned_at: null, returned_by: null, return_remark: null },
    })
    .onConflict((oc) =>
      oc
        .columns(['cycle_id', 'unit_code'])
        .doUpdateSet((eb) => ({ row_version: eb('self_assessment.row_version', '+', 1) })),
    )
    .returningAll()
    .execute()
  noteRows(trx, 'self_assessment', rows)
}

/** Marks one that has begun as submitted. */
export async function markSubmitted(
  trx: Trx,
  cycleId: string,
  unit: string,
  { at, by }: Stamp,
): Promise<void> {
  const rows = await trx
    .updateTable('self_assessment')
    .set({ state: 'submitted', submitted_at: at, submitted_by: by })
    .where('cycle_id', '=', cycleId)
    .where('unit_code', '=', unit)
    .returningAll()
    .execute()
  noteRows(trx, 'self_assessment', rows)
}

/** Marks one that has begun as returned, with the reason. */
export async function markReturned(
  trx: Trx,
  cycleId: string,
  unit: string,
  remark: string,
  { at, by }: Stamp,
): Promise<void> {
  const rows = await trx
    .updateTable('self_assessment')
    .set({ state: 'returned', returned_at: at, returned_by: by, return_remark: remark })
    .where('cycle_id', '=', cycleId)
    .where('unit_code', '=', unit)
    .returningAll()
    .execute()
  noteRows(trx, 'self_assessment', rows)
}

const NOT_BEGUN = {
  state: 'open',
  submittedAt: null,
  submittedBy: null,
  returnedAt: null,
  returnedBy: null,
  remark: null,
  version: 0,
} as const

function assessmentOf(row: SelfAssessmentRow): SelfAssessment {
  return {
    unit: row.unit_code,
    state: row.state,
    submittedAt: row.submitted_at,
    submittedBy: row.submitted_by,
    returnedAt: row.returned_at,
    returnedBy: row.returned_by,
    remark: row.return_remark,
    version: row.row_version,
  }
}

function markOf(row: SelfMarkRow): SelfMark {
  return {
    unit: row.unit_code,
    indicator: row.indicator_code,
    mark: row.points_micros === null ? null : amountOf(row.points_micros),
    remark: row.remark,
    version: row.row_version,
    updatedAt: row.updated_at,
    updatedBy: row.updated_by,
  }
}
