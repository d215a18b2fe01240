/** A table from Excel on its way: sent, read, taken for acceptance. None of this changes what it is about. */

import { v7 as uuid } from 'uuid'
import type { Actor } from '../domain/actor.ts'
import type { TypedRow } from '../domain/typed-row.ts'
import { tableTaken } from '../errors.ts'
import { recordAudit } from '../store/audit.ts'
import type { Database } from '../store/database.ts'
import {
  beginAcceptance,
  dropSealed,
  finishReading,
  giveBack,
  insertTableUpload,
  type TableKindName,
  touchTableUpload,
} from '../store/table-uploads.ts'
import { assertRole } from './entry-place.ts'
import { TABLE_NAMES, TABLE_ROLES } from './table-roles.ts'

export interface UploadTable {
  kind: TableKindName
  /** null: a table of no cycle */
  cycleId: string | null
  fileName: string
  actor: Actor
  at: string
}

/**
 * Keeps that somebody sent a table, which is read from now on.
 *
 * @returns the id under which it is found
 * @throws {AppError} if the actor may not bring in such tables
 */
export async function uploadTable(
  db: Database,
  { kind, cycleId, fileName, actor, at }: UploadTable,
): Promise<string> {
  assertRole(actor, TABLE_ROLES[kind])
  const id = uuid()
  const { accountId } = actor
  await db.transaction().execute(async (trx) => {
    await insertTableUpload(trx, { id, kind, cycleId, accountId, fileName, at })
    await recordAudit(trx, {
      at,
      actor,
      action: 'table.upload',
      subject: TABLE_NAMES[kind],
      detail: { file: fileName },
      ...(cycleId === null ? {} : { cycleId }),
    })
  })
  return id
}

/** Keeps what was read of a table, or why it was not. */
export async function keepReading(
  db: Database,
  id: string,
  read: { rows: readonly TypedRow[] } | { problem: string },
  at: string,
): Promise<void> {
  await db.transaction().execute((trx) => finishReading(trx, id, read, at))
}

/** Says how far the work on a table is. */
export async function tellProgress(
  db: Database,
  id: string,
  progress: { step: string; done: number; total: number },
  at: string,
): Promise<void> {
  await db.transaction().execute((trx) => touchTableUpload(trx, id, progress, at))
}

/** Takes a table for acceptance, once. @throws {AppError} if somebody has */
export async function takeTable(db: Database, id: string, at: string): Promise<void> {
  const taken = await db.transaction().execute((trx) => beginAcceptance(trx, id, at))
  if (!taken) throw tableTaken()
}

/** Puts a table back of which nothing was written. @param problem why */
export async function giveTableBack(db: Database, id: string, problem: string): Promise<void> {
  await db.transaction().execute((trx) => giveBack(trx, id, problem))
}

/** Forgets the one-time passwords of a table of accounts. @param notice what is left to say of it */
export async function forgetPasswords(db: Database, id: string, notice: string): Promise<void> {
  await db.transaction().execute((trx) => dropSealed(trx, id, notice))
}
