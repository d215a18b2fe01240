import type { ImportColumn } from '../../../exports/import-table.ts'
import { ACCOUNT_FIELD_OF, assertLogin, assertRights } from '../../actions/account-rules.ts'
import { type ImportedAccount, importAccounts } from '../../actions/import-accounts.ts'
import { ROLE_NAMES, ROLES } from '../../domain/actor.ts'
import type { TypedRow } from '../../domain/typed-row.ts'
import { AppError, assessorCodeTaken, ownAdminRoleNeeded } from '../../errors.ts'
import { type Account, listAccounts, normalisedLogin } from '../../store/accounts.ts'
import { rosterUnits } from '../../store/units.ts'
import {
  clashWords,
  comparison,
  type JudgedRow,
  RowReader,
  shownCell,
  type TableKind,
} from './kind.ts'
import { readRoles, roleWords } from './role-words.ts'

const HOME = { href: '/admin/accounts', label: '账号' }
const PATH = '/admin/accounts/import'
const EDITED = ['name', 'roles', 'unitCode', 'assessorCode'] as const

interface Known {
  accounts: ReadonlyMap<string, Account>
  /** codes of the roster */
  units: ReadonlySet<string>
  /** the sign-in name of the person who imports */
  own: string
}

export const accountTable: TableKind = {
  name: 'accounts',
  path: PATH,
  async open(db, { actor }) {
    const accounts = await listAccounts(db)
    const roster = await rosterUnits(db)
    const columns = accountColumns(roster.map(({ code }) => code))
    const known: Known = {
      accounts: new Map(accounts.map((account) => [account.login, account])),
      units: new Set(roster.map(({ code }) => code)),
      own: actor.login,
    }
    return {
      title: '从 Excel 导入账号',
      intro:
        '下载账号表，修改或在空行新增，再传回来。登录名相同的是同一个账号；删去的行不会删去账号，空着的格子不改动。新账号的一次性密码在导入后显示一次。',
      breadcrumbs: [HOME],
      home: HOME,
      path: PATH,
      fileName: '账号.xlsx',
      mostRows: 1000,
      closed: null,
      counted: '个账号',
      table: {
        name: '账号',
        subtitle: `在下面的空行新增，或修改已有的；登录名相同的是同一个账号。角色可填：${ROLES.map((role) => ROLE_NAMES[role]).join('、')}，兼任的用顿号隔开。考核员、考核组组长须填考核员代码，单位联络员须填单位代码。`,
        stamp: 'accounts',
        columns,
        rows: accounts.map((account) => ({ login: account.login, ...textsOf(account) })),
        blankRows: 100,
      },
      compare: (rows) =>
        comparison(judgeAccounts(rows, columns, known), (writes, ground) => {
          const { db: now, table, cost, key, tell } = ground
          const progress = (done: number, total: number) =>
            done < total ? tell('hashing', done, total) : tell('writing', 0, 0)
          return importAccounts(now, { ...table, accounts: writes, cost, key, tell: progress })
        }),
    }
  },
}

function accountColumns(units: readonly string[]): ImportColumn[] {
  const text = { kind: 'text', required: true, tracked: true } as const
  const roles = ROLES.map((role) => ROLE_NAMES[role])
  return [
    {
      kind: 'text',
      required: true,
      key: 'login',
      header: '登录名',
      width: [16, 24],
      named: true,
      tracked: true,
    },
    { ...text, key: 'name', header: '姓名', width: [16, 24] },
    {
      ...text,
      key: 'roles',
      header: '角色',
      width: [24, 40],
      choice: { options: roles, only: false },
    },
    {
      ...{ ...text, required: false, key: 'unitCode', header: '单位代码', width: [12, 20] },
      choice: { options: units, only: false },
    },
    { ...text, required: false, key: 'assessorCode', header: '考核员代码', width: [12, 20] },
  ]
}

function textsOf({ name, roles, unitCode, assessorCode }: Account) {
  return {
    ...{ name, roles: roleWords(roles) },
    ...{ unitCode: unitCode ?? '', assessorCode: assessorCode ?? '' },
  }
}

