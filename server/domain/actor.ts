/** Who acts, and in which roles. */

export const ROLES = [
  'admin',
  'organiser',
  'lead',
  'assessor',
  'leader',
  'unit',
  'auditor',
] as const

export type Role = (typeof ROLES)[number]

export const ROLE_NAMES: Record<Role, string> = {
  admin: '系统管理员',
  organiser: '考评办',
  lead: '考核组组长',
  assessor: '考核员',
  leader: '领导',
  unit: '单位联络员',
  auditor: '监督员',
}

/** A signed-in person, or the command line acting for one. */
export interface Actor {
  accountId: string
  /** the sign-in name */
  login: string
  name: string
  roles: readonly Role[]
  /** the unit this person belongs to: he sees its results as its liaison, and never marks it */
  unitCode: string | null
  /** the code under which this person marks */
  assessorCode: string | null
}

export function hasRole(actor: Actor, ...roles: readonly Role[]): boolean {
  return roles.some((role) => actor.roles.includes(role))
}

/** What scores or decides; never together with `admin` or `auditor`. */
const SCORING_ROLES: readonly Role[] = ['organiser', 'lead', 'assessor', 'leader']

/**
 * Why a person may not hold these roles together.
 *
 * @returns the two roles that exclude each other, or undefined if the set is sound
 */
export function conflictingRoles(roles: readonly Role[]): [Role, Role] | undefined {
  for (const watching of ['admin', 'auditor'] as const) {
    const scoring = SCORING_ROLES.find((role) => roles.includes(role))
    if (roles.includes(watching) && scoring) return [watching, scoring]
  }
  return undefined
}

/** Who acts when a command is run on the machine itself, where no one signs in. */
export const COMMAND_LINE: Actor = {
  accountId: 'command-line',
  login: 'command-line',
  name: '命令行',
  roles: [],
  unitCode: null,
  assessorCode: null,
}

/** Who acts before signing in: a failed sign-in is recorded too. */
export const VISITOR: Actor = {
  accountId: 'visitor',
  login: 'visitor',
  name: '未登录',
  roles: [],
  unitCode: null,
  assessorCode: null,
}
