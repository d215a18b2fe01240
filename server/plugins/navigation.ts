/** Where each role can go: the one list behind the header of every page. */

import { type Actor, hasRole, type Role } from '../domain/actor.ts'

interface Item {
  href: string
  label: string
  roles: readonly Role[] | 'all'
}

const SCORES: readonly Role[] = ['organiser', 'lead', 'assessor', 'leader', 'unit', 'auditor']

const ITEMS: readonly Item[] = [
  { href: '/', label: '我的待办', roles: 'all' },
  { href: '/cycles', label: '考核周期', roles: SCORES },
  { href: '/schemes', label: '评价体系', roles: SCORES },
  { href: '/units', label: '单位', roles: ['organiser', 'auditor'] },
  { href: '/audit', label: '审计', roles: ['auditor'] },
  { href: '/admin/accounts', label: '账号', roles: ['admin'] },
]

export interface NavigationLink {
  href: string
  label: string
  current: boolean
}

/** @param path the page that is shown, without its query */
export function navigationFor(actor: Actor, path: string): NavigationLink[] {
  return ITEMS.filter(({ roles }) => roles === 'all' || hasRole(actor, ...roles)).map(
    ({ href, label }) => ({ href, label, current: isWithin(path, href) }),
  )
}

function isWithin(path: string, href: string): boolean {
  return path === href || (href !== '/' && path.startsWith(`${href}/`))
}
