import type { Actor } from '../domain/actor.ts'
import { recordAudit } from '../store/audit.ts'
import type { Database } from '../store/database.ts'
import type { Verification } from '../store/verify-ledger.ts'
import { assertRole } from './entry-place.ts'

export interface RecordVerification {
  found: Verification
  actor: Actor
  at: string
}

/** Keeps that the ledger was checked, by whom, and what was found. @throws {AppError} if the actor may not */
export async function recordVerification(
  db: Database,
  { found, actor, at }: RecordVerification,
): Promise<void> {
  assertRole(actor, ['auditor'])
  const { entries, end, faults } = found
  await db.transaction().execute((trx) =>
    recordAudit(trx, {
      at,
      actor,
      action: 'ledger.verify',
      subject: '操作记录',
      detail: { entries, end, faults: faults.length },
    }),
  )
}
