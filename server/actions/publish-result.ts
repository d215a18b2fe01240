import type { Actor } from '../domain/actor.ts'
import { evaluate } from '../domain/evaluate.ts'
import { cycleChangedMeanwhile, cycleClosed, cycleNotFound } from '../errors.ts'
import { recordAudit } from '../store/audit.ts'
import { readCycle } from '../store/bundle.ts'
import { findCycle, markPublished } from '../store/cycles.ts'
import type { Database } from '../store/database.ts'
import { fingerprint } from '../store/fingerprint.ts'
import { sealAsIs } from './decide-result.ts'
import { assertRole } from './entry-place.ts'

export interface PublishResult {
  cycleId: string
  /** the cycle's revision that was looked at: what changed since is not published unseen */
  revision?: number
  actor: Actor
  at: string
}

/**
 * Publishes a cycle's result: from then on nothing in the cycle changes. A result that was not decided as
 * it is now is sealed with it; the ledger keeps its fingerprint.
 *
 * @throws {AppError} if the actor may not, there is no such cycle, it is published already,
 *   it changed since it was looked at, or it changes what was decided before
 */
export async function publishResult(
  db: Database,
  { cycleId, revision, actor, at }: PublishResult,
): Promise<void> {
  assertRole(actor, ['organiser'])
  await db.transaction().execute(async (trx) => {
    const published = await markPublished(trx, cycleId, at)
    if (!published) {
      const closed = await findCycle(trx, cycleId)
      throw closed ? cycleClosed(closed.name) : cycleNotFound(cycleId)
    }
    if (revision !== undefined && published.revision !== revision + 1) {
      throw cycleChangedMeanwhile(published.name, '没有公布')
    }
    await sealAsIs(trx, published, { actor, at })
    const { result } = evaluate((await readCycle(trx, cycleId)).bundle)
    await recordAudit(trx, {
      at,
      actor,
      action: 'result.publish',
      cycleId,
      subject: published.name,
      detail: {
        fingerprint: fingerprint(result),
        units: result.units.length,
        incomplete: result.units.filter(({ complete }) => !complete).length,
      },
    })
  })
}
