/** Sessions in the database: revocable, idle for 30 minutes at most, their ids kept as hashes. */

import { createHash, randomBytes } from 'node:crypto'
import cookie, { Signer } from '@fastify/cookie'
import session, { type FastifySessionOptions } from '@fastify/session'
import type { Session } from 'fastify'
import fp from 'fastify-plugin'
import { minutesLater } from '../domain/beijing-time.ts'
import type { KeptForm } from '../form.ts'
import type { Account } from '../store/accounts.ts'
import type { Database } from '../store/database.ts'
import {
  findSession,
  revokeSession,
  saveSession,
  sessionAccount,
  touchSession,
} from '../store/sessions.ts'
import { settingOrMade } from '../store/settings.ts'

const COOKIE = 'hengjian_session'
const IDLE_MINUTES = 30
/** Somebody who has not signed in has nothing to protect; the page may wait for him all day. */
const VISITOR_MINUTES = 12 * 60
/** Not every request needs to write that the session is in use. */
const TOUCH_AFTER_MS = 60_000

declare module 'fastify' {
  interface Session {
    /** who is signed in */
    accountId?: string
    /** who was signed in, until the session ran out or was revoked */
    formerAccountId?: string
    address?: string
    agent?: string
    /** shown once on the next page */
    notice?: string
    /** what was typed when the session had run out, waiting to be sent again */
    kept?: KeptForm
    /** when the session was last written as in use; only read */
    seenAt?: string
    /**
     * who is signed in, as read together with the session; a function, so that it is no part of what the
     * session remembers
     */
    account?: () => Account | undefined
  }
  interface FastifyRequest {
    /** the session's key in the database */
    readonly sessionKey: string
  }
}

export const sessions = fp(async (app) => {
  const secret = await settingOrMade(app.db, 'cookie_secret', () => randomBytes(32).toString('hex'))
  const signer = new Signer(secret)
  await app.register(cookie)
  await app.register(session, {
    secret: signer,
    cookieName: COOKIE,
    cookie: { path: '/', httpOnly: true, sameSite: 'lax', secure: app.config.cookieSecure },
    saveUninitialized: false,
    rolling: false,
    store: sessionStore(app.db, app.now),
  })
  app.decorateRequest('sessionKey', {
    getter() {
      return keyOf(this.session.sessionId)
    },
  })

  app.addHook('onRequest', async (request) => {
    const { accountId, formerAccountId, seenAt } = request.session
    const at = app.now()
    if (accountId !== undefined) {
      if (seenAt === undefined || Date.parse(at) - Date.parse(seenAt) < TOUCH_AFTER_MS) return
      const expiresAt = minutesLater(at, IDLE_MINUTES)
      await touchSession(app.db, request.sessionKey, { at, expiresAt })
      return
    }
    const typed = request.cookies[COOKIE]
    if (typed === undefined || formerAccountId !== undefined) return
    const { valid, value } = signer.unsign(typed)
    if (!valid || value === null || value === request.session.sessionId) return
    const former = await sessionAccount(app.db, keyOf(value))
    if (former !== undefined) request.session.formerAccountId = former
  })
})

function keyOf(sessionId: string): string {
  return createHash('sha256').update(sessionId).digest('hex')
}

/** The store that @fastify/session asks, by callbacks. */
function sessionStore(
  db: Database,
  now: () => string,
): NonNullable<FastifySessionOptions['store']> {
  return {
    get(id, done) {
      findSession(db, keyOf(id), now()).then((row) => done(null, row ? restored(row) : null), done)
    },
    set(id, { cookie: _, accountId, address, agent, seenAt: __, account: ___, ...state }, done) {
      const at = now()
      saveSession(db, {
        id: keyOf(id),
        accountId: accountId ?? null,
        state: JSON.stringify(state),
        address: address ?? '',
        agent: agent ?? '',
        at,
        expiresAt: minutesLater(at, accountId === undefined ? VISITOR_MINUTES : IDLE_MINUTES),
      }).then(() => done(), done)
    },
    destroy(id, done) {
      revokeSession(db, keyOf(id), now()).then(() => done(), done)
    },
  }
}

type Row = NonNullable<Awaited<ReturnType<typeof findSession>>>

function restored(row: Row): Session {
  const state: Omit<Session, 'cookie'> = JSON.parse(row.state)
  return {
    ...state,
    ...(row.accountId === null ? {} : { accountId: row.accountId }),
    address: row.address,
    agent: row.agent,
    seenAt: row.lastSeenAt,
    account: () => row.account,
    cookie: { originalMaxAge: null },
  }
}
