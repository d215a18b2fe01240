import type { Actor } from '../domain/actor.ts'
import type { MarkGiven } from '../domain/bundle.ts'
import { notAnAssessor, scoreSheetGone, scoreSheetOutdated } from '../errors.ts'
import { recordAudit } from '../store/audit.ts'
import type { Database } from '../store/database.ts'
import { closeUpload, findUpload, lastAcceptedIssue } from '../store/score-sheet-uploads.ts'
import { assertRole, openCycle } from './entry-place.ts'
import { writeMark } from './record-mark.ts'

/** A mark that is taken over from a sheet. */
export interface AcceptedMark {
  unitCode: string
  indicatorCode: string
  mark: MarkGiven
  reason: string | null
  /** the version that the preview showed beside it; null: there was no mark */
  version: number | null
}

export interface AcceptScoreSheet {
  cycleId: string
  uploadId: string
  marks: readonly AcceptedMark[]
  /** marks under his own assessor code, and no other */
  actor: Actor
  at: string
}

/**
 * Takes over marks from a score sheet, all or none, each by the rules of a mark entered by hand and with
 * its own entry in the ledger. The sheet is closed by it.
 *
 * @throws {AppError} if the sheet is not his or no longer waits, was made for another assessor, is older than
 *   one that was accepted, or one of the marks is refused
 */
export async function acceptScoreSheet(
  db: Database,
  { cycleId, uploadId, marks, actor, at }: AcceptScoreSheet,
): Promise<void> {
  assertRole(actor, ['assessor', 'lead'])
  await db.transaction().execute(async (trx) => {
    const cycle = await openCycle(trx, cycleId, 'mark')
    const place = { id: uploadId, cycleId, accountId: actor.accountId, at }
    const upload = await findUpload(trx, place)
    if (!upload) throw scoreSheetGone()
    const { sheet, fileName } = upload
    if (sheet.assessor !== actor.assessorCode) throw notAnAssessor(cycle.name)
    const last = await lastAcceptedIssue(trx, cycleId, sheet.assessor)
    if (last !== undefined && last > sheet.at) throw scoreSheetOutdated(sheet.at, last)
    if (!(await closeUpload(trx, uploadId, at))) throw scoreSheetGone()
    for (const mark of marks) await writeMark(trx, cycle, { cycleId, ...mark, actor, at })
    await recordAudit(trx, {
      at,
      actor,
      action: 'sheet.accept',
      cycleId,
      subject: `${cycle.name}《打分表》`,
      detail: {
        assessor: sheet.assessor,
        file: fileName,
        issuedAt: sheet.at,
        marks: marks.length,
      },
    })
  })
}
