import { ROLE_NAMES } from '../../domain/actor.ts'
import { beijingDate, beijingTime } from '../../domain/beijing-time.ts'
import type { Account } from '../../store/accounts.ts'

/** Everything views/partials/home-admin.hbs prints: accounts that need somebody, and no scores. */
export function adminSection(accounts: readonly Account[], locked: ReadonlyMap<string, string>) {
  const active = accounts.filter(({ disabledAt }) => disabledAt === null)
  const waiting = active.filter(({ mustChangePassword }) => mustChangePassword)
  const shut = active.filter(({ login }) => locked.has(login))
  return {
    figures: [
      { title: '在用账号', figure: String(active.length) },
      { title: '已锁定', figure: String(shut.length) },
      { title: '待改首次密码', figure: String(waiting.length) },
      { title: '已停用', figure: String(accounts.length - active.length) },
    ],
    locked: shut.map((account) => ({
      ...person(account),
      until: beijingTime(locked.get(account.login) ?? account.createdAt),
    })),
    waiting: waiting.map((account) => ({
      ...person(account),
      since: beijingDate(account.createdAt),
    })),
  }
}

function person({ login, name, roles }: Account) {
  return {
    href: `/admin/accounts/${login}`,
    login,
    name,
    roles: roles.map((role) => ROLE_NAMES[role]).join('、'),
  }
}
