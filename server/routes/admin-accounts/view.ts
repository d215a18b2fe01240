import { ROLE_NAMES } from '../../domain/actor.ts'
import { beijingDate, beijingTime } from '../../domain/beijing-time.ts'
import { type Paging, paginationView } from '../../paging.ts'
import type { Account } from '../../store/accounts.ts'
import type { accountForm } from './form.ts'

type Form = ReturnType<typeof accountForm>

const LIST = { href: '/admin/accounts', label: '账号' }

/** Everything views/admin-accounts/list.hbs prints. */
export function accountListView({
  found,
  sought,
  paging,
  locked,
}: {
  found: readonly Account[]
  sought: string
  paging: Paging
  locked: ReadonlyMap<string, string>
}) {
  const shown = found.slice(paging.offset, paging.offset + paging.size)
  const query = sought === '' ? '' : `q=${encodeURIComponent(sought)}&`
  return {
    title: '账号',
    sought,
    none: found.length === 0,
    pagination: paginationView(paging, (page) => `/admin/accounts?${query}page=${page}`),
    rows: shown.map((account) => ({
      href: `/admin/accounts/${account.login}`,
      login: account.login,
      name: account.name,
      roles: account.roles.map((role) => ROLE_NAMES[role]).join('、'),
      unitCode: account.unitCode ?? '—',
      assessorCode: account.assessorCode ?? '—',
      createdAt: beijingDate(account.createdAt),
      ...state(account, locked.get(account.login)),
    })),
  }
}

/** The state in words, and how urgent it looks. */
function state(account: Account, lockedUntil: string | undefined) {
  if (account.disabledAt !== null) return { state: '已停用', tone: 'badge-quiet' }
  if (lockedUntil !== undefined) {
    return { state: `锁定到 ${beijingTime(lockedUntil).slice(11)}`, tone: 'badge-bad' }
  }
  if (account.mustChangePassword) return { state: '待改密码', tone: 'badge-warn' }
  return { state: '正常', tone: 'badge-good' }
}

/** Everything views/admin-accounts/new.hbs prints. */
export function newView({ fields, errors }: Form) {
  return { title: '新增账号', breadcrumbs: [LIST], fields, errors }
}

/** Everything views/admin-accounts/show.hbs prints. */
export function changeView(account: Account, { fields, errors }: Form) {
  const path = `/admin/accounts/${account.login}`
  return {
    title: `账号「${account.login}」`,
    breadcrumbs: [LIST],
    path,
    login: account.login,
    disabled: account.disabledAt !== null,
    fields,
    errors,
  }
}

/** Everything views/admin-accounts/password.hbs prints: the only time the password can be read. */
export function oneTimePasswordView(what: '新增' | '重置', login: string, password: string) {
  const done = what === '新增' ? `已新增账号「${login}」` : `已重置「${login}」的密码`
  return { title: done, breadcrumbs: [LIST], login, password }
}
