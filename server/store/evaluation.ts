/** Evaluated cycles, kept in memory until the cycle changes. */

import type { CanonicalBundle } from '../domain/canonical-bundle.ts'
import type { DutyRoster } from '../domain/duty-roster.ts'
import { type Evaluation, evaluate } from '../domain/evaluate.ts'
import { hasReached } from '../domain/stage.ts'
import { dutyRoster } from './assignments.ts'
import { cycleWithBundle } from './bundle.ts'
import { stageDates } from './cycle-stages.ts'
import { type Cycle, cycleRevision } from './cycles.ts'
import type { Database } from './database.ts'
import { findSealedResult, isSealOf, type Seal, type SealedResult } from './sealed-results.ts'

export interface EvaluatedCycle {
  cycle: Cycle
  /** the day on which its stage is to end, as planned; null if none is */
  endsOn: string | null
  bundle: CanonicalBundle
  /** who marks what by name, and declared ties */
  roster: DutyRoster
  evaluation: Evaluation
  /** the version that counts from the notice on, and whether this engine still comes to it */
  seal: (Seal & { fits: boolean }) | null
}

interface Kept {
  revision: number
  evaluated: Promise<EvaluatedCycle>
}

/** Those looked at last; a ministry has few cycles open at a time. */
const KEPT_CYCLES = 8

const kept = new WeakMap<Database, Map<string, Kept>>()

/**
 * A cycle with its bundle and result, right as of now: every write raises the cycle's revision, and
 * what is kept counts only for the revision it was read at. Callers must not change what they get.
 *
 * @throws {RangeError} if there is no such cycle; look it up before
 */
export async function evaluatedCycle(db: Database, cycleId: string): Promise<EvaluatedCycle> {
  const revision = await cycleRevision(db, cycleId)
  if (revision === undefined) throw new RangeError(`no cycle ${cycleId}`)
  const cycles = kept.get(db) ?? new Map<string, Kept>()
  kept.set(db, cycles)
  const known = cycles.get(cycleId)
  cycles.delete(cycleId)
  const current = known?.revision === revision ? known : { revision, evaluated: load(db, cycleId) }
  cycles.set(cycleId, current)
  // A Map keeps the order of insertion: the first is the one not looked at for longest.
  if (cycles.size > KEPT_CYCLES) cycles.delete(cycles.keys().next().value ?? '')
  try {
    return await current.evaluated
  } catch (error) {
    if (cycles.get(cycleId) === current) cycles.delete(cycleId)
    throw error
  }
}

async function load(db: Database, cycleId: string): Promise<EvaluatedCycle> {
  const live = await cycleWithBundle(db, cycleId)
  const { cycle } = live
  // From the notice on the result is the one that was decided, whatever the entries say.
  const sealed = hasReached(cycle.stage, 'notice') ? await findSealedResult(db, cycleId) : undefined
  const bundle = sealed?.bundle ?? live.bundle
  const dates = await stageDates(db, cycleId)
  const endsOn = dates.find(({ stage }) => stage === cycle.stage)?.endsOn ?? null
  const roster = await dutyRoster(db, cycleId)
  const found = { cycle, endsOn, bundle, roster, evaluation: evaluate(bundle), seal: null }
  return sealed ? underSeal(found, sealed) : found
}

/** The result stays as it was sealed, also where a later engine would come to another. */
function underSeal(found: EvaluatedCycle, sealed: SealedResult): EvaluatedCycle {
  const { bundle, result, ...seal } = sealed
  const fits = isSealOf(sealed, bundle, found.evaluation.result)
  return { ...found, evaluation: { ...found.evaluation, result }, seal: { ...seal, fits } }
}
