import type { Actor } from '../domain/actor.ts'
import { accountNotFound } from '../errors.ts'
import { findAccountByLogin, updatePassword } from '../store/accounts.ts'
import { recordAudit } from '../store/audit.ts'
import type { Database } from '../store/database.ts'
import { revokeSessions } from '../store/sessions.ts'
import { forgetFailures } from '../store/sign-in-failures.ts'
import { oneTimePassword } from './one-time-password.ts'
import { hashPassword, type PasswordCost } from './password-hash.ts'

/**
 * Gives a person a one-time password, lifts a lock and ends his sessions.
 *
 * @returns the password: the only time it can be read
 * @throws {AppError} if there is no such account
 */
export async function resetPassword(
  db: Database,
  { login, cost, actor, at }: { login: string; cost: PasswordCost; actor: Actor; at: string },
): Promise<string> {
  const password = oneTimePassword()
  const passwordHash = await hashPassword(password, cost)
  await db.transaction().execute(async (trx) => {
    const account = await findAccountByLogin(trx, login)
    if (!account) throw accountNotFound(login)
    await updatePassword(trx, account.id, { passwordHash, mustChange: true })
    await forgetFailures(trx, login)
    await revokeSessions(trx, account.id, { at })
    await recordAudit(trx, { at, actor, action: 'password.reset', subject: login })
  })
  return password
}
