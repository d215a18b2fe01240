import type { Actor } from '../domain/actor.ts'
import { accountNotFound, ownAdminRoleNeeded } from '../errors.ts'
import { findAccountByLogin, updateAccount } from '../store/accounts.ts'
import { recordAudit } from '../store/audit.ts'
import type { Database } from '../store/database.ts'
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
export async function changeAccount(
  db: Database,
  { login, actor, at, ...rights }: ChangeAccount,
): Promise<void> {
  assertRights(rights)
  await db.transaction().execute(async (trx) => {
    const account = await findAccountByLogin(trx, login)
    if (!account) throw accountNotFound(login)
    if (account.id === actor.accountId && !rights.roles.includes('admin')) {
      throw ownAdminRoleNeeded()
    }
    if (account.disabledAt === null) await assertOwnCode(trx, login, rights)
    await updateAccount(trx, account.id, rights)
    const { name, roles, unitCode, assessorCode } = account
    await recordAudit(trx, {
      at,
      actor,
      action: 'account.change',
      subject: login,
      detail: { before: { name, roles, unitCode, assessorCode }, after: rights },
    })
  })
}
