/** Evidence (佐证材料): which files units handed in, for which indicators. */

import { v7 as uuid } from 'uuid'
import type { Stamp } from './columns.ts'
import type { Database, Trx } from './database.ts'
import { insertRows, noteRows } from './row-ledger.ts'

export interface Evidence {
  id: string
  cycleId: string
  unit: string
  indicator: string
  sha256: string
  name: string
  type: string
  size: number
  handedInAt: string
  handedInBy: string
}

/** What is in a cycle and not withdrawn, in the order handed in; or only of one unit or one indicator. */
export async function cycleEvidence(
  db: Database,
  cycleId: string,
  { unit, indicator }: { unit?: string; indicator?: string } = {},
): Promise<Evidence[]> {
  let query = standing(db).where('evidence.cycle_id', '=', cycleId)
  if (unit !== undefined) query = query.where('evidence.unit_code', '=', unit)
  if (indicator !== undefined) query = query.where('evidence.indicator_code', '=', indicator)
  return query.execute()
}

/** Everything a unit has handed in, this year and before, in the order handed in. */
export async function unitEvidence(db: Database, unit: string): Promise<Evidence[]> {
  return standing(db).where('evidence.unit_code', '=', unit).execute()
}

/** A piece that is not withdrawn. */
export async function findEvidence(
  db: Database,
  cycleId: string,
  id: string,
): Promise<Evidence | undefined> {
  return standing(db)
    .where('evidence.cycle_id', '=', cycleId)
    .where('evidence.id', '=', id)
    .executeTakeFirst()
}

function standing(db: Database) {
  return db
    .selectFrom('evidence')
    .innerJoin('evidence_file', 'evidence_file.sha256', 'evidence.sha256')
    .where('evidence.withdrawn_at', 'is', null)
    .select([
      'evidence.id',
      'evidence.cycle_id as cycleId',
      'evidence.unit_code as unit',
      'evidence.indicator_code as indicator',
      'evidence.sha256',
      'evidence.name',
      'evidence_file.type',
      'evidence_file.size',
      'evidence.handed_in_at as handedInAt',
      'evidence.handed_in_by as handedInBy',
    ])
    .orderBy('evidence.handed_in_at')
    .orderBy('evidence.id')
}

/** Adds a piece of which the content is known. @returns its id */
export async function insertEvidence(
  trx: Trx,
  piece: Pick<Evidence, 'cycleId' | 'unit' | 'indicator' | 'sha256' | 'name'>,
  { at, by }: Stamp,
): Promise<string> {
  const id = uuid()
  const row = {
    ...{ id, cycle_id: piece.cycleId, unit_code: piece.unit, indicator_code: piece.indicator },
    ...{ sha256: piece.sha256, name: piece.name },
    ...{ handed_in_at: at, handed_in_by: by, withdrawn_at: null },
  }
  await insertRows(trx, 'evidence', [row])
  return id
}

/** Takes a piece back; the row and the content stay. */
export async function markEvidenceWithdrawn(trx: Trx, id: string, at: string): Promise<void> {
  const rows = await trx
    .updateTable('evidence')
    .set({ withdrawn_at: at })
    .where('id', '=', id)
    .returningAll()
    .execute()
  noteRows(trx, 'evidence', rows)
}
