import type { Actor } from '../domain/actor.ts'
import { accountNotFound } from '../errors.ts'
import { findAccountByLogin, updateDisabled } from '../store/accounts.ts'
import { recordAudit } from '../store/audit.ts'
import type { Database } from '../store/database.ts'
import { assertOwnCode } from './account-rules.ts'

/**
 * Lets a disabled person sign in again, with the password he had.
 *
 * @throws {AppError} if there is no such account, or somebody else has been given its assessor code
 */
export async function enableAccount(
  db: Database,
  { login, actor, at }: { login: string; actor: Actor; at: string },
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const account = await findAccountByLogin(trx, login)
    if (!account) throw accountNotFound(login)
    if (account.disabledAt === null) return
    await assertOwnCode(trx, login, account)
    await updateDisabled(trx, account.id, null)
    await recordAudit(trx, { at, actor, action: 'account.enable', subject: login })
  })
}
