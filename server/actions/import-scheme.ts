import type { Actor } from '../domain/actor.ts'
import { check } from '../domain/check-bundle.ts'
import type { Fault } from '../domain/fault.ts'
import type { Scheme } from '../domain/scheme.ts'
import { FaultyEntries } from '../errors.ts'
import { recordAudit } from '../store/audit.ts'
import type { Database } from '../store/database.ts'
import { fingerprint } from '../store/fingerprint.ts'
import { unkeptFaults } from '../store/keepable.ts'
import { findScheme, keepScheme } from '../store/schemes.ts'
import { assertRole } from './entry-place.ts'

export interface ImportScheme {
  /** as `JSON.parse` gives it */
  scheme: unknown
  actor: Actor
  at: string
}

/**
 * Keeps a scheme as the latest version of its code. Cycles keep the version they were opened with.
 *
 * @returns the version it has now, and whether it is a new one: the same scheme again is not
 * @throws {FaultyEntries} with every fault, at JSON pointers from the scheme; then nothing is kept
 */
export async function importScheme(
  db: Database,
  { scheme: given, actor, at }: ImportScheme,
): Promise<{ code: string; version: number; isNew: boolean }> {
  assertRole(actor, ['organiser'])
  const scheme = soundScheme(given)
  return db.transaction().execute(async (trx) => {
    const { code, name } = scheme
    const latest = await findScheme(trx, code)
    const version = await keepScheme(trx, scheme, { at, by: actor.accountId })
    const isNew = version !== latest?.version
    if (!isNew) return { code, version, isNew }
    await recordAudit(trx, {
      at,
      actor,
      action: 'scheme.import',
      subject: name,
      detail: { scheme: code, version, fingerprint: fingerprint(scheme) },
    })
    return { code, version, isNew }
  })
}

function soundScheme(given: unknown): Scheme {
  const bundle = { scheme: given, units: [] }
  const faults = check(bundle)
  // A scheme stands without units; they come with a cycle.
  if (faults.length > 0) throw new FaultyEntries(faults.map(fromScheme))
  // `check` found its shape sound.
  const scheme = given as Scheme
  const unkept = unkeptFaults({ scheme, units: [] })
  if (unkept.length > 0) throw new FaultyEntries(unkept.map(fromScheme))
  return scheme
}

function fromScheme(fault: Fault): Fault {
  return { ...fault, path: fault.path.replace(/^\/scheme/, '') }
}
