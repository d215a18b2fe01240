/** Tables from Excel: read, waiting for acceptance, and for a day what came of them. */

import { minutesLater } from '../domain/beijing-time.ts'
import { isRecord } from '../domain/shape.ts'
import type { TypedRow } from '../domain/typed-row.ts'
import type { Database, Trx } from './database.ts'
import type { TableUploadRow } from './schema.ts'

export type TableKindName = TableUploadRow['kind']

const KEPT_MINUTES = 24 * 60
/** Work under way says so every second; what has been silent for as long as this has died. */
const SILENT_MINUTES = 2

export interface NewTableUpload {
  id: string
  kind: TableKindName
  /** null: a table of no cycle */
  cycleId: string | null
  accountId: string
  fileName: string
  at: string
}

/** What was done by a table: what is said about it, and what only the person himself can open. */
export interface TableOutcome {
  notice: string
  sealed?: string
}

export interface TableUpload {
  id: string
  kind: TableKindName
  fileName: string
  /** `lost`: the program ended while it read the file */
  state: TableUploadRow['state'] | 'lost'
  problem: string | null
  step: string
  done: number
  total: number
  rows: readonly TypedRow[]
  outcome: TableOutcome | null
  touchedAt: string
}

/** Whose table it is, and where it belongs. */
export interface TablePlace {
  id: string
  kind: TableKindName
  cycleId: string | null
  accountId: string
  at: string
}

/** Keeps that a file was sent and is being read, and drops what is older than a day. */
export async function insertTableUpload(trx: Trx, upload: NewTableUpload): Promise<void> {
  const { id, kind, cycleId, accountId, fileName, at } = upload
  await trx
    .deleteFrom('table_upload')
    .where('created_at', '<', minutesLater(at, -KEPT_MINUTES))
    .execute()
  await trx
    .insertInto('table_upload')
    .values({
      ...{ id, kind, cycle_id: cycleId, account_id: accountId, file_name: fileName },
      ...{ state: 'reading', problem: null, step: 'waiting', done: 0, total: 0 },
      ...{ body: '', created_at: at, touched_at: at },
    })
    .execute()
}

/** A table that he himself sent, for a day. */
export async function findTableUpload(
  db: Database | Trx,
  { id, kind, cycleId, accountId, at }: TablePlace,
): Promise<TableUpload | undefined> {
  const row = await db
    .selectFrom('table_upload')
    .where('id', '=', id)
    .where('kind', '=', kind)
    .where('account_id', '=', accountId)
    .where('cycle_id', cycleId === null ? 'is' : '=', cycleId)
    .where('created_at', '>=', minutesLater(at, -KEPT_MINUTES))
    .selectAll()
    .executeTakeFirst()
  return row && uploadOf(row, at)
}

function uploadOf(row: TableUploadRow, at: string): TableUpload {
  const { id, kind, problem, step, done, total } = row
  const silent = row.touched_at < minutesLater(at, -SILENT_MINUTES)
  const state = silent ? DIED[row.state] : row.state
  const body: unknown = row.body === '' ? null : JSON.parse(row.body)
  const rows = isRecord(body) && Array.isArray(body.rows) ? (body.rows as TypedRow[]) : []
  const outcome = isRecord(body) && 'notice' in body ? outcomeOf(body) : null
  const { file_name: fileName, touched_at: touchedAt } = row
  return { id, kind, fileName, state, problem, step, done, total, rows, outcome, touchedAt }
}

/** What died while it was accepted has written nothing: it can be accepted again. */
const DIED: Readonly<Record<TableUploadRow['state'], TableUpload['state']>> = {
  ...{ reading: 'lost', refused: 'refused', ready: 'ready' },
  ...{ accepting: 'ready', accepted: 'accepted' },
}

function outcomeOf({ notice, sealed }: Readonly<Record<string, unknown>>): TableOutcome {
  return {
    notice: String(notice),
    ...(typeof sealed === 'string' ? { sealed } : {}),
  }
}

/** Puts a table that is being read into its next state. */
export async function finishReading(
  trx: Trx,
  id: string,
  read: { rows: readonly TypedRow[] } | { problem: string },
  at: string,
): Promise<void> {
  const found =
    'problem' in read
      ? { state: 'refused' as const, problem: read.problem }
      : { state: 'ready' as const, body: JSON.stringify({ rows: read.rows }) }
  await trx
    .updateTable('table_upload')
    .set({ ...found, touched_at: at })
    .where('id', '=', id)
    .where('state', '=', 'reading')
    .execute()
}

/** Says how far the work on a table is. */
export async function touchTableUpload(
  trx: Trx,
  id: string,
  { step, done, total }: { step: string; done: number; total: number },
  at: string,
): Promise<void> {
  await trx
    .updateTable('table_upload')
    .set({ step, done, total, touched_at: at })
    .where('id', '=', id)
    .where('state', 'in', ['reading', 'accepting'])
    .execute()
}

/** Takes a table for acceptance. @returns whether it was there to be taken */
export async function beginAcceptance(trx: Trx, id: string, at: string): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('table_upload')
    .set({
      state: 'accepting',
      problem: null,
      step: 'accepting',
      done: 0,
      total: 0,
      touched_at: at,
    })
    .where('id', '=', id)
    .where((eb) =>
      eb.or([
        eb('state', '=', 'ready'),
        eb.and([
          eb('state', '=', 'accepting'),
          eb('touched_at', '<', minutesLater(at, -SILENT_MINUTES)),
        ]),
      ]),
    )
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** Puts a table back that could not be accepted, with the reason. */
export async function giveBack(trx: Trx, id: string, problem: string): Promise<void> {
  await trx
    .updateTable('table_upload')
    .set({ state: 'ready', problem })
    .where('id', '=', id)
    .where('state', '=', 'accepting')
    .execute()
}

/** Closes a table that was accepted: its rows go. @returns whether it was being accepted */
export async function closeTableUpload(
  trx: Trx,
  id: string,
  outcome: TableOutcome,
  at: string,
): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('table_upload')
    .set({ state: 'accepted', body: JSON.stringify(outcome), touched_at: at })
    .where('id', '=', id)
    .where('state', '=', 'accepting')
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** Forgets what only the person himself could open. */
export async function dropSealed(trx: Trx, id: string, notice: string): Promise<void> {
  await trx
    .updateTable('table_upload')
    .set({ body: JSON.stringify({ notice }) })
    .where('id', '=', id)
    .where('state', '=', 'accepted')
    .execute()
}
