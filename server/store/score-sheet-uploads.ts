/** Score sheets that came back: kept for a day between preview and acceptance. */

import { minutesLater } from '../domain/beijing-time.ts'
import { type ReturnedSheet, readReturnedSheet } from '../domain/score-sheet.ts'
import type { Database, Trx } from './database.ts'

const KEPT_MINUTES = 24 * 60

export interface NewUpload {
  id: string
  cycleId: string
  accountId: string
  fileName: string
  sheet: ReturnedSheet
  at: string
}

export interface StoredUpload {
  id: string
  fileName: string
  sheet: ReturnedSheet
  createdAt: string
}

/** Keeps a sheet, and drops what nobody accepted within a day. */
export async function insertUpload(
  trx: Trx,
  { id, cycleId, accountId, fileName, sheet, at }: NewUpload,
): Promise<void> {
  await trx
    .deleteFrom('score_sheet_upload')
    .where('accepted_at', 'is', null)
    .where('created_at', '<', minutesLater(at, -KEPT_MINUTES))
    .execute()
  await trx
    .insertInto('score_sheet_upload')
    .values({
      id,
      cycle_id: cycleId,
      account_id: accountId,
      assessor_code: sheet.assessor,
      file_name: fileName,
      issued_at: sheet.at,
      body: JSON.stringify(sheet),
      created_at: at,
      accepted_at: null,
    })
    .execute()
}

/** A sheet that waits for acceptance; only its own account finds it, and only for a day. */
export async function findUpload(
  db: Database,
  { id, cycleId, accountId, at }: { id: string; cycleId: string; accountId: string; at: string },
): Promise<StoredUpload | undefined> {
  const row = await db
    .selectFrom('score_sheet_upload')
    .where('id', '=', id)
    .where('cycle_id', '=', cycleId)
    .where('account_id', '=', accountId)
    .where('accepted_at', 'is', null)
    .where('created_at', '>=', minutesLater(at, -KEPT_MINUTES))
    .select(['id', 'file_name', 'body', 'created_at'])
    .executeTakeFirst()
  const sheet = row && readReturnedSheet(row.body)
  return row && sheet && { id: row.id, fileName: row.file_name, sheet, createdAt: row.created_at }
}

/** When the newest sheet was issued that was accepted for an assessor; undefined if none was. */
export async function lastAcceptedIssue(
  db: Database,
  cycleId: string,
  assessor: string,
): Promise<string | undefined> {
  const row = await db
    .selectFrom('score_sheet_upload')
    .where('cycle_id', '=', cycleId)
    .where('assessor_code', '=', assessor)
    .where('accepted_at', 'is not', null)
    .select((eb) => eb.fn.max('issued_at').as('issued'))
    .executeTakeFirst()
  return row?.issued ?? undefined
}

/** Closes a sheet that was accepted; of what it held its marks are left. @returns whether it was open */
export async function closeUpload(trx: Trx, id: string, at: string): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('score_sheet_upload')
    .set({ accepted_at: at, body: '' })
    .where('id', '=', id)
    .where('accepted_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}
