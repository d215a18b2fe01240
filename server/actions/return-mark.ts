import type { Actor } from '../domain/actor.ts'
import { entryKind } from '../domain/duty.ts'
import { appliesTo, placedIndicators } from '../domain/placed-indicators.ts'
import { cellNotOfTeam, changeReasonMissing, returnedAlready } from '../errors.ts'
import { findAssessor } from '../store/assessors.ts'
import { isAssigned } from '../store/assignments.ts'
import { recordAudit } from '../store/audit.ts'
import type { Database, Trx } from '../store/database.ts'
import { insertReturn, openReturns } from '../store/mark-returns.ts'
import { findMark, type MarkKey } from '../store/marks.ts'
import {
  assertReached,
  type EntryPlace,
  findEntryPlace,
  openCycle,
  typedText,
} from './entry-place.ts'
import { openTeam } from './led-team.ts'

export interface ReturnMark {
  cycleId: string
  unitCode: string
  indicatorCode: string
  /** whose mark, by his code */
  assessor: string
  /** what he is to look at again */
  remark: string
  actor: Actor
  at: string
}

/**
 * Gives one mark back to its assessor, also one that is still to come: until he answers he can change it, and
 * the team cannot be submitted.
 *
 * @throws {AppError} if the actor does not lead the assessor's team, is recused from the unit, says nothing,
 *   the team is submitted, or the cell waits for an answer already
 */
export async function returnMark(
  db: Database,
  { cycleId, unitCode, indicatorCode, assessor, remark: typed, actor, at }: ReturnMark,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const cycle = await openCycle(trx, cycleId, 'check')
    const team = await openTeam(trx, cycle, actor)
    const person = team.members.includes(assessor)
      ? await findAssessor(trx, cycleId, assessor)
      : undefined
    if (!person) throw cellNotOfTeam()
    const place = await findEntryPlace(trx, cycle, unitCode, indicatorCode)
    await assertReached(trx, cycle, actor, place.unit)
    const cell = { unit: unitCode, indicator: indicatorCode, assessor }
    const markVersion = await versionOf(trx, place, { cycleId, ...cell })
    const remark = typedText(typed)
    if (remark === undefined) throw changeReasonMissing('退回打分')
    const waiting = (await openReturns(trx, cycleId, [assessor])).some(
      (each) => each.unit === unitCode && each.indicator === indicatorCode,
    )
    if (waiting) throw returnedAlready(place.unit.name, place.indicator.name, person.name)
    await insertReturn(trx, cycleId, { ...cell, markVersion, remark }, { at, by: actor.accountId })
    await recordAudit(trx, {
      at,
      actor,
      action: 'return.make',
      cycleId,
      subject: `${place.unit.name} / ${place.indicator.name} / ${person.name}`,
      detail: { ...cell, reason: remark },
    })
  })
}

/** The version of the mark that is given back. @throws {AppError} if none is there nor to come */
async function versionOf(
  trx: Trx,
  { scheme, unit, indicator }: EntryPlace,
  key: MarkKey,
): Promise<number | null> {
  const mark = await findMark(trx, key)
  if (mark) return mark.version
  const placed = placedIndicators(scheme).find((each) => each.indicator.code === indicator.code)
  const marked = placed && entryKind(placed) === 'mark' && appliesTo(placed, unit)
  if (!marked || !(await isAssigned(trx, key.cycleId, key))) throw cellNotOfTeam()
  return null
}
