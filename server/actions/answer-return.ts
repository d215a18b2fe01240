import type { Actor } from '../domain/actor.ts'
import { answerMissing, answerWithoutMark, returnNotFound } from '../errors.ts'
import { recordAudit } from '../store/audit.ts'
import type { Database } from '../store/database.ts'
import { findReturn, markAnswered } from '../store/mark-returns.ts'
import { findMark } from '../store/marks.ts'
import {
  assertNotRecused,
  assertRole,
  findEntryPlace,
  openCycle,
  typedText,
} from './entry-place.ts'

export interface AnswerReturn {
  cycleId: string
  returnId: string
  /** what was changed, or why the mark stands */
  words: string
  /** the assessor to whom it was returned, and nobody else */
  actor: Actor
  at: string
}

/**
 * Answers a return with a word, the mark having been changed or not; in 复核 it is closed again by it.
 *
 * @throws {AppError} if the mark is not his, it no longer waits for an answer, he says nothing, there is no
 *   mark, or he is recused from the unit meanwhile
 */
export async function answerReturn(
  db: Database,
  { cycleId, returnId, words: typed, actor, at }: AnswerReturn,
): Promise<void> {
  assertRole(actor, ['assessor', 'lead'])
  await db.transaction().execute(async (trx) => {
    const cycle = await openCycle(trx, cycleId, 'check')
    const found = await findReturn(trx, cycleId, returnId)
    if (!found || found.answer || found.assessor !== actor.assessorCode) throw returnNotFound()
    const { unit, indicator, assessor } = found
    const place = await findEntryPlace(trx, cycle, unit, indicator)
    await assertNotRecused(trx, cycle, actor, place.unit)
    const mark = await findMark(trx, { cycleId, unit, indicator, assessor })
    if (!mark) throw answerWithoutMark(place.unit.name, place.indicator.name)
    const words = typedText(typed)
    if (words === undefined) throw answerMissing()
    const changed = mark.version !== found.markVersion
    await markAnswered(trx, returnId, { words, changed, at })
    await recordAudit(trx, {
      at,
      actor,
      action: 'return.answer',
      cycleId,
      subject: `${place.unit.name} / ${place.indicator.name} / ${actor.name}`,
      detail: { unit, indicator, assessor, changed, answer: words },
    })
  })
}