function judgeAccounts(
  rows: readonly TypedRow[],
  columns: readonly ImportColumn[],
  known: Known,
): JudgedRow<ImportedAccount>[] {
  const firstRows = new Map<string, number>()
  const readers = rows.map((typed) => {
    const reader = new RowReader(typed, columns)
    const login = normalisedLogin(reader.text('login'))
    const first = firstRows.get(login)
    if (first !== undefined && login !== '') {
      reader.fault('login', `登录名「${login}」与第 ${first} 行重复，请只留一行。`)
    }
    firstRows.set(login, first ?? typed.row)
    return { reader, judged: judgeAccount(reader, login, columns, known) }
  })
  assertOwnCodes(readers, known)
  return readers.map(({ reader, judged }) =>
    reader.faults.length > 0 || !judged ? reader : judged,
  )
}

type Judged = Exclude<JudgedRow<ImportedAccount>, { faults: unknown }>

function judgeAccount(
  reader: RowReader,
  login: string,
  columns: readonly ImportColumn[],
  { accounts, units, own }: Known,
): Judged | undefined {
  if (reader.faults.length > 0) return undefined
  const account = accounts.get(login)
  const now = account ? textsOf(account) : { name: '', roles: '', unitCode: '', assessorCode: '' }
  const settled = EDITED.map((key) => {
    const header = columns.find((column) => column.key === key)?.header ?? ''
    return { ...reader.settled(key, now[key]), now: now[key], header }
  })
  const [name = '', typedRoles = '', unitCode = '', assessorCode = ''] = settled.map(
    ({ text }) => text,
  )
  const roles = readRoles(typedRoles)
  if ('problem' in roles) {
    reader.fault('roles', roles.problem)
    return undefined
  }
  if (unitCode !== now.unitCode && !units.has(unitCode)) {
    reader.fault(
      'unitCode',
      `单位名册里没有代码为「${unitCode}」的单位，请核对，或请考评办先新增。`,
    )
  }
  const rights = {
    ...{ name, roles: roles.roles },
    ...{ unitCode: unitCode || null, assessorCode: assessorCode || null },
  }
  try {
    assertLogin(login)
    assertRights(rights)
    if (login === own && !rights.roles.includes('admin')) throw ownAdminRoleNeeded()
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    reader.fault(ACCOUNT_FIELD_OF[error.code] ?? 'login', error.message)
  }
  const after = { name, roles: roleWords(roles.roles), unitCode, assessorCode }
  const same = account !== undefined && EDITED.every((key) => after[key] === now[key])
  const doubt = clashWords(settled)
  const cells = EDITED.map((key) => [key, shownCell(after[key], account ? now[key] : null)])
  return {
    row: reader.row,
    state: same ? 'same' : doubt !== null ? 'doubtful' : account ? 'changed' : 'new',
    shown: { login: shownCell(login, null), ...Object.fromEntries(cells) },
    doubt,
    write: { login, ...rights, before: account ? rightsOf(account) : null },
  }
}

function rightsOf({ name, roles, unitCode, assessorCode }: Account) {
  return { name, roles, unitCode, assessorCode }
}

/** Nobody marks under another's code, neither one who is there nor one of the same table. */
function assertOwnCodes(
  rows: readonly { reader: RowReader; judged: Judged | undefined }[],
  { accounts }: Known,
): void {
  const written = new Set(rows.flatMap(({ judged }) => judged?.write.login ?? []))
  const holders = new Map<string, string>()
  for (const account of accounts.values()) {
    if (account.disabledAt !== null || written.has(account.login)) continue
    if (marks(account) && account.assessorCode !== null) {
      holders.set(account.assessorCode, account.login)
    }
  }
  for (const { reader, judged } of rows) {
    if (!judged || !marks(judged.write)) continue
    const { login, assessorCode } = judged.write
    if (assessorCode === null || accounts.get(login)?.disabledAt) continue
    const holder = holders.get(assessorCode)
    if (holder !== undefined) {
      reader.fault('assessorCode', assessorCodeTaken(assessorCode, holder).message)
    }
    holders.set(assessorCode, holder ?? login)
  }
}

function marks({ roles }: Pick<Account, 'roles'>): boolean {
  return roles.includes('assessor') || roles.includes('lead')
}
