/** Brings a database to the schema of this program. */

import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { sql } from 'kysely'
import { type Migration, Migrator } from 'kysely/migration'
import { beginChain } from './begin-chain.ts'
import type { Database } from './database.ts'

const FOLDER = join(import.meta.dirname, '..', '..', 'migrations')

/** The database was written by a newer program, whose tables this one does not know. */
export class NewerSchema extends Error {
  constructor(unknown: readonly string[]) {
    super(
      `数据库由更新版本的程序建立（含本程序不认识的结构变更：${unknown.join('、')}）。` +
        '请换用该版本或更新版本的程序，或从升级前的备份恢复。',
    )
    this.name = 'NewerSchema'
  }
}

/**
 * Runs every migration that has not run yet, all in one transaction. Two programs that start at once
 * wait for each other. What an older program
 * wrote into the ledger of writes is chained.
 *
 * @param folder where the migrations lie
 * @throws {NewerSchema} if the database is ahead of this program
 */
export async function migrateToLatest(db: Database, folder = FOLDER): Promise<void> {
  const migrations = await migrationsIn(folder)
  const unknown = (await executedNames(db)).filter((name) => !(name in migrations))
  if (unknown.length > 0) throw new NewerSchema(unknown)
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } })
  const { error } = await migrator.migrateToLatest()
  if (error) throw error
  if (folder === FOLDER) await beginChain(db, new Date().toISOString())
}

async function migrationsIn(folder: string): Promise<Record<string, Migration>> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.ts')).sort()
  const modules = files.map(async (file) => {
    const migration: Migration = await import(pathToFileURL(join(folder, file)).href)
    return [file.slice(0, -'.ts'.length), migration] as const
  })
  return Object.fromEntries(await Promise.all(modules))
}

async function executedNames(db: Database): Promise<string[]> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true })
  if (!tables.some((table) => table.name === 'kysely_migration')) return []
  const { rows } = await sql<{ name: string }>`
    select name from kysely_migration order by name
  `.execute(db)
  return rows.map((row) => row.name)
}
