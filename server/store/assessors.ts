/** Who marks in a cycle. */

import type { Assessor } from '../domain/bundle.ts'
import { given } from './columns.ts'
import { compiled } from './compiled.ts'
import type { Database, Trx } from './database.ts'
import { insertRows } from './row-ledger.ts'

/** A cycle's assessors in the order of the bundle. */
export async function cycleAssessors(db: Database, cycleId: string): Promise<Assessor[]> {
  const rows = await db
    .selectFrom('assessor')
    .where('cycle_id', '=', cycleId)
    .select(['code', 'name', 'group_name as group'])
    .orderBy('position')
    .execute()
  return rows.map((row) => given(row))
}

const assessorRow = compiled((db, blank: { cycleId: string; code: string }) =>
  db
    .selectFrom('assessor')
    .where('cycle_id', '=', blank.cycleId)
    .where('code', '=', blank.code)
    .select(['code', 'name', 'group_name as group']),
)

export async function findAssessor(
  db: Database,
  cycleId: string,
  code: string,
): Promise<Assessor | undefined> {
  const [row] = (await assessorRow(db, { cycleId, code })).rows
  return row && given(row)
}

export async function insertAssessors(
  trx: Trx,
  cycleId: string,
  assessors: readonly Assessor[],
): Promise<void> {
  const rows = assessors.map(({ code, name, group }, position) => {
    return { cycle_id: cycleId, code, name, group_name: group ?? null, position }
  })
  await insertRows(trx, 'assessor', rows)
}
