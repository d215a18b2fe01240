import type { Actor } from '../domain/actor.ts'
import { tableTaken } from '../errors.ts'
import type { AuditEntry } from '../store/audit.ts'
import type { Trx } from '../store/database.ts'
import { closeTableUpload, type TableKindName, type TableOutcome } from '../store/table-uploads.ts'
import { TABLE_NAMES } from './table-roles.ts'

/** A table that is being accepted, and by whom. */
export interface AcceptedTable {
  uploadId: string
  fileName: string
  actor: Actor
  at: string
}

/**
 * Closes a table in the transaction that writes what stood in it.
 *
 * @throws {AppError} if it is not being accepted: nothing of it is written twice
 */
export async function closeTable(
  trx: Trx,
  { uploadId, at }: AcceptedTable,
  outcome: TableOutcome,
): Promise<void> {
  if (!(await closeTableUpload(trx, uploadId, outcome, at))) throw tableTaken()
}

/** The entry in the ledger of an accepted table. @param about.rows how many of its rows are written */
export function acceptedEntry(
  { fileName, actor, at }: AcceptedTable,
  { kind, rows, ...place }: { kind: TableKindName; cycleId?: string; rows: number },
): AuditEntry {
  const detail = { file: fileName, rows }
  return { at, actor, action: 'table.accept', subject: TABLE_NAMES[kind], detail, ...place }
}
