/** Opens the database that a URL names. The only file that knows which one it is; a SQLite file is run by file-driver.ts. */

import { mkdirSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import SqliteDatabase from 'better-sqlite3'
import {
  type Dialect,
  Kysely,
  PostgresDialect,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  sql,
  type Transaction,
} from 'kysely'
import pg from 'pg'
import { DatabaseUnavailable } from './database-unavailable.ts'
import { FileDriver } from './file-driver.ts'
import type { Tables } from './schema.ts'

export type Database = Kysely<Tables>

/** What a write needs: it can only be had inside `db.transaction()`. */
export type Trx = Transaction<Tables>

/**
 * Opens the database and asks it once, so that a wrong address is told at the start.
 *
 * @param url `sqlite:data/hengjian.db`, `sqlite::memory:` or `postgres://user@host/name`
 * @throws {RangeError} if the URL names neither
 * @throws {DatabaseUnavailable} if it cannot be opened
 */
export async function openDatabase(url: string): Promise<Database> {
  assertNamed(url)
  try {
    const db = new Kysely<Tables>({ dialect: dialectOf(url) })
    await sql`select 1`.execute(db)
    return db
  } catch (error) {
    throw new DatabaseUnavailable(url, error)
  }
}

function assertNamed(url: string): void {
  if (/^(sqlite:|postgres(ql)?:\/\/)/.test(url)) return
  throw new RangeError('DATABASE_URL 应以 sqlite: 或 postgres:// 开头。')
}

function dialectOf(url: string): Dialect {
  if (url.startsWith('sqlite:')) return new FileDialect(url.slice('sqlite:'.length))
  return new PostgresDialect({ pool: openPool(url) })
}

function openFile(path: string): SqliteDatabase.Database {
  if (path !== ':memory:') mkdirSync(dirname(resolve(path)), { recursive: true })
  const file = new SqliteDatabase(path)
  file.pragma('journal_mode = WAL')
  file.pragma('synchronous = FULL')
  file.pragma('foreign_keys = ON')
  file.pragma('busy_timeout = 5000')
  return file
}

/** SQLite, with transactions that two processes (a server and a command) can hold safely. */
class FileDialect implements Dialect {
  readonly #path: string

  constructor(path: string) {
    this.#path = path
  }

  createDriver() {
    const writing = openFile(this.#path)
    // What is in memory is seen through the connection that made it, and no other.
    return new FileDriver(writing, this.#path === ':memory:' ? null : openFile(this.#path))
  }

  createAdapter() {
    return new FileAdapter()
  }

  createQueryCompiler() {
    return new SqliteQueryCompiler()
  }

  createIntrospector(db: Kysely<unknown>) {
    return new SqliteIntrospector(db)
  }
}

class FileAdapter extends SqliteAdapter {
  /** Its driver sees to it who goes on. */
  override get supportsMultipleConnections() {
    return true
  }

  /** SQLite can undo a half-made table, so a migration that fails leaves nothing behind. */
  override get supportsTransactionalDdl() {
    return true
  }
}

const INT8 = 20

function openPool(url: string): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    types: {
      getTypeParser: (oid: number, format?: 'text' | 'binary') =>
        oid === INT8 ? readWhole : pg.types.getTypeParser(oid, format),
    },
  })
  // The pool has already dropped the connection and opens another when it is needed; without a
  // listener the event would end the process.
  pool.on('error', () => {})
  return pool
}

/** PostgreSQL sends bigint and count(*) as text. */
function readWhole(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new RangeError(`bigint too large to be exact: ${text}`)
  return value
}
