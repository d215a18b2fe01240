import { v7 as uuid } from 'uuid'
import type { Actor, Role } from '../domain/actor.ts'
import { passwordFault } from '../domain/password.ts'
import { loginTaken, passwordWeak } from '../errors.ts'
import { insertAccount, normalisedLogin } from '../store/accounts.ts'
import { recordAudit } from '../store/audit.ts'
import type { Database, Trx } from '../store/database.ts'
import { type AccountRights, assertLogin, assertOwnCode, assertRights } from './account-rules.ts'
import { oneTimePassword } from './one-time-password.ts'
import { hashPassword, type PasswordCost } from './password-hash.ts'

export interface AddAccount {
  login: string
  name: string
  roles: readonly Role[]
  unitCode: string | null
  assessorCode: string | null
  /** without one, a one-time password is made, to be changed at the first sign-in */
  password?: string
  cost: PasswordCost
  actor: Actor
  at: string
}

/**
 * Adds a person who can sign in.
 *
 * @returns the account's id and its password: the only time it can be read
 * @throws {AppError} if the sign-in name is taken or malformed, the roles exclude each other, or
 *   somebody else marks under the assessor code
 */
export async function addAccount(
  db: Database,
  { login: typed, password: given, cost, actor, at, ...person }: AddAccount,
): Promise<{ id: string; login: string; password: string }> {
  const login = normalisedLogin(typed)
  const rights = { ...person, name: person.name.trim() }
  assertLogin(login)
  assertRights(rights)
  const fault = given === undefined ? undefined : passwordFault(given, login)
  if (fault) throw passwordWeak(fault)
  const password = given ?? oneTimePassword()
  const passwordHash = await hashPassword(password, cost)
  const first = { passwordHash, mustChangePassword: given === undefined }
  const id = await db
    .transaction()
    .execute((trx) => writeAccount(trx, { login, rights, ...first, actor, at }))
  return { id, login, password }
}

export interface WriteAccount {
  /** as it is kept, and sound, as are the rights */
  login: string
  rights: AccountRights
  passwordHash: string
  mustChangePassword: boolean
  actor: Actor
  at: string
}

/** The same inside a transaction, for several at once. @returns the account's id */
export async function writeAccount(
  trx: Trx,
  { login, rights, passwordHash, mustChangePassword, actor, at }: WriteAccount,
): Promise<string> {
  const id = uuid()
  await assertOwnCode(trx, login, rights)
  const row = { ...rights, id, login, passwordHash, mustChangePassword, at }
  if (!(await insertAccount(trx, row))) throw loginTaken(login)
  await recordAudit(trx, {
    at,
    actor,
    action: 'account.add',
    subject: login,
    detail: { ...rights },
  })
  return id
}
