/** People who can sign in, and their roles. */

import { type Actor, ROLES, type Role } from '../domain/actor.ts'
import type { Database, Trx } from './database.ts'
import { insertRows, noteGone, noteRows } from './row-ledger.ts'

export interface Account {
  id: string
  /** the sign-in name, lower case */
  login: string
  name: string
  /** in the order of ROLES */
  roles: readonly Role[]
  unitCode: string | null
  assessorCode: string | null
  mustChangePassword: boolean
  disabledAt: string | null
  createdAt: string
}

export interface NewAccountRow {
  id: string
  login: string
  name: string
  roles: readonly Role[]
  unitCode: string | null
  assessorCode: string | null
  passwordHash: string
  mustChangePassword: boolean
  at: string
}

/** What a person may do and for whom, apart from the password. */
export type AccountChange = Pick<Account, 'name' | 'roles' | 'unitCode' | 'assessorCode'>

export function actorOf(account: Account): Actor {
  const { id, login, name, roles, unitCode, assessorCode } = account
  return { accountId: id, login, name, roles, unitCode, assessorCode }
}

/** Sign-in names are compared as typed on any keyboard: no surrounding space, lower case, half width. */
export function normalisedLogin(typed: string): string {
  return typed.normalize('NFKC').trim().toLowerCase()
}

export async function findAccount(db: Database | Trx, id: string): Promise<Account | undefined> {
  const rows = await accountRows(db).where('account.id', '=', id).execute()
  return accountsFrom(rows)[0]
}

export async function findAccountByLogin(
  db: Database | Trx,
  login: string,
): Promise<Account | undefined> {
  const rows = await accountRows(db).where('account.login', '=', login).execute()
  return accountsFrom(rows)[0]
}

/** Everybody, by sign-in name. */
export async function listAccounts(db: Database): Promise<Account[]> {
  return accountsFrom(await accountRows(db).orderBy('account.login').execute())
}

/** The units that each assessor belongs to, by his assessor code: those he never marks (回避). */
export async function ownUnitsByAssessor(db: Database): Promise<Map<string, string[]>> {
  const rows = await db
    .selectFrom('account')
    .where('assessor_code', 'is not', null)
    .where('unit_code', 'is not', null)
    .select(['assessor_code', 'unit_code'])
    .orderBy('login')
    .execute()
  const units = new Map<string, string[]>()
  for (const { assessor_code: code, unit_code: unit } of rows) {
    if (code !== null && unit !== null) units.set(code, [...(units.get(code) ?? []), unit])
  }
  return units
}

/** The sign-in name of another person in one of these roles who has this assessor code and may sign in. */
export async function codeHolder(
  trx: Trx,
  code: string,
  { except, roles }: { except: string; roles: readonly Role[] },
): Promise<string | undefined> {
  const row = await trx
    .selectFrom('account')
    .innerJoin('account_role', 'account_role.account_id', 'account.id')
    .where('account.assessor_code', '=', code)
    .where('account.login', '!=', except)
    .where('account.disabled_at', 'is', null)
    .where('account_role.role', 'in', roles)
    .select('account.login')
    .orderBy('account.login')
    .executeTakeFirst()
  return row?.login
}

/** The assessor codes of those who may lead a team: they have the role and may sign in. */
export async function leadCodes(db: Database): Promise<Set<string>> {
  const rows = await db
    .selectFrom('account')
    .innerJoin('account_role', 'account_role.account_id', 'account.id')
    .where('account_role.role', '=', 'lead')
    .where('account.disabled_at', 'is', null)
    .select('account.assessor_code as code')
    .execute()
  return new Set(rows.flatMap(({ code }) => code ?? []))
}

export async function hasAccounts(db: Database): Promise<boolean> {
  const row = await db.selectFrom('account').select('id').limit(1).executeTakeFirst()
  return row !== undefined
}

