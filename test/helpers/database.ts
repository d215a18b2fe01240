/** Databases for tests: real ones, empty, of both kinds, one of each kind per test file. */

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import tap, { type Test } from 'tap'
import { v7 } from 'uuid'
import { ledgerFaultText } from '../../server/domain/ledger-fault.ts'
import { type Database, openDatabase } from '../../server/store/database.ts'
import { TABLES_OF_CYCLE } from '../../server/store/delete-cycle.ts'
import { migrateToLatest } from '../../server/store/migrator.ts'
import type { Tables } from '../../server/store/schema.ts'
import { verifyLedger } from '../../server/store/verify-ledger.ts'
import { postgresUrl } from './postgres.ts'

export const DATABASE_KINDS = ['SQLite', 'PostgreSQL'] as const

export type DatabaseKind = (typeof DATABASE_KINDS)[number]

/** Children before parents. */
const TABLES: readonly (keyof Tables)[] = [
  ...TABLES_OF_CYCLE,
  'evidence_file',
  'cycle',
  'unit',
  'scheme',
  'session',
  'sign_in_failure',
  'account_role',
  'account',
  'audit_entry',
  'audit_day',
  'setting',
]

/**
 * Runs a test twice, on an empty SQLite file and on an empty PostgreSQL database.
 *
 * @param run gets the subtest, the migrated database, and which of the two it is
 */
export async function onEachDatabase(
  t: Test,
  name: string,
  run: (t: Test, db: Database, kind: DatabaseKind) => Promise<void>,
): Promise<void> {
  for (const kind of DATABASE_KINDS) {
    await t.test(`${name} (${kind})`, async (t) => run(t, await emptyDatabase(kind), kind))
  }
}

const opened = new Map<DatabaseKind, Promise<Database>>()

/** This test file's database of one kind, migrated and empty. Closed and dropped when the file ends. */
export async function emptyDatabase(kind: DatabaseKind = 'SQLite'): Promise<Database> {
  const known = opened.get(kind)
  const opening = known ?? openMigrated(kind)
  opened.set(kind, opening)
  const db = await opening
  if (known) {
    await assertFits(db)
    await empty(db)
  }
  return db
}

const writtenPast = new WeakSet<Database>()

/** For a test that writes past the program until the next `emptyDatabase`: its rows fit no entry. */
export function writingPast(db: Database): Database {
  writtenPast.add(db)
  return db
}

/** Every write noted its rows for the ledger of writes: what a test leaves behind fits its entries. */
async function assertFits(db: Database): Promise<void> {
  const past = writtenPast.delete(db)
  if (past) return
  const [fault] = (await verifyLedger(db)).faults
  if (fault)
    throw new Error(`the test before left a ledger that does not fit: ${ledgerFaultText(fault)}`)
}

const urls = new WeakMap<Database, string>()

/** Where a database of `emptyDatabase` lies, for what opens a connection of its own. */
export function urlOf(db: Database): string {
  return urls.get(db) ?? ''
}

async function openMigrated(kind: DatabaseKind): Promise<Database> {
  const url = await newDatabaseUrl(kind)
  const db = await openDatabase(url)
  urls.set(db, url)
  tap.teardown(async () => {
    await assertFits(db)
    await db.destroy()
  })
  await migrateToLatest(db)
  const known: readonly string[] = [...TABLES, 'sequence']
  for (const { name } of await db.introspection.getTables()) {
    if (!known.includes(name))
      throw new Error(`add the table ${name} to TABLES in ${import.meta.url}`)
  }
  return db
}

async function empty(db: Database): Promise<void> {
  await db.transaction().execute(async (trx) => {
    for (const table of TABLES) await trx.deleteFrom(table).execute()
    await trx.updateTable('sequence').set({ last: 0 }).execute()
  })
}

/** The URL of a new database without tables, removed when the test file ends. */
export async function newDatabaseUrl(kind: DatabaseKind): Promise<string> {
  return kind === 'SQLite' ? newFile() : newPostgresDatabase()
}

function newFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'hengjian-test-'))
  tap.teardown(() => rmSync(folder, { recursive: true, force: true }))
  return `sqlite:${join(folder, 'test.db')}`
}

async function newPostgresDatabase(): Promise<string> {
  const server = await postgresUrl()
  const name = `hengjian_test_${v7().replaceAll('-', '')}`
  await asServer(server, sql`create database ${sql.id(name)} template template0`)
  tap.teardown(() => asServer(server, sql`drop database if exists ${sql.id(name)} with (force)`))
  const [address, options] = server.split('?')
  return `${address?.replace(/\/[^/]*$/, '')}/${name}${options ? `?${options}` : ''}`
}

async function asServer(url: string, statement: ReturnType<typeof sql>): Promise<void> {
  const db = await openDatabase(url)
  try {
    await statement.execute(db)
  } finally {
    await db.destroy()
  }
}
