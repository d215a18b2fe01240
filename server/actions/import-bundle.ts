import { v7 as uuid } from 'uuid'
import type { Actor } from '../domain/actor.ts'
import type { Bundle } from '../domain/bundle.ts'
import { check } from '../domain/check-bundle.ts'
import type { Stage } from '../domain/stage.ts'
import { FaultyEntries } from '../errors.ts'
import { recordAudit } from '../store/audit.ts'
import { storeBundle } from '../store/bundle.ts'
import { addCycle } from '../store/cycles.ts'
import type { Database } from '../store/database.ts'
import { fingerprint } from '../store/fingerprint.ts'
import { unkeptFaults } from '../store/keepable.ts'
import { keepScheme } from '../store/schemes.ts'
import { addToRoster } from '../store/units.ts'
import { assertRole } from './entry-place.ts'

export interface ImportBundle {
  /** as `JSON.parse` gives it */
  bundle: unknown
  /** the cycle's name; the scheme's if absent */
  name?: string
  /** the stage from which units see their own result; `published` if absent */
  visibleFrom?: Stage
  actor: Actor
  at: string
}

/**
 * Makes a bundle (考核数据包) a cycle of its own, with its scheme, its units and everything entered.
 *
 * @returns the cycle's id
 * @throws {FaultyEntries} with every fault of the bundle; then nothing is kept
 */
export async function importBundle(
  db: Database,
  { bundle: given, name, visibleFrom = 'published', actor, at }: ImportBundle,
): Promise<string> {
  assertRole(actor, ['organiser'])
  const bundle = soundBundle(given)
  const stamp = { at, by: actor.accountId }
  const cycleId = uuid()
  await db.transaction().execute(async (trx) => {
    await addToRoster(trx, bundle.units, at)
    const { scheme } = bundle
    const schemeVersion = await keepScheme(trx, scheme, stamp)
    await addCycle(trx, {
      id: cycleId,
      name: name ?? scheme.name,
      year: scheme.year ?? Number(at.slice(0, 4)),
      schemeCode: scheme.code,
      schemeVersion,
      stage: 'scoring',
      visibleFrom,
      rehearsal: false,
      revision: 1,
      createdAt: at,
      publishedAt: null,
      startedFrom: null,
    })
    await storeBundle(trx, cycleId, bundle, stamp)
    await recordAudit(trx, {
      at,
      actor,
      action: 'bundle.import',
      cycleId,
      subject: name ?? scheme.name,
      detail: { scheme: scheme.code, version: schemeVersion, ...sizes(bundle) },
    })
  })
  return cycleId
}

function soundBundle(given: unknown): Bundle {
  const faults = check(given)
  if (faults.length > 0) throw new FaultyEntries(faults)
  // `check` found its shape sound.
  const bundle = given as Bundle
  const unkept = unkeptFaults(bundle)
  if (unkept.length > 0) throw new FaultyEntries(unkept)
  return bundle
}

/** What the bundle held, for the ledger. */
function sizes(bundle: Bundle): Record<string, number | string> {
  return {
    units: bundle.units.length,
    assessors: bundle.assessors?.length ?? 0,
    marks: bundle.marks?.length ?? 0,
    values: bundle.values?.length ?? 0,
    tallies: bundle.tallies?.length ?? 0,
    events: bundle.events?.length ?? 0,
    vetoes: bundle.vetoes?.length ?? 0,
    adjustments: bundle.adjustments?.length ?? 0,
    fingerprint: fingerprint(bundle),
  }
}
