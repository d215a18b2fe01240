/** What holds for every account, however it is made or changed. */

import { conflictingRoles, type Role } from '../domain/actor.ts'
import {
  type AppError,
  assessorCodeMissing,
  loginMalformed,
  nameMissing,
  rolesConflict,
  rolesMissing,
  unitCodeMissing,
} from '../errors.ts'

export interface AccountRights {
  name: string
  roles: readonly Role[]
  unitCode: string | null
  assessorCode: string | null
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

function rightsFault({ name, roles, unitCode, assessorCode }: AccountRights): AppError | undefined {
  if (name.length === 0 || name.length > 40) return nameMissing()
  if (roles.length === 0) return rolesMissing()
  const conflict = conflictingRoles(roles)
  if (conflict) return rolesConflict(conflict)
  if (roles.includes('unit') && !unitCode) return unitCodeMissing()
  const marks = roles.includes('assessor') || roles.includes('lead')
  if (marks && !assessorCode) return assessorCodeMissing()
  return undefined
}
