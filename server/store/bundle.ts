/** A cycle as one document, in and out. */

import type { Bundle } from '../domain/bundle.ts'
import { type CanonicalBundle, methodTypes } from '../domain/canonical-bundle.ts'
import { cycleAssessors, insertAssessors } from './assessors.ts'
import type { Stamp } from './columns.ts'
import { cycleUnits, insertCycleUnits } from './cycle-units.ts'
import { type Cycle, findCycle } from './cycles.ts'
import type { Database, Trx } from './database.ts'
import { cycleAdjustments, cycleVetoes, insertAdjustments, insertVetoes } from './decisions.ts'
import { insertEvents, standingEvents } from './events.ts'
import { cycleMarks, insertMarks } from './marks.ts'
import { findScheme } from './schemes.ts'
import { cycleTallies, insertTallies, plainTally } from './tallies.ts'
import { cycleValues, insertValues, plainValue } from './values.ts'

/**
 * Puts everything a bundle says, apart from its scheme, into a cycle that is still empty.
 *
 * @param bundle one that `check` finds sound and `unkeptFaults` finds keepable
 */
export async function storeBundle(
  trx: Trx,
  cycleId: string,
  bundle: Bundle,
  stamp: Stamp,
): Promise<void> {
  await insertCycleUnits(trx, cycleId, bundle.units)
  await insertAssessors(trx, cycleId, bundle.assessors ?? [])
  const methods = methodTypes(bundle.scheme)
  await insertMarks(trx, cycleId, bundle.marks ?? [], methods, stamp)
  await insertValues(trx, cycleId, bundle.values ?? [], stamp)
  await insertTallies(trx, cycleId, bundle.tallies ?? [], stamp)
  await insertEvents(trx, cycleId, bundle.events ?? [], stamp)
  await insertVetoes(trx, cycleId, bundle.vetoes ?? [], stamp)
  await insertAdjustments(trx, cycleId, bundle.adjustments ?? [], stamp)
}

/**
 * A whole cycle as a bundle: lists in the order entered, numbers as the shortest text, what was
 * corrected, withdrawn or lifted left out.
 *
 * @throws {RangeError} if there is no such cycle; look it up before
 */
export async function cycleBundle(db: Database, cycleId: string): Promise<CanonicalBundle> {
  return (await cycleWithBundle(db, cycleId)).bundle
}

/** A cycle and its bundle as they were at one moment, whatever is written meanwhile. */
export async function cycleWithBundle(
  db: Database,
  cycleId: string,
): Promise<{ cycle: Cycle; bundle: CanonicalBundle }> {
  const snapshot = db.transaction().setIsolationLevel('repeatable read').setAccessMode('read only')
  return snapshot.execute((trx) => readCycle(trx, cycleId))
}

/** The same inside a transaction that holds the cycle already. */
export async function readCycle(
  trx: Trx,
  cycleId: string,
): Promise<{ cycle: Cycle; bundle: CanonicalBundle }> {
  const cycle = await findCycle(trx, cycleId)
  const stored = cycle && (await findScheme(trx, cycle.schemeCode, cycle.schemeVersion))
  if (!cycle || !stored) throw new RangeError(`no cycle ${cycleId}`)
  const bundle = {
    scheme: stored.scheme,
    units: await cycleUnits(trx, cycleId),
    assessors: await cycleAssessors(trx, cycleId),
    marks: await cycleMarks(trx, cycleId),
    values: (await cycleValues(trx, cycleId)).map(plainValue),
    tallies: (await cycleTallies(trx, cycleId)).map(plainTally),
    events: await standingEvents(trx, cycleId),
    vetoes: (await cycleVetoes(trx, cycleId)).map(({ decision }) => decision),
    adjustments: (await cycleAdjustments(trx, cycleId)).map(({ decision }) => decision),
  }
  return { cycle, bundle }
}
