import type { Actor } from '../domain/actor.ts'
import { accountNotFound, ownAccountUntouchable } from '../errors.ts'
import { findAccountByLogin, updateDisabled } from '../store/accounts.ts'
import { recordAudit } from '../store/audit.ts'
import type { Database } from '../store/database.ts'
import { revokeSessions } from '../store/sessions.ts'

/**
 * Keeps a person from signing in and ends what sessions he has. Doing it twice is doing it once.
 *
 * @throws {AppError} if there is no such account, or it is the actor's own
 */
export async function disableAccount(
  db: Database,
  { login, actor, at }: { login: string; actor: Actor; at: string },
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const account = await findAccountByLogin(trx, login)
    if (!account) throw accountNotFound(login)
    if (account.id === actor.accountId) throw ownAccountUntouchable('停用')
    if (account.disabledAt !== null) return
    await updateDisabled(trx, account.id, at)
    await revokeSessions(trx, account.id, { at })
    await recordAudit(trx, { at, actor, action: 'account.disable', subject: login })
  })
}
