import type { Actor } from '../domain/actor.ts'
import { accountNotFound, ownAdminRoleNeeded } from '../errors.ts'
import { findAccountByLogin, updateAccount } from '../store/accounts.ts'
import { recordAudit } from '../store/audit.ts'
import type { Database, Trx } from '../store/database.ts'
import { type AccountRights, assertOwnCode, assertRights } from './account-rules.ts'

export interface ChangeAccount extends AccountRights {
  login: string
  actor: Actor
  at: string
}

/**
 * Changes a person's name, roles, unit or assessor code. It holds from the next request on.
 *
 * @throws {AppError} if the roles exclude each other, somebody else marks under the assessor code, or an
 *   administrator would lose his own role
 */
export async function changeAccount(db: Database, change: ChangeAccount): Promise<void> {
  await db.transaction().execute((trx) => rewriteAccount(trx, change))
}

/**
 * The same inside a transaction, for several at once.
 *
 * @param assertSeen throws if the account is no longer as the person saw it
 */
export async function rewriteAccount(
  trx: Trx,
  { login, actor, at, ...rights }: ChangeAccount,
  assertSeen: (present: AccountRights) => void = () => {},
): Promise<void> {
  assertRights(rights)
  const account = await findAccountByLogin(trx, login)
  if (!account) throw accountNotFound(login)
  if (account.id === actor.accountId && !rights.roles.includes('admin')) {
    throw ownAdminRoleNeeded()
  }
  const { name, roles, unitCode, assessorCode } = account
  const before = { name, roles, unitCode, assessorCode }
  assertSeen(before)
  if (account.disabledAt === null) await assertOwnCode(trx, login, rights)
  await updateAccount(trx, account.id, rights)
  await recordAudit(trx, {
    at,
    actor,
    action: 'account.change',
    subject: login,
    detail: { before, after: rights },
  })
}
