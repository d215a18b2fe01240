/** What was decided about units: vetoes (一票否决) and adjusted grades (调整). Lifted ones stay to be read. */

import { v7 as uuid } from 'uuid'
import type { Adjustment, UnitVeto } from '../domain/bundle.ts'
import { type Stamp, yesNo } from './columns.ts'
import type { Database, Trx } from './database.ts'
import { insertRows, noteRows } from './row-ledger.ts'
import type { AdjustmentRow, VetoRow } from './schema.ts'

/** A decision with who recorded it, and when and why it was lifted. */
export interface Decided<T> {
  id: string
  decision: T
  recordedAt: string
  /** the account */
  recordedBy: string
  liftedAt: string | null
  liftReason: string | null
}

/** A cycle's vetoes in the order entered. @param lifted whether to show the lifted ones too */
export async function cycleVetoes(
  db: Database,
  cycleId: string,
  { lifted = false } = {},
): Promise<Decided<UnitVeto>[]> {
  let query = db.selectFrom('veto').where('cycle_id', '=', cycleId)
  if (!lifted) query = query.where('lifted_at', 'is', null)
  const rows = await query.selectAll().orderBy('position').orderBy('id').execute()
  return rows.map((row) => decided(row, vetoOf(row)))
}

/** A cycle's adjusted grades in the order entered. @param lifted whether to show the lifted ones too */
export async function cycleAdjustments(
  db: Database,
  cycleId: string,
  { lifted = false } = {},
): Promise<Decided<Adjustment>[]> {
  let query = db.selectFrom('adjustment').where('cycle_id', '=', cycleId)
  if (!lifted) query = query.where('lifted_at', 'is', null)
  const rows = await query.selectAll().orderBy('position').orderBy('id').execute()
  return rows.map((row) => decided(row, adjustmentOf(row)))
}

/** Adds vetoes after those that are there. @returns their ids */
export async function insertVetoes(
  trx: Trx,
  cycleId: string,
  vetoes: readonly UnitVeto[],
  stamp: Stamp,
): Promise<string[]> {
  const first = await nextPosition(trx, 'veto', cycleId)
  const rows = vetoes.map(({ unit, veto, reason, exempt }, index) => ({
    ...decisionColumns(cycleId, unit, reason, first + index, stamp),
    veto_code: veto,
    exempt: exempt === undefined ? null : yesNo(exempt),
  }))
  await insertRows(trx, 'veto', rows)
  return rows.map((row) => row.id)
}

/** Adds adjusted grades after those that are there. @returns their ids */
export async function insertAdjustments(
  trx: Trx,
  cycleId: string,
  adjustments: readonly Adjustment[],
  stamp: Stamp,
): Promise<string[]> {
  const first = await nextPosition(trx, 'adjustment', cycleId)
  const rows = adjustments.map(({ unit, grade, reason }, index) => ({
    ...decisionColumns(cycleId, unit, reason, first + index, stamp),
    grade,
  }))
  await insertRows(trx, 'adjustment', rows)
  return rows.map((row) => row.id)
}

/** Lifts a veto that stands. @returns the veto, or undefined if it did not */
export async function markVetoLifted(
  trx: Trx,
  cycleId: string,
  id: string,
  reason: string,
  at: string,
): Promise<UnitVeto | undefined> {
  const row = await trx
    .updateTable('veto')
    .set({ lifted_at: at, lift_reason: reason })
    .where('cycle_id', '=', cycleId)
    .where('id', '=', id)
    .where('lifted_at', 'is', null)
    .returningAll()
    .executeTakeFirst()
  noteRows(trx, 'veto', row ? [row] : [])
  return row && vetoOf(row)
}

/** Lifts an adjusted grade that stands. @returns the adjustment, or undefined if it did not */
export async function markAdjustmentLifted(
  trx: Trx,
  cycleId: string,
  id: string,
  reason: string,
  at: string,
): Promise<Adjustment | undefined> {
  const row = await trx
    .updateTable('adjustment')
    .set({ lifted_at: at, lift_reason: reason })
    .where('cycle_id', '=', cycleId)
    .where('id', '=', id)
    .where('lifted_at', 'is', null)
    .returningAll()
    .executeTakeFirst()
  noteRows(trx, 'adjustment', row ? [row] : [])
  return row && adjustmentOf(row)
}

async function nextPosition(
  trx: Trx,
  table: 'veto' | 'adjustment',
  cycleId: string,
): Promise<number> {
  const row = await trx
    .selectFrom(table)
    .where('cycle_id', '=', cycleId)
    .select((eb) => eb.fn.max('position').as('last'))
    .executeTakeFirst()
  return (row?.last ?? -1) + 1
}

function decisionColumns(
  cycleId: string,
  unit: string,
  reason: string,
  position: number,
  { at, by }: Stamp,
) {
  return {
    id: uuid(),
    cycle_id: cycleId,
    unit_code: unit,
    reason,
    position,
    recorded_at: at,
    recorded_by: by,
    lifted_at: null,
    lift_reason: null,
  }
}

function vetoOf({ unit_code: unit, veto_code: veto, reason, exempt }: VetoRow): UnitVeto {
  return exempt === null ? { unit, veto, reason } : { unit, veto, reason, exempt: exempt === 1 }
}

function adjustmentOf({ unit_code: unit, grade, reason }: AdjustmentRow): Adjustment {
  return { unit, grade, reason }
}

function decided<T>(row: VetoRow | AdjustmentRow, decision: T): Decided<T> {
  return {
    id: row.id,
    decision,
    recordedAt: row.recorded_at,
    recordedBy: row.recorded_by,
    liftedAt: row.lifted_at,
    liftReason: row.lift_reason,
  }
}