export async function passwordHashOf(
  db: Database | Trx,
  accountId: string,
): Promise<string | undefined> {
  const row = await db
    .selectFrom('account')
    .where('id', '=', accountId)
    .select('password_hash')
    .executeTakeFirst()
  return row?.password_hash
}

/** @returns false if the sign-in name is taken */
export async function insertAccount(trx: Trx, row: NewAccountRow): Promise<boolean> {
  const rows = await trx
    .insertInto('account')
    .values({
      id: row.id,
      login: row.login,
      name: row.name,
      password_hash: row.passwordHash,
      must_change_password: row.mustChangePassword ? 1 : 0,
      unit_code: row.unitCode,
      assessor_code: row.assessorCode,
      disabled_at: null,
      created_at: row.at,
    })
    .onConflict((conflict) => conflict.column('login').doNothing())
    .returningAll()
    .execute()
  if (rows.length === 0) return false
  noteRows(trx, 'account', rows)
  await insertRoles(trx, row.id, row.roles)
  return true
}

export async function updateAccount(trx: Trx, id: string, change: AccountChange): Promise<void> {
  const rows = await trx
    .updateTable('account')
    .set({ name: change.name, unit_code: change.unitCode, assessor_code: change.assessorCode })
    .where('id', '=', id)
    .returningAll()
    .execute()
  noteRows(trx, 'account', rows)
  const roles = await trx
    .deleteFrom('account_role')
    .where('account_id', '=', id)
    .returningAll()
    .execute()
  noteGone(trx, 'account_role', roles)
  await insertRoles(trx, id, change.roles)
}

export async function updatePassword(
  trx: Trx,
  id: string,
  { passwordHash, mustChange }: { passwordHash: string; mustChange: boolean },
): Promise<void> {
  const rows = await trx
    .updateTable('account')
    .set({ password_hash: passwordHash, must_change_password: mustChange ? 1 : 0 })
    .where('id', '=', id)
    .returningAll()
    .execute()
  noteRows(trx, 'account', rows)
}

/** @param disabledAt null to let the person in again */
export async function updateDisabled(
  trx: Trx,
  id: string,
  disabledAt: string | null,
): Promise<void> {
  const rows = await trx
    .updateTable('account')
    .set({ disabled_at: disabledAt })
    .where('id', '=', id)
    .returningAll()
    .execute()
  noteRows(trx, 'account', rows)
}

async function insertRoles(trx: Trx, accountId: string, roles: readonly Role[]): Promise<void> {
  const rows = roles.map((role) => ({ account_id: accountId, role }))
  await insertRows(trx, 'account_role', rows)
}

/** What is read of an account, one row per role. */
export const ACCOUNT_COLUMNS = [
  'account.id',
  'account.login',
  'account.name',
  'account.unit_code',
  'account.assessor_code',
  'account.must_change_password',
  'account.disabled_at',
  'account.created_at',
  'account_role.role',
] as const

function accountRows(db: Database | Trx) {
  return db
    .selectFrom('account')
    .leftJoin('account_role', 'account_role.account_id', 'account.id')
    .select(ACCOUNT_COLUMNS)
}

export type AccountRoleRow = Awaited<ReturnType<ReturnType<typeof accountRows>['execute']>>[number]

/** Accounts out of their rows. */
export function accountsFrom(rows: readonly AccountRoleRow[]): Account[] {
  const grouped = Map.groupBy(rows, (row) => row.id)
  return [...grouped.values()].flatMap(([first, ...rest]) =>
    first ? [accountFrom(first, [first, ...rest])] : [],
  )
}

function accountFrom(row: AccountRoleRow, rows: readonly AccountRoleRow[]): Account {
  return {
    id: row.id,
    login: row.login,
    name: row.name,
    roles: ROLES.filter((role) => rows.some((one) => one.role === role)),
    unitCode: row.unit_code,
    assessorCode: row.assessor_code,
    mustChangePassword: row.must_change_password === 1,
    disabledAt: row.disabled_at,
    createdAt: row.created_at,
  }
}
