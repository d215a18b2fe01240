/** Results as they were decided (封存), one version after the other. */

import { createHash } from 'node:crypto'
import type { CanonicalBundle } from '../domain/canonical-bundle.ts'
import type { Result } from '../domain/result.ts'
import type { Standing } from '../domain/result-changes.ts'
import type { Stamp } from './columns.ts'
import type { Cycle } from './cycles.ts'
import type { Database, Trx } from './database.ts'
import { canonicalJson } from './fingerprint.ts'
import { insertRows } from './row-ledger.ts'
import type { SealedResultRow } from './schema.ts'

/** A unit whose standing a new version changed. */
export interface ErratumLine {
  unit: string
  name: string
  before: Standing
  after: Standing
}

/** A version without the entries and the result themselves. */
export interface Seal {
  cycleId: string
  version: number
  sealedAt: string
  /** the account */
  sealedBy: string
  schemeCode: string
  schemeVersion: number
  engine: string
  reason: string | null
  told: string | null
  erratum: readonly ErratumLine[]
  /** hex */
  sha256: string
}

/** A whole version. */
export interface SealedResult extends Seal {
  bundle: CanonicalBundle
  result: Result
}

/** Every version of a cycle, the newest first. */
export async function cycleSeals(db: Database, cycleId: string): Promise<Seal[]> {
  const rows = await db
    .selectFrom('sealed_result')
    .where('cycle_id', '=', cycleId)
    .select([
      ...(['cycle_id', 'version', 'sealed_at', 'sealed_by', 'scheme_code'] as const),
      ...(['scheme_version', 'engine', 'reason', 'told', 'erratum', 'sha256'] as const),
    ])
    .orderBy('version', 'desc')
    .execute()
  return rows.map(sealOf)
}

/** The newest version, whole. @param version an older one */
export async function findSealedResult(
  db: Database,
  cycleId: string,
  version?: number,
): Promise<SealedResult | undefined> {
  let query = db.selectFrom('sealed_result').where('cycle_id', '=', cycleId)
  if (version !== undefined) query = query.where('version', '=', version)
  const row = await query.selectAll().orderBy('version', 'desc').limit(1).executeTakeFirst()
  return row && { ...sealOf(row), bundle: JSON.parse(row.bundle), result: JSON.parse(row.result) }
}

export interface NewSeal {
  cycle: Cycle
  engine: string
  bundle: CanonicalBundle
  result: Result
  previous: Seal | undefined
  reason: string | null
  told: string | null
  erratum: readonly ErratumLine[]
}

/** Adds the next version. @returns it */
export async function insertSeal(trx: Trx, seal: NewSeal, { at, by }: Stamp): Promise<Seal> {
  const { cycle, engine, bundle, result, previous, reason, told, erratum } = seal
  const content = {
    cycle_id: cycle.id,
    version: (previous?.version ?? 0) + 1,
    sealed_at: at,
    scheme_code: cycle.schemeCode,
    scheme_version: cycle.schemeVersion,
    engine,
    bundle: canonicalJson(bundle),
    result: canonicalJson(result),
    reason,
    told,
    erratum: erratum.length === 0 ? null : canonicalJson(erratum),
    previous_sha256: previous?.sha256 ?? null,
  }
  const row = { ...content, sealed_by: by, sha256: sealHash(content) }
  await insertRows(trx, 'sealed_result', [row])
  return sealOf(row)
}

/** Whether a version holds just these entries and this result. */
export function isSealOf(
  sealed: Pick<SealedResult, 'bundle' | 'result'>,
  bundle: CanonicalBundle,
  result: Result,
): boolean {
  return (
    canonicalJson(sealed.bundle) === canonicalJson(bundle) &&
    canonicalJson(sealed.result) === canonicalJson(result)
  )
}

/** A version's fingerprint: hex SHA-256 over the canonical JSON of everything it says. */
export function sealHash(content: Omit<SealedResultRow, 'sealed_by' | 'sha256'>): string {
  const { cycle_id, version, sealed_at, scheme_code, scheme_version, engine } = content
  const { bundle, result, reason, told, erratum, previous_sha256 } = content
  const said = {
    ...{ cycle_id, version, sealed_at, scheme_code, scheme_version, engine },
    ...{ bundle, result, reason, told, erratum, previous_sha256 },
  }
  return createHash('sha256').update(canonicalJson(said)).digest('hex')
}

function sealOf(row: Omit<SealedResultRow, 'bundle' | 'result' | 'previous_sha256'>): Seal {
  return {
    cycleId: row.cycle_id,
    version: row.version,
    sealedAt: row.sealed_at,
    sealedBy: row.sealed_by,
    schemeCode: row.scheme_code,
    schemeVersion: row.scheme_version,
    engine: row.engine,
    reason: row.reason,
    told: row.told,
    erratum: row.erratum === null ? [] : JSON.parse(row.erratum),
    sha256: row.sha256,
  }
}
