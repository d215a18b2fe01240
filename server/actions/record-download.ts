import type { Actor } from '../domain/actor.ts'
import { cycleNotFound } from '../errors.ts'
import { recordAudit } from '../store/audit.ts'
import { findCycle } from '../store/cycles.ts'
import type { Database } from '../store/database.ts'
import { assertRole } from './entry-place.ts'

export interface RecordDownload {
  cycleId: string
  /** what it is called on the page */
  workbook: string
  /** of the result it holds */
  fingerprint: string
  actor: Actor
  at: string
}

/**
 * Keeps in the ledger who took a workbook, and which result it holds: a paper that turns up later can
 * be traced. The cycle stays as it is, so its revision does too.
 *
 * @throws {AppError} if the actor may not have workbooks, or there is no such cycle
 */
export async function recordDownload(
  db: Database,
  { cycleId, workbook, fingerprint, actor, at }: RecordDownload,
): Promise<void> {
  assertRole(actor, ['organiser', 'leader', 'auditor'])
  await db.transaction().execute(async (trx) => {
    const cycle = await findCycle(trx, cycleId)
    if (!cycle) throw cycleNotFound(cycleId)
    await recordAudit(trx, {
      at,
      actor,
      action: 'workbook.download',
      cycleId,
      subject: `${cycle.name}《${workbook}》`,
      detail: { fingerprint, revision: cycle.revision },
    })
  })
}
