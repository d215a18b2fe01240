/**
 * The rows that count, as the ledger of writes knows them. Whoever writes such a row notes it; the next
 * audit entry of the transaction carries the digests of all that was noted. A row that was changed past
 * the program then no longer fits the entry that wrote it last.
 */

import { createHash } from 'node:crypto'
import type { InsertObject } from 'kysely'
import { portions } from './columns.ts'
import type { Trx } from './database.ts'
import { canonicalJson } from './fingerprint.ts'
import type { Tables } from './schema.ts'

/** Tables whose rows count, with the columns that name a row; what belongs to a cycle names it first. */
export const ROW_KEYS = {
  scheme: ['code', 'version'],
  unit: ['code'],
  account: ['id'],
  account_role: ['account_id', 'role'],
  cycle: ['id'],
  cycle_stage: ['cycle_id', 'stage'],
  cycle_unit: ['cycle_id', 'unit_code'],
  cycle_unit_measure: ['cycle_id', 'unit_code', 'name'],
  not_applicable: ['cycle_id', 'unit_code', 'indicator_code'],
  assessor: ['cycle_id', 'code'],
  assignment: ['cycle_id', 'assessor_code', 'indicator_code', 'unit_code'],
  team: ['cycle_id', 'code'],
  team_member: ['cycle_id', 'assessor_code'],
  team_submission: ['cycle_id', 'team_code'],
  mark_return: ['cycle_id', 'id'],
  recusal: ['cycle_id', 'assessor_code', 'unit_code'],
  mark: ['cycle_id', 'unit_code', 'indicator_code', 'assessor_code'],
  value: ['cycle_id', 'unit_code', 'indicator_code'],
  tally: ['cycle_id', 'unit_code', 'indicator_code', 'group_name'],
  tally_count: ['cycle_id', 'unit_code', 'indicator_code', 'group_name', 'option_name'],
  event: ['cycle_id', 'id'],
  veto: ['cycle_id', 'id'],
  adjustment: ['cycle_id', 'id'],
  self_assessment: ['cycle_id', 'unit_code'],
  self_mark: ['cycle_id', 'unit_code', 'indicator_code'],
  evidence: ['cycle_id', 'id'],
  sealed_result: ['cycle_id', 'version'],
  public_notice: ['cycle_id'],
} as const satisfies { [Table in keyof Tables]?: readonly (keyof Tables[Table])[] }

export type CountedTable = keyof typeof ROW_KEYS

export const COUNTED_TABLES = Object.keys(ROW_KEYS).filter(isCounted)

function isCounted(table: string): table is CountedTable {
  return table in ROW_KEYS
}

/** A row in the ledger: its table, its key, and its digest; null if it is gone. `*`: a whole cycle. */
export type RowDigest = readonly [table: CountedTable | '*', key: string, digest: string | null]

/** Not digested: it rises with every write to the cycle, whatever the write was. */
const UNCOUNTED_COLUMNS: readonly string[] = ['revision']

/** Base64url SHA-256 over the row's columns that are not null: a new empty column changes nothing. */
export function rowDigest(row: object): string {
  const said = Object.entries(row).filter(
    ([column, value]) =>
      value !== null && value !== undefined && !UNCOUNTED_COLUMNS.includes(column),
  )
  return createHash('sha256')
    .update(canonicalJson(Object.fromEntries(said)))
    .digest('base64url')
}

/** What names a row, as one text. */
export function rowKey(table: CountedTable, row: object): string {
  const columns = new Map<string, unknown>(Object.entries(row))
  return JSON.stringify(ROW_KEYS[table].map((column) => columns.get(column)))
}

const noted = new WeakMap<Trx, Map<string, RowDigest>>()

/** Notes rows as they are after a write, for the next audit entry of the transaction. */
export function noteRows(trx: Trx, table: CountedTable, rows: readonly object[]): void {
  for (const row of rows) note(trx, [table, rowKey(table, row), rowDigest(row)])
}

/** Adds rows, in portions that one statement can take, and notes them. */
export async function insertRows<Table extends CountedTable>(
  trx: Trx,
  table: Table,
  rows: readonly InsertObject<Tables, Table>[],
): Promise<void> {
  for (const some of portions(rows)) await trx.insertInto(table).values(some).execute()
  noteRows(trx, table, rows)
}

/** Notes that rows are gone. */
export function noteGone(trx: Trx, table: CountedTable, rows: readonly object[]): void {
  for (const row of rows) note(trx, [table, rowKey(table, row), null])
}

/** Notes that everything of a cycle is gone. */
export function noteCycleGone(trx: Trx, cycleId: string): void {
  note(trx, ['*', JSON.stringify([cycleId]), null])
}

function note(trx: Trx, digest: RowDigest): void {
  const notes = noted.get(trx) ?? new Map<string, RowDigest>()
  noted.set(trx, notes)
  const name = `${digest[0]} ${digest[1]}`
  // What was written last stands last.
  notes.delete(name)
  notes.set(name, digest)
}

/** What was noted since the last entry of the transaction, for this one. */
export function takeNotes(trx: Trx): RowDigest[] {
  const notes = noted.get(trx)
  noted.delete(trx)
  return notes ? [...notes.values()] : []
}
