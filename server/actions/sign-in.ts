import { VISITOR } from '../domain/actor.ts'
import { minutesLater } from '../domain/beijing-time.ts'
import { accountDisabled, signInLocked, signInRefused } from '../errors.ts'
import {
  type Account,
  actorOf,
  findAccountByLogin,
  normalisedLogin,
  passwordHashOf,
} from '../store/accounts.ts'
import { recordAudit } from '../store/audit.ts'
import type { Database } from '../store/database.ts'
import { countAttempt, forgetFailures, lockLogin } from '../store/sign-in-failures.ts'
import { type PasswordCost, passwordMatches } from './password-hash.ts'

const ATTEMPTS = 5
const LOCK_MINUTES = 15

export interface SignIn {
  login: string
  password: string
  cost: PasswordCost
  address: string
  at: string
}

/**
 * Checks who somebody is. An unknown sign-in name and a wrong password get the same answer after the
 * same work, and are locked alike after five failures.
 *
 * @throws {AppError} SIGN_IN_REFUSED, SIGN_IN_LOCKED, or ACCOUNT_DISABLED once the password was right
 */
export async function signIn(
  db: Database,
  { login: typed, password, cost, address, at }: SignIn,
): Promise<Account> {
  const login = normalisedLogin(typed).slice(0, 100)
  const { failures, lockedUntil } = await openAttempt(db, login, at)
  const account = await findAccountByLogin(db, login)
  const known = account && (await passwordHashOf(db, account.id))
  const matches = await passwordMatches(known, password, cost)
  if (lockedUntil !== null && failures > ATTEMPTS) throw signInLocked(lockedUntil)
  if (!account || !matches) {
    await recordFailure(db, { account, locked: lockedUntil !== null, address, at })
    throw lockedUntil === null ? signInRefused() : signInLocked(lockedUntil)
  }
  if (account.disabledAt !== null) throw accountDisabled(login)
  await db.transaction().execute(async (trx) => {
    await forgetFailures(trx, login)
    const actor = actorOf(account)
    await recordAudit(trx, {
      at,
      actor,
      action: 'session.open',
      subject: login,
      detail: { address },
    })
  })
  return account
}

/** Counts the attempt before it is judged; the fifth in a row locks the name unless it succeeds. */
async function openAttempt(db: Database, login: string, at: string) {
  return db.transaction().execute(async (trx) => {
    const attempt = await countAttempt(trx, login, at)
    if (attempt.failures < ATTEMPTS || attempt.lockedUntil !== null) return attempt
    const lockedUntil = minutesLater(at, LOCK_MINUTES)
    await lockLogin(trx, login, lockedUntil)
    return { ...attempt, lockedUntil }
  })
}

async function recordFailure(
  db: Database,
  {
    account,
    locked,
    address,
    at,
  }: { account: Account | undefined; locked: boolean; address: string; at: string },
): Promise<void> {
  await db.transaction().execute((trx) =>
    recordAudit(trx, {
      at,
      actor: VISITOR,
      action: locked ? 'sign-in.lock' : 'sign-in.fail',
      // What was typed in place of a known name may be a password, so it is not written down.
      subject: account?.login ?? '未知登录名',
      detail: { address },
    }),
  )
}
