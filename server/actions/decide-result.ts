import type { Actor } from '../domain/actor.ts'
import { ENGINE_VERSION, evaluate } from '../domain/evaluate.ts'
import { resultChanges, standingOf } from '../domain/result-changes.ts'
import {
  cycleChangedMeanwhile,
  cycleNotFound,
  erratumUnexplained,
  resultNotDecidable,
  resultSealedAlready,
} from '../errors.ts'
import { recordAudit } from '../store/audit.ts'
import { readCycle } from '../store/bundle.ts'
import { type Cycle, lockCycle } from '../store/cycles.ts'
import type { Database, Trx } from '../store/database.ts'
import { findSealedResult, insertSeal, isSealOf, type Seal } from '../store/sealed-results.ts'
import { assertRole, typedText } from './entry-place.ts'
import { assertConfirmed } from './open-decision.ts'

export interface DecideResult {
  cycleId: string
  /** the cycle's revision that was looked at: nobody decides what changed unseen */
  revision?: number
  /** why it is decided anew, and who was told; both needed where a unit's standing changes */
  reason?: string | undefined
  told?: string | undefined
  actor: Actor
  at: string
}

/**
 * Decides a cycle's result (审定): seals it as it is now, as the next version. A version that changes
 * another carries an erratum: each unit whose total, rank or grade changed, before and after.
 *
 * @returns the version
 * @throws {AppError} if the actor may not, the cycle is not at its decision, it changed since it was looked
 *   at, it is sealed as it is, decisions wait for a second person, or an erratum lacks its reason or who was
 *   told
 */
export async function decideResult(
  db: Database,
  { cycleId, revision, reason, told, actor, at }: DecideResult,
): Promise<Seal> {
  assertRole(actor, ['organiser'])
  return db.transaction().execute(async (trx) => {
    const cycle = await lockCycle(trx, cycleId)
    if (!cycle) throw cycleNotFound(cycleId)
    if (cycle.stage !== 'decided') throw resultNotDecidable(cycle.name)
    if (revision !== undefined && cycle.revision !== revision + 1) {
      throw cycleChangedMeanwhile(cycle.name, '没有审定')
    }
    const seal = await sealAsIs(trx, cycle, { reason, told, actor, at })
    if (!seal) throw resultSealedAlready(cycle.name)
    return seal
  })
}

/**
 * Seals a cycle's result inside a transaction that holds the cycle.
 *
 * @returns the new version; undefined if the newest one says the same
 * @throws {AppError} if decisions wait for a second person, or an erratum lacks its reason or who was told
 */
export async function sealAsIs(
  trx: Trx,
  cycle: Cycle,
  given: Pick<DecideResult, 'reason' | 'told' | 'actor' | 'at'>,
): Promise<Seal | undefined> {
  const { bundle } = await readCycle(trx, cycle.id)
  const names = new Map(bundle.units.map(({ code, name }) => [code, name]))
  await assertConfirmed(trx, cycle, bundle.units)
  const { result } = evaluate(bundle)
  const previous = await findSealedResult(trx, cycle.id)
  if (previous && isSealOf(previous, bundle, result)) return undefined
  const erratum = (previous ? resultChanges(previous.result, result) : []).map((change) => {
    const { unit, before, after } = change
    const name = names.get(unit) ?? unit
    return { unit, name, before: standingOf(before), after: standingOf(after) }
  })
  const [reason, told] = [typedText(given.reason) ?? null, typedText(given.told) ?? null]
  if (erratum.length > 0 && (reason === null || told === null)) throw erratumUnexplained(erratum)
  const { actor, at } = given
  const seal = await insertSeal(
    trx,
    { cycle, engine: ENGINE_VERSION, bundle, result, previous, reason, told, erratum },
    { at, by: actor.accountId },
  )
  await recordAudit(trx, {
    at,
    actor,
    action: previous ? 'seal.correct' : 'seal.make',
    cycleId: cycle.id,
    subject: cycle.name,
    detail: {
      ...{ version: seal.version, fingerprint: seal.sha256, corrected: erratum.length },
      ...(reason === null ? {} : { reason }),
      ...(told === null ? {} : { told }),
    },
  })
  return seal
}
