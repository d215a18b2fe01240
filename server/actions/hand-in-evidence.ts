import type { Actor } from '../domain/actor.ts'
import { plainFileName } from '../domain/evidence-type.ts'
import type { PlacedIndicator } from '../domain/placed-indicators.ts'
import { evidenceBytes, mostEvidence } from '../domain/self-assessment.ts'
import {
  evidenceEmpty,
  evidenceNotAsked,
  evidenceNotFound,
  evidenceQuotaReached,
  evidenceTooMany,
  evidenceTwice,
  evidenceTypeRefused,
} from '../errors.ts'
import { recordAudit } from '../store/audit.ts'
import type { Database, Trx } from '../store/database.ts'
import { cycleEvidence, type Evidence, insertEvidence, unitEvidence } from '../store/evidence.ts'
import { holdContent, holdKnownContent } from '../store/evidence-contents.ts'
import { keepReceived, type ReceivedFile } from '../store/evidence-files.ts'
import { touchSelfAssessment } from '../store/self-assessments.ts'
import { askedIndicator, openSelfAssessment, type SelfPlace } from './self-assessment-place.ts'

interface ForIndicator {
  cycleId: string
  indicatorCode: string
  /** the most bytes that a unit hands in for one cycle */
  quota: number
  actor: Actor
  at: string
}

/**
 * Hands in a file that has just come in, as evidence for one indicator of the actor's own unit.
 *
 * @param folder where contents are kept
 * @param name the file's name as the person's machine calls it
 * @throws {AppError} if it is not the time, the type is none that is taken, the indicator has its number,
 *   or the unit's quota is reached
 */
export async function handInEvidence(
  db: Database,
  folder: string,
  { received, name: typed, ...where }: ForIndicator & { received: ReceivedFile; name: string },
): Promise<void> {
  const name = plainFileName(typed)
  const { sha256, size, type } = received
  if (size === 0) throw evidenceEmpty(name)
  if (type === null) throw evidenceTypeRefused(name)
  await db.transaction().execute(async (trx) => {
    const place = await openSelfAssessment(trx, where.cycleId, where.actor)
    const placed = await askedIndicator(trx, place, where.indicatorCode)
    await assertRoom(trx, place, placed, { sha256, size, name }, where.quota)
    // Held first, so that nobody removes the content that is found there.
    await holdContent(trx, { sha256, name, type, size }, where.at)
    // Before the piece is committed, so that none is ever without its content; one without a piece does no harm.
    await keepReceived(folder, received)
    await record(trx, place, placed, { sha256, name, size }, 'evidence.add', where)
  })
}

/**
 * Hands in a file once more that the unit handed in before, for another indicator or in an earlier year.
 *
 * @throws {AppError} if the unit never handed it in, or as for a new file
 */
export async function reuseEvidence(
  db: Database,
  { sha256, ...where }: ForIndicator & { sha256: string },
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const place = await openSelfAssessment(trx, where.cycleId, where.actor)
    const placed = await askedIndicator(trx, place, where.indicatorCode)
    await holdKnownContent(trx, sha256)
    const known = await unitEvidence(trx, place.unit.code)
    const file = known.find((each) => each.sha256 === sha256)
    if (!file) throw evidenceNotFound()
    await assertRoom(trx, place, placed, file, where.quota)
    await record(trx, place, placed, file, 'evidence.reuse', where)
  })
}

async function assertRoom(
  trx: Trx,
  { cycle, unit }: SelfPlace,
  { indicator }: PlacedIndicator,
  file: Pick<Evidence, 'sha256' | 'name' | 'size'>,
  quota: number,
): Promise<void> {
  const most = mostEvidence(indicator)
  if (most === 0) throw evidenceNotAsked(indicator.name)
  const all = await cycleEvidence(trx, cycle.id, { unit: unit.code })
  const there = all.filter((each) => each.indicator === indicator.code)
  const same = there.find((each) => each.sha256 === file.sha256)
  if (same) throw evidenceTwice(indicator.name, same.name)
  if (there.length >= most) throw evidenceTooMany(indicator.name, most)
  if (evidenceBytes([...all, file]) > quota) {
    throw evidenceQuotaReached(file.name, { used: evidenceBytes(all), quota })
  }
}

async function record(
  trx: Trx,
  { cycle, unit }: SelfPlace,
  { indicator }: PlacedIndicator,
  { sha256, name, size }: Pick<Evidence, 'sha256' | 'name' | 'size'>,
  action: string,
  { actor, at }: ForIndicator,
): Promise<void> {
  const piece = { cycleId: cycle.id, unit: unit.code, indicator: indicator.code, sha256, name }
  await insertEvidence(trx, piece, { at, by: actor.accountId })
  await touchSelfAssessment(trx, cycle.id, unit.code)
  await recordAudit(trx, {
    at,
    actor,
    action,
    cycleId: cycle.id,
    subject: `${unit.name} / ${indicator.name} / ${name}`,
    detail: { unit: unit.code, indicator: indicator.code, file: name, size, sha256 },
  })
}
