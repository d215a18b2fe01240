import { v7 as uuid } from 'uuid'
import type { Actor } from '../domain/actor.ts'
import type { ReturnedSheet } from '../domain/score-sheet.ts'
import { cycleNotFound } from '../errors.ts'
import { recordAudit } from '../store/audit.ts'
import { findCycle } from '../store/cycles.ts'
import type { Database } from '../store/database.ts'
import { insertUpload } from '../store/score-sheet-uploads.ts'
import { assertRole } from './entry-place.ts'

export interface UploadScoreSheet {
  sheet: ReturnedSheet
  fileName: string
  actor: Actor
  at: string
}

/**
 * Keeps a score sheet that came back until its marks are accepted. No mark changes by it.
 *
 * @returns the id under which it waits
 * @throws {AppError} if the actor does not mark, or there is no such cycle
 */
export async function uploadScoreSheet(
  db: Database,
  { sheet, fileName, actor, at }: UploadScoreSheet,
): Promise<string> {
  assertRole(actor, ['assessor', 'lead'])
  return db.transaction().execute(async (trx) => {
    const cycle = await findCycle(trx, sheet.cycle)
    if (!cycle) throw cycleNotFound(sheet.cycle)
    const id = uuid()
    const { accountId } = actor
    await insertUpload(trx, { id, cycleId: cycle.id, accountId, fileName, sheet, at })
    await recordAudit(trx, {
      at,
      actor,
      action: 'sheet.upload',
      cycleId: cycle.id,
      subject: `${cycle.name}《打分表》`,
      detail: { assessor: sheet.assessor, file: fileName, issuedAt: sheet.at },
    })
    return id
  })
}
