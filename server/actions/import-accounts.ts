import { accountChangedMeanwhile } from '../errors.ts'
import { normalisedLogin } from '../store/accounts.ts'
import { recordAudit } from '../store/audit.ts'
import type { Database } from '../store/database.ts'
import { type AccountRights, assertLogin, assertRights } from './account-rules.ts'
import { writeAccount } from './add-account.ts'
import { rewriteAccount } from './change-account.ts'
import { type AcceptedTable, acceptedEntry, closeTable } from './close-table.ts'
import { assertRole } from './entry-place.ts'
import { oneTimePassword } from './one-time-password.ts'
import { hashPassword, type PasswordCost } from './password-hash.ts'
import { type FirstPassword, sealPasswords } from './sealed-passwords.ts'
import { TABLE_ROLES } from './table-roles.ts'

/** An account as it should be, and as it was when the person decided so. */
export interface ImportedAccount extends AccountRights {
  login: string
  /** null: there was none */
  before: AccountRights | null
}

export interface ImportAccounts extends AcceptedTable {
  accounts: readonly ImportedAccount[]
  cost: PasswordCost
  /** what opens the new accounts' one-time passwords again; nobody else has it */
  key: Uint8Array
  /** how many passwords are made, of how many */
  tell?: (done: number, total: number) => void
}

/**
 * Adds and changes accounts, all or none, each with its own entry in the ledger. New ones get one-time
 * passwords, kept sealed beside the table.
 *
 * @throws {AppError} if the actor may not, a rule for accounts is broken, or somebody changed one meanwhile
 */
export async function importAccounts(
  db: Database,
  { accounts, cost, key, tell = () => {}, ...table }: ImportAccounts,
): Promise<void> {
  const { actor, at } = table
  assertRole(actor, TABLE_ROLES.accounts)
  for (const account of accounts) {
    assertLogin(account.login)
    assertRights(account)
  }
  const added = accounts.filter(({ before }) => before === null)
  const first = await firstPasswords(added, cost, tell)
  const changed = accounts.length - added.length
  const outcome = {
    notice: `已从 Excel 新增 ${added.length} 个账号，修改 ${changed} 个账号。`,
    ...(added.length === 0 ? {} : { sealed: sealPasswords(first, key) }),
  }
  const hashes = new Map(first.map(({ login, passwordHash }) => [login, passwordHash]))
  await db.transaction().execute(async (trx) => {
    await closeTable(trx, table, outcome)
    await recordAudit(trx, acceptedEntry(table, { kind: 'accounts', rows: accounts.length }))
    for (const { before, login, ...rights } of accounts) {
      const passwordHash = hashes.get(login)
      if (before) {
        await rewriteAccount(trx, { login, ...rights, actor, at }, (present) => {
          if (saidOf(present) !== saidOf(before)) throw accountChangedMeanwhile(login)
        })
      } else if (passwordHash !== undefined) {
        const account = { login, rights, passwordHash, mustChangePassword: true }
        await writeAccount(trx, { ...account, actor, at })
      }
    }
  })
}

/** Made before the transaction begins, which would keep everybody waiting for as long. */
async function firstPasswords(
  added: readonly ImportedAccount[],
  cost: PasswordCost,
  tell: (done: number, total: number) => void,
): Promise<(FirstPassword & { passwordHash: string })[]> {
  const made: (FirstPassword & { passwordHash: string })[] = []
  for (const { login, name } of added) {
    const password = oneTimePassword()
    const passwordHash = await hashPassword(password, cost)
    made.push({ login: normalisedLogin(login), name, password, passwordHash })
    tell(made.length, added.length)
  }
  return made
}

function saidOf({ name, roles, unitCode, assessorCode }: AccountRights): string {
  return JSON.stringify([name, [...roles].sort(), unitCode, assessorCode])
}
