import type { Actor } from '../domain/actor.ts'
import type { IssuedSheet } from '../domain/score-sheet.ts'
import { cycleNotFound } from '../errors.ts'
import { recordAudit } from '../store/audit.ts'
import { findCycle } from '../store/cycles.ts'
import type { Database } from '../store/database.ts'
import { assertRole } from './entry-place.ts'

export interface IssueScoreSheet {
  sheet: IssuedSheet
  /** the seal that stands in it */
  seal: string
  actor: Actor
  at: string
}

/**
 * Keeps in the ledger that a score sheet left the house, with its seal: one that turns up can be traced.
 *
 * @throws {AppError} if the actor does not mark, or there is no such cycle
 */
export async function issueScoreSheet(
  db: Database,
  { sheet, seal, actor, at }: IssueScoreSheet,
): Promise<void> {
  assertRole(actor, ['assessor', 'lead'])
  await db.transaction().execute(async (trx) => {
    const cycle = await findCycle(trx, sheet.cycle)
    if (!cycle) throw cycleNotFound(sheet.cycle)
    await recordAudit(trx, {
      at,
      actor,
      action: 'sheet.issue',
      cycleId: cycle.id,
      subject: `${cycle.name}《打分表》`,
      detail: { assessor: sheet.assessor, cells: sheet.cells.length, fingerprint: seal },
    })
  })
}
