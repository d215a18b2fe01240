/** Schemes (评价体系), each kept whole in numbered versions that never change. */

import type { Scheme } from '../domain/scheme.ts'
import type { Stamp } from './columns.ts'
import type { Cycle } from './cycles.ts'
import type { Database, Trx } from './database.ts'
import { insertRows } from './row-ledger.ts'

export interface StoredScheme {
  code: string
  version: number
  name: string
  scheme: Scheme
  createdAt: string
}

/** The latest version of every scheme, by code. */
export async function latestSchemes(db: Database): Promise<StoredScheme[]> {
  const rows = await versions(db).orderBy('code').orderBy('version').execute()
  return [...new Map(rows.map((row) => [row.code, row])).values()].map(storedScheme)
}

/** One version of a scheme, the latest if none is named. */
export async function findScheme(
  db: Database,
  code: string,
  version?: number,
): Promise<StoredScheme | undefined> {
  let query = versions(db).where('code', '=', code)
  if (version !== undefined) query = query.where('version', '=', version)
  const row = await query.orderBy('version', 'desc').limit(1).executeTakeFirst()
  return row && storedScheme(row)
}

const ofCycles = new Map<string, StoredScheme>()

/**
 * The scheme of a cycle, read once: a version never changes, and none that a cycle points to is taken
 * away. A cycle that was never kept gives its id to no other, so what is remembered holds also where a
 * transaction fails.
 */
export async function cycleScheme(
  db: Database,
  { id, schemeCode, schemeVersion }: Pick<Cycle, 'id' | 'schemeCode' | 'schemeVersion'>,
): Promise<StoredScheme | undefined> {
  const key = `${id} ${schemeVersion} ${schemeCode}`
  const stored = ofCycles.get(key) ?? (await findScheme(db, schemeCode, schemeVersion))
  if (stored && ofCycles.size >= KEPT_SCHEMES) ofCycles.clear()
  if (stored) ofCycles.set(key, stored)
  return stored
}

/** Every version of a scheme, the latest first. */
export async function schemeVersions(db: Database, code: string): Promise<StoredScheme[]> {
  const rows = await versions(db).where('code', '=', code).orderBy('version', 'desc').execute()
  return rows.map(storedScheme)
}

/** Keeps a scheme as its latest version, unless that already is the same. @returns the version */
export async function keepScheme(trx: Trx, scheme: Scheme, { at, by }: Stamp): Promise<number> {
  const latest = await versions(trx)
    .where('code', '=', scheme.code)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst()
  const body = JSON.stringify(scheme)
  if (latest?.body === body) return latest.version
  const version = (latest?.version ?? 0) + 1
  const { code, name } = scheme
  const row = { code, version, name, body, created_at: at, created_by: by }
  await insertRows(trx, 'scheme', [row])
  return version
}

function versions(db: Database) {
  return db.selectFrom('scheme').select(['code', 'version', 'name', 'body', 'created_at'])
}

interface SchemeVersion {
  code: string
  version: number
  name: string
  body: string
  created_at: string
}

function storedScheme({ code, version, name, body, created_at }: SchemeVersion): StoredScheme {
  return { code, version, name, scheme: parsed(body), createdAt: created_at }
}

/** How many schemes stay parsed; few are in use at a time. */
const KEPT_SCHEMES = 16

const kept = new Map<string, Scheme>()

/** The scheme a text says, parsed once: saving one score asks for it several times. Nobody changes it. */
function parsed(body: string): Scheme {
  const known = kept.get(body)
  if (known) return known
  if (kept.size >= KEPT_SCHEMES) kept.clear()
  const scheme: Scheme = JSON.parse(body)
  kept.set(body, scheme)
  return scheme
}
