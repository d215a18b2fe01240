import type { Actor } from '../domain/actor.ts'
import { sessionNotFound } from '../errors.ts'
import { recordAudit } from '../store/audit.ts'
import type { Database } from '../store/database.ts'
import { revokeSession, sessionAccount } from '../store/sessions.ts'

/**
 * Ends one of one's own sessions, perhaps on a machine somebody forgot to leave.
 *
 * @throws {AppError} SESSION_NOT_FOUND if it is over already or another person's
 */
export async function revokeOwnSession(
  db: Database,
  { sessionId, actor, at }: { sessionId: string; actor: Actor; at: string },
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const owner = await sessionAccount(trx, sessionId)
    if (owner !== actor.accountId) throw sessionNotFound()
    if (!(await revokeSession(trx, sessionId, at))) throw sessionNotFound()
    await recordAudit(trx, { at, actor, action: 'session.revoke', subject: actor.login })
  })
}
