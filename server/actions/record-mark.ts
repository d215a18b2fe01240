import type { Actor } from '../domain/actor.ts'
import type { Mark, MarkGiven } from '../domain/bundle.ts'
import { canonicalMark } from '../domain/canonical-bundle.ts'
import { markWords } from '../domain/mark-words.ts'
import { markNotAssigned, markNotReturned, notAnAssessor, teamSubmitted } from '../errors.ts'
import { findAssessor } from '../store/assessors.ts'
import { isAssigned } from '../store/assignments.ts'
import { recordAudit } from '../store/audit.ts'
import type { Cycle } from '../store/cycles.ts'
import type { Database, Trx } from '../store/database.ts'
import { plainMark, type StoredMark } from '../store/mark-rows.ts'
import { cellMarks, deleteMark, insertMark, updateMark } from '../store/marks.ts'
import { isOpenMark, openMarks } from '../store/open-marks.ts'
import {
  assertNotRecused,
  assertRole,
  assertSound,
  assertUnchanged,
  findEntryPlace,
  openCycle,
  typedText,
} from './entry-place.ts'

export interface RecordMark {
  cycleId: string
  unitCode: string
  indicatorCode: string
  /** null takes the mark away */
  mark: MarkGiven | null
  reason?: string | null
  /** the version that was shown; null: there was no mark yet */
  version: number | null
  /** marks under his own assessor code, and no other */
  actor: Actor
  at: string
}

/**
 * Enters, changes or takes away an assessor's own mark.
 *
 * @returns the mark that is there now, null if there is none
 * @throws {AppError} if the actor is no assessor of the cycle, belongs to the unit, marks what cannot be
 *   marked or is closed for him, or the mark changed since he saw it
 */
export async function recordMark(db: Database, record: RecordMark): Promise<StoredMark | null> {
  assertRole(record.actor, ['assessor', 'lead'])
  return db.transaction().execute(async (trx) => {
    const cycle = await openCycle(trx, record.cycleId, 'mark')
    return writeMark(trx, cycle, record)
  })
}

/** The same inside a transaction that has opened the cycle, for several marks at once. */
export async function writeMark(
  trx: Trx,
  cycle: Cycle,
  { cycleId, unitCode, indicatorCode, mark, reason, version, actor, at }: RecordMark,
): Promise<StoredMark | null> {
  const place = await findEntryPlace(trx, cycle, unitCode, indicatorCode)
  const code = actor.assessorCode
  const assessor = code === null ? undefined : await findAssessor(trx, cycleId, code)
  if (!assessor) throw notAnAssessor(cycle.name)
  await assertNotRecused(trx, cycle, actor, place.unit)
  const cell = { cycleId, unit: unitCode, indicator: indicatorCode }
  if (!(await isAssigned(trx, cycleId, { ...cell, assessor: assessor.code }))) {
    throw markNotAssigned(place.unit.name, place.indicator.name)
  }
  const open = await openMarks(trx, cycle, assessor.code)
  if (open.submitted !== null) throw teamSubmitted(open.submitted)
  if (!isOpenMark(open, cell)) throw markNotReturned(place.unit.name, place.indicator.name)
  const key = { ...cell, assessor: assessor.code }
  const standing = await cellMarks(trx, cell)
  const present = standing.find(({ mark }) => mark.assessor === assessor.code)?.mark
  const given = mark === null ? null : markFrom(key, mark, typedText(reason), present?.group)
  const next = given && canonicalMark(given, place.indicator.method.type)
  if (isSame(present, next)) return present ?? null
  await assertUnchanged(trx, place, present, version, {
    theirs: markWords(present?.mark ?? null),
    yours: markWords(next?.mark ?? null),
  })
  if (next) {
    const others = standing.filter((each) => each.mark !== present)
    assertSound(place, {
      assessors: [...others.map((each) => each.assessor), assessor],
      marks: [...others.map((each) => plainMark(each.mark)), next],
    })
  }
  const stamp = { at, by: actor.accountId }
  const method = place.indicator.method.type
  let now: StoredMark | null = null
  if (!next) await deleteMark(trx, key, present?.version ?? 0)
  else if (present) now = await updateMark(trx, cycleId, next, method, present.version, stamp)
  else now = await insertMark(trx, cycleId, next, method, stamp)
  await recordAudit(trx, {
    at,
    actor,
    action: next ? (present ? 'mark.change' : 'mark.record') : 'mark.clear',
    cycleId,
    subject: `${place.unit.name} / ${place.indicator.name} / ${assessor.name}`,
    detail: { ...cell, assessor: assessor.code, before: said(present), after: said(next) },
  })
  return now
}

function markFrom(
  { unit, indicator, assessor }: Pick<Mark, 'unit' | 'indicator' | 'assessor'>,
  mark: MarkGiven,
  reason: string | undefined,
  group: string | undefined,
): Mark {
  return {
    ...{ unit, indicator, assessor, mark },
    ...(reason === undefined ? {} : { reason }),
    ...(group === undefined ? {} : { group }),
  }
}

/** What a person changes of a mark. */
function said(mark: Mark | null | undefined): { mark: MarkGiven; reason?: string } | null {
  if (!mark) return null
  return mark.reason === undefined ? { mark: mark.mark } : { mark: mark.mark, reason: mark.reason }
}

function isSame(present: Mark | undefined, next: Mark | null): boolean {
  return JSON.stringify(said(present)) === JSON.stringify(said(next))
}
