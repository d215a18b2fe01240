import type { Actor } from '../domain/actor.ts'
import type { Tally } from '../domain/bundle.ts'
import { recordAudit } from '../store/audit.ts'
import type { Database } from '../store/database.ts'
import {
  deleteTally,
  findTally,
  insertTallies,
  type StoredTally,
  updateTally,
} from '../store/tallies.ts'
import {
  assertReached,
  assertRole,
  assertSound,
  assertUnchanged,
  findEntryPlace,
  openCycle,
  RECORDERS,
  typedText,
} from './entry-place.ts'

export interface RecordTally {
  cycleId: string
  unitCode: string
  indicatorCode: string
  /** whose ballots; absent where the indicator knows no groups */
  group?: string | null
  /** ballots by option; null takes the tally away */
  counts: Record<string, number> | null
  /** the version that was shown; null: there was no tally yet */
  version: number | null
  actor: Actor
  at: string
}

/**
 * Enters, changes or takes away the counted ballots of one group.
 *
 * @returns the tally that is there now, null if there is none
 * @throws {AppError} if the actor may not, the counts are faulty, or they changed since he saw them
 */
export async function recordTally(
  db: Database,
  { cycleId, unitCode, indicatorCode, counts, version, actor, at, ...typed }: RecordTally,
): Promise<StoredTally | null> {
  assertRole(actor, RECORDERS)
  return db.transaction().execute(async (trx) => {
    const cycle = await openCycle(trx, cycleId, 'record')
    const place = await findEntryPlace(trx, cycle, unitCode, indicatorCode)
    await assertReached(trx, cycle, actor, place.unit)
    const group = typedText(typed.group)
    const cell = { unit: unitCode, indicator: indicatorCode }
    const whose = group === undefined ? cell : { ...cell, group }
    const key = { cycleId, ...whose }
    const present = await findTally(trx, key)
    const next: Tally | null = counts && { ...whose, counts }
    if (tallyText(present) === tallyText(next)) return present ?? null
    await assertUnchanged(trx, place, present, version, {
      theirs: tallyText(present),
      yours: tallyText(next),
    })
    if (next) assertSound(place, { tallies: [next] })
    const stamp = { at, by: actor.accountId }
    if (!next) await deleteTally(trx, key, present?.version ?? 0)
    else if (present) await updateTally(trx, cycleId, next, present.version, stamp)
    else await insertTallies(trx, cycleId, [next], stamp)
    await recordAudit(trx, {
      at,
      actor,
      action: next ? (present ? 'tally.change' : 'tally.record') : 'tally.clear',
      cycleId,
      subject: [place.unit.name, place.indicator.name, ...(group ? [group] : [])].join(' / '),
      detail: { ...whose, before: present?.counts ?? null, after: next?.counts ?? null },
    })
    const now = { version: (present?.version ?? 0) + 1, updatedAt: at, updatedBy: actor.accountId }
    return next && { ...next, ...now }
  })
}

/** The ballots in the order of the options' names, so that equal tallies read alike. */
function tallyText(tally: Tally | null | undefined): string {
  if (!tally) return '未填'
  const options = Object.entries(tally.counts).sort(([a], [b]) => (a < b ? -1 : 1))
  return options.map(([option, ballots]) => `${option} ${ballots}`).join('、')
}
