import type { Actor } from '../domain/actor.ts'
import { recordAudit } from '../store/audit.ts'
import type { Database } from '../store/database.ts'
import { revokeSession } from '../store/sessions.ts'

/** Ends one's own session. A session that is over already is left as it is. */
export async function signOut(
  db: Database,
  { sessionId, actor, at }: { sessionId: string; actor: Actor; at: string },
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    if (!(await revokeSession(trx, sessionId, at))) return
    await recordAudit(trx, { at, actor, action: 'session.close', subject: actor.login })
  })
}
