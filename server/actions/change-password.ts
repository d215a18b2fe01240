import type { Actor } from '../domain/actor.ts'
import { passwordFault } from '../domain/password.ts'
import { passwordUnchanged, passwordWeak, passwordWrong } from '../errors.ts'
import { passwordHashOf, updatePassword } from '../store/accounts.ts'
import { recordAudit } from '../store/audit.ts'
import type { Database } from '../store/database.ts'
import { revokeSessions } from '../store/sessions.ts'
import { hashPassword, type PasswordCost, passwordMatches } from './password-hash.ts'

export interface ChangePassword {
  current: string
  next: string
  /** the session that goes on; all others of this person end */
  sessionId: string
  cost: PasswordCost
  actor: Actor
  at: string
}

/**
 * Changes one's own password.
 *
 * @throws {AppError} PASSWORD_WRONG, PASSWORD_UNCHANGED or PASSWORD_WEAK
 */
export async function changePassword(
  db: Database,
  { current, next, sessionId, cost, actor, at }: ChangePassword,
): Promise<void> {
  const known = await passwordHashOf(db, actor.accountId)
  if (!(await passwordMatches(known, current, cost))) throw passwordWrong()
  if (next === current) throw passwordUnchanged()
  const fault = passwordFault(next, actor.login)
  if (fault) throw passwordWeak(fault)
  const passwordHash = await hashPassword(next, cost)
  await db.transaction().execute(async (trx) => {
    await updatePassword(trx, actor.accountId, { passwordHash, mustChange: false })
    await revokeSessions(trx, actor.accountId, { at, except: sessionId })
    await recordAudit(trx, { at, actor, action: 'password.change', subject: actor.login })
  })
}
