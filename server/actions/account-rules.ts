/** What holds for every account, however it is made or changed. */

import { conflictingRoles, type Role } from '../domain/actor.ts'
import {
  type AppError,
  assessorCodeMissing,
  assessorCodeTaken,
  loginMalformed,
  nameMissing,
  rolesConflict,
  rolesMissing,
  unitCodeMissing,
} from '../errors.ts'
import { codeHolder } from '../store/accounts.ts'
import type { Trx } from '../store/database.ts'

/** Those that mark under a code of their own. */
const MARKING: readonly Role[] = ['assessor', 'lead']

export interface AccountRights {
  name: string
  roles: readonly Role[]
  unitCode: string | null
  assessorCode: string | null
}

/** Which field a broken rule is about, by the error's code. */
export const ACCOUNT_FIELD_OF: Readonly<Record<string, string>> = {
  LOGIN_MALFORMED: 'login',
  LOGIN_TAKEN: 'login',
  NAME_MISSING: 'name',
  ROLES_MISSING: 'roles',
  ROLES_CONFLICT: 'roles',
  OWN_ACCOUNT: 'roles',
  UNIT_CODE_MISSING: 'unitCode',
  ASSESSOR_CODE_MISSING: 'assessorCode',
  ASSESSOR_CODE_TAKEN: 'assessorCode',
}

/** @throws {AppError} LOGIN_MALFORMED */
export function assertLogin(login: string): void {
  if (!/^[a-z0-9][a-z0-9._-]{1,31}$/.test(login)) throw loginMalformed(login)
}

/** @throws {AppError} the first rule that is broken */
export function assertRights(rights: AccountRights): void {
  const fault = rightsFault(rights)
  if (fault) throw fault
}

/**
 * Nobody marks under another's code: he would see the other's marks.
 *
 * @param login whose code it is to be
 * @throws {AppError} ASSESSOR_CODE_TAKEN
 */
export async function assertOwnCode(
  trx: Trx,
  login: string,
  { roles, assessorCode }: Pick<AccountRights, 'roles' | 'assessorCode'>,
): Promise<void> {
  if (assessorCode === null || !roles.some((role) => MARKING.includes(role))) return
  const holder = await codeHolder(trx, assessorCode, { except: login, roles: MARKING })
  if (holder !== undefined) throw assessorCodeTaken(assessorCode, holder)
}

function rightsFault({ name, roles, unitCode, assessorCode }: AccountRights): AppError | undefined {
  if (name.length === 0 || name.length > 40) return nameMissing()
  if (roles.length === 0) return rolesMissing()
  const conflict = conflictingRoles(roles)
  if (conflict) return rolesConflict(conflict)
  if (roles.includes('unit') && !unitCode) return unitCodeMissing()
  const marks = roles.some((role) => MARKING.includes(role))
  if (marks && !assessorCode) return assessorCodeMissing()
  return undefined
}
