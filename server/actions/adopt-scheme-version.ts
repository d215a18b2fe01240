import type { Actor } from '../domain/actor.ts'
import { indicatorsOf } from '../domain/scheme.ts'
import { cycleNotFound, schemeVersionCurrent, schemeVersionOutdated } from '../errors.ts'
import { deleteForeignAssignments } from '../store/assigning.ts'
import { recordAudit } from '../store/audit.ts'
import { deleteForeignExemptions } from '../store/cycle-roster.ts'
import { updateSchemeVersion } from '../store/cycles.ts'
import type { Database } from '../store/database.ts'
import { findScheme } from '../store/schemes.ts'
import { assertCycleSound } from './cycle-soundness.ts'
import { assertRole, openCycle } from './entry-place.ts'

export interface AdoptSchemeVersion {
  cycleId: string
  /** the version that was looked at: a still later one is not taken unseen */
  version: number
  actor: Actor
  at: string
}

/**
 * Takes the latest version of its scheme into a cycle that is still prepared. What belongs to indicators
 * that are no longer there goes: assignments, and that they do not apply to a unit.
 *
 * @returns how many assigned cells went
 * @throws {AppError} if the actor may not, the cycle is past its preparation, it has this version, or
 *   there is a later one
 * @throws {FaultyEntries} if the cycle's units and entries do not fit the version
 */
export async function adoptSchemeVersion(
  db: Database,
  { cycleId, version, actor, at }: AdoptSchemeVersion,
): Promise<number> {
  assertRole(actor, ['organiser'])
  return db.transaction().execute(async (trx) => {
    const cycle = await openCycle(trx, cycleId, 'compose')
    const latest = await findScheme(trx, cycle.schemeCode)
    if (!latest) throw cycleNotFound(cycleId)
    if (latest.version === cycle.schemeVersion) throw schemeVersionCurrent(latest.name, version)
    if (latest.version !== version) throw schemeVersionOutdated(latest.name, latest.version)
    const known = [...indicatorsOf(latest.scheme)].map(({ indicator }) => indicator.code)
    await updateSchemeVersion(trx, cycleId, version)
    const taken = await deleteForeignAssignments(trx, cycleId, known)
    await deleteForeignExemptions(trx, cycleId, known)
    await assertCycleSound(trx, cycleId)
    await recordAudit(trx, {
      at,
      actor,
      action: 'cycle.adopt',
      cycleId,
      subject: cycle.name,
      detail: {
        before: { version: cycle.schemeVersion },
        after: { version },
        ...(taken > 0 && { taken }),
      },
    })
    return taken
  })
}
