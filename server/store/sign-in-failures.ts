/** How often signing in has failed, by the name that was typed, whether such an account exists or not. */

import type { Database, Trx } from './database.ts'

export interface SignInFailures {
  failures: number
  lockedUntil: string | null
}

/** Counts one more attempt. It is counted before it is judged, so that many at once do not slip through. */
export async function countAttempt(trx: Trx, login: string, at: string): Promise<SignInFailures> {
  // A lock that is over starts the count anew.
  await trx
    .deleteFrom('sign_in_failure')
    .where('login', '=', login)
    .where('locked_until', '<=', at)
    .execute()
  return trx
    .insertInto('sign_in_failure')
    .values({ login, failures: 1, last_failed_at: at, locked_until: null })
    .onConflict((conflict) =>
      conflict.column('login').doUpdateSet((row) => ({
        failures: row('sign_in_failure.failures', '+', 1),
        last_failed_at: at,
      })),
    )
    .returning(['failures', 'locked_until as lockedUntil'])
    .executeTakeFirstOrThrow()
}

export async function lockLogin(trx: Trx, login: string, until: string): Promise<void> {
  await trx
    .updateTable('sign_in_failure')
    .set({ locked_until: until })
    .where('login', '=', login)
    .execute()
}

export async function forgetFailures(trx: Trx, login: string): Promise<void> {
  await trx.deleteFrom('sign_in_failure').where('login', '=', login).execute()
}

/** Until when each sign-in name is locked, of those that are. */
export async function lockedLogins(db: Database, at: string): Promise<Map<string, string>> {
  const rows = await db
    .selectFrom('sign_in_failure')
    .where('locked_until', '>', at)
    .select(['login', 'locked_until'])
    .execute()
  return new Map(rows.map((row) => [row.login, row.locked_until ?? '']))
}

/** Forgets names not tried since a moment: what strangers type must not fill the disk. */
export async function sweepFailures(db: Database, before: string): Promise<void> {
  await db.deleteFrom('sign_in_failure').where('last_failed_at', '<', before).execute()
}
