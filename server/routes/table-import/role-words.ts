import { ROLE_NAMES, ROLES, type Role } from '../../domain/actor.ts'

/** `考核员、考核组组长`, in the order of ROLES. */
export function roleWords(roles: readonly Role[]): string {
  return ROLES.filter((role) => roles.includes(role))
    .map((role) => ROLE_NAMES[role])
    .join('、')
}

/** Reads them back, however they are set apart. */
export function readRoles(text: string): { roles: Role[] } | { problem: string } {
  const words = text.split(/[、，,;；/\s]+/u).filter((word) => word !== '')
  const unknown = words.find((word) => ROLES.every((role) => ROLE_NAMES[role] !== word))
  if (unknown !== undefined) {
    const known = ROLES.map((role) => ROLE_NAMES[role]).join('、')
    return { problem: `没有叫「${unknown}」的角色，应是下列之一或几个（用顿号隔开）：${known}。` }
  }
  return { roles: ROLES.filter((role) => words.includes(ROLE_NAMES[role])) }
}
