/** Sessions: who is signed in from where. Ids are hashes, so a copy of the database opens none. */

import { ACCOUNT_COLUMNS, type Account, type AccountRoleRow, accountsFrom } from './accounts.ts'
import { compiled, soughtText } from './compiled.ts'
import type { Database, Trx } from './database.ts'

/** A session that can be used: neither run out nor revoked. */
export interface OpenSession {
  id: string
  accountId: string | null
  /** what the session remembers besides, JSON */
  state: string
  createdAt: string
  lastSeenAt: string
  address: string
  agent: string
}

export interface SavedSession {
  id: string
  accountId: string | null
  state: string
  address: string
  agent: string
  at: string
  expiresAt: string
}

const columns = [
  'id',
  'account_id as accountId',
  'state',
  'created_at as createdAt',
  'last_seen_at as lastSeenAt',
  'address',
  'agent',
] as const

/** What a request finds of its session: with who is signed in, in the roles and state of this moment. */
export interface FoundSession
  extends Pick<OpenSession, 'accountId' | 'state' | 'lastSeenAt' | 'address' | 'agent'> {
  account: Account | undefined
}

const sessionRows = compiled((db, blank: { id: string; at: string }) =>
  db
    .selectFrom('session')
    .leftJoin('account', 'account.id', 'session.account_id')
    .leftJoin('account_role', 'account_role.account_id', 'account.id')
    .where('session.id', '=', soughtText(blank.id))
    .where('session.revoked_at', 'is', null)
    .where('session.expires_at', '>', soughtText(blank.at))
    .select([
      'session.account_id as accountId',
      'session.state',
      'session.last_seen_at as lastSeenAt',
      'session.address',
      'session.agent',
      ...ACCOUNT_COLUMNS,
    ]),
)

/** @param at the moment that decides whether it has run out */
export async function findSession(
  db: Database,
  id: string,
  at: string,
): Promise<FoundSession | undefined> {
  const { rows } = await sessionRows(db, { id, at })
  const [first] = rows
  if (!first) return undefined
  const { accountId, state, lastSeenAt, address, agent } = first
  const [account] = accountsFrom(rows.filter(isOfAccount))
  return { accountId, state, lastSeenAt, address, agent, account }
}

type SessionRows = Awaited<ReturnType<typeof sessionRows>>['rows']

function isOfAccount(row: SessionRows[number]): row is SessionRows[number] & AccountRoleRow {
  return row.id !== null
}

/** Whose session this is or was: also after it has run out or was revoked. */
export async function sessionAccount(db: Database | Trx, id: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('session')
    .where('id', '=', id)
    .select('account_id')
    .executeTakeFirst()
  return row?.account_id ?? undefined
}

/** A person's open sessions, the one used last first. */
export async function openSessions(
  db: Database,
  accountId: string,
  at: string,
): Promise<OpenSession[]> {
  return db
    .selectFrom('session')
    .where('account_id', '=', accountId)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', at)
    .select(columns)
    .orderBy('last_seen_at', 'desc')
    .orderBy('id')
    .execute()
}

/** Adds a session or writes what it remembers now. A revoked one stays revoked. */
export async function saveSession(db: Database, session: SavedSession): Promise<void> {
  await db
    .insertInto('session')
    .values({
      id: session.id,
      account_id: session.accountId,
      state: session.state,
      created_at: session.at,
      last_seen_at: session.at,
      expires_at: session.expiresAt,
      revoked_at: null,
      address: session.address,
      agent: session.agent,
    })
    .onConflict((conflict) =>
      conflict
        .column('id')
        .doUpdateSet({
          account_id: session.accountId,
          state: session.state,
          last_seen_at: session.at,
          expires_at: session.expiresAt,
          address: session.address,
          agent: session.agent,
        })
        .where('session.revoked_at', 'is', null),
    )
    .execute()
}

/** Puts off the end of a session that is being used. */
export async function touchSession(
  db: Database,
  id: string,
  { at, expiresAt }: { at: string; expiresAt: string },
): Promise<void> {
  await db
    .updateTable('session')
    .set({ last_seen_at: at, expires_at: expiresAt })
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .execute()
}

/** Ends a session. @returns false if it was over already */
export async function revokeSession(db: Database | Trx, id: string, at: string): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('session')
    .set({ revoked_at: at })
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/**
 * Ends a person's sessions.
 *
 * @param except the one to keep
 */
export async function revokeSessions(
  trx: Trx,
  accountId: string,
  { at, except = '' }: { at: string; except?: string },
): Promise<void> {
  await trx
    .updateTable('session')
    .set({ revoked_at: at })
    .where('account_id', '=', accountId)
    .where('id', '!=', except)
    .where('revoked_at', 'is', null)
    .execute()
}

/** Forgets sessions that ran out before a moment. Until then they tell whose half-typed form comes in. */
export async function sweepSessions(db: Database, before: string): Promise<void> {
  await db.deleteFrom('session').where('expires_at', '<', before).execute()
}
