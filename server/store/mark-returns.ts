/** Marks that a lead gave back (退回) to their assessors, with what these answered. */

import { v7 as uuid } from 'uuid'
import type { Stamp } from './columns.ts'
import type { Database, Trx } from './database.ts'
import { insertRows, noteRows } from './row-ledger.ts'
import type { MarkReturnRow } from './schema.ts'

export interface MarkReturn {
  id: string
  unit: string
  indicator: string
  assessor: string
  /** the version of the mark that was given back; null: it was still to come */
  markVersion: number | null
  /** what the assessor is to look at again */
  remark: string
  returnedAt: string
  /** null: not answered */
  answer: { words: string; changed: boolean; at: string } | null
}

/** What stands of some assessors' returns in a cycle, in the order given back. @param assessors codes */
export async function markReturns(
  db: Database,
  cycleId: string,
  assessors: readonly string[],
): Promise<MarkReturn[]> {
  if (assessors.length === 0) return []
  const rows = await standing(db, cycleId).where('assessor_code', 'in', assessors).execute()
  return rows.map(returnOf)
}

/** Those of them that wait for an answer. */
export async function openReturns(
  db: Database,
  cycleId: string,
  assessors: readonly string[],
): Promise<MarkReturn[]> {
  return (await markReturns(db, cycleId, assessors)).filter(({ answer }) => answer === null)
}

export async function findReturn(
  db: Database,
  cycleId: string,
  id: string,
): Promise<MarkReturn | undefined> {
  const row = await standing(db, cycleId).where('id', '=', id).executeTakeFirst()
  return row && returnOf(row)
}

function standing(db: Database, cycleId: string) {
  return db
    .selectFrom('mark_return')
    .where('cycle_id', '=', cycleId)
    .where('withdrawn_at', 'is', null)
    .selectAll()
    .orderBy('returned_at')
    .orderBy('id')
}

export async function insertReturn(
  trx: Trx,
  cycleId: string,
  given: Omit<MarkReturn, 'id' | 'returnedAt' | 'answer'>,
  { at, by }: Stamp,
): Promise<void> {
  const row = {
    ...{ id: uuid(), cycle_id: cycleId, unit_code: given.unit },
    ...{ indicator_code: given.indicator, assessor_code: given.assessor },
    ...{ mark_version: given.markVersion, remark: given.remark },
    ...{ returned_at: at, returned_by: by },
    ...{ answer: null, changed: null, answered_at: null, withdrawn_at: null },
  }
  await insertRows(trx, 'mark_return', [row])
}

export async function markAnswered(
  trx: Trx,
  id: string,
  { words, changed, at }: NonNullable<MarkReturn['answer']>,
): Promise<void> {
  const rows = await trx
    .updateTable('mark_return')
    .set({ answer: words, changed: changed ? 1 : 0, answered_at: at })
    .where('id', '=', id)
    .returningAll()
    .execute()
  noteRows(trx, 'mark_return', rows)
}

export async function markReturnWithdrawn(trx: Trx, id: string, at: string): Promise<void> {
  const rows = await trx
    .updateTable('mark_return')
    .set({ withdrawn_at: at })
    .where('id', '=', id)
    .returningAll()
    .execute()
  noteRows(trx, 'mark_return', rows)
}

function returnOf(row: MarkReturnRow): MarkReturn {
  const { answer: words, answered_at: at } = row
  return {
    ...{ id: row.id, unit: row.unit_code, indicator: row.indicator_code },
    ...{ assessor: row.assessor_code, markVersion: row.mark_version },
    ...{ remark: row.remark, returnedAt: row.returned_at },
    answer: words === null || at === null ? null : { words, changed: row.changed === 1, at },
  }
}
