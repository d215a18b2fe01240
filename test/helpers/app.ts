/** The real application on a real database, and people who use it through a cookie jar. */

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance, LightMyRequestResponse } from 'fastify'
import type { Test } from 'tap'
import { addAccount } from '../../server/actions/add-account.ts'
import { buildApp } from '../../server/app.ts'
import type { Config } from '../../server/config.ts'
import { type Actor, COMMAND_LINE, type Role } from '../../server/domain/actor.ts'
import { minutesLater } from '../../server/domain/beijing-time.ts'
import { actorOf, findAccount } from '../../server/store/accounts.ts'
import type { Database } from '../../server/store/database.ts'
import { urlOf } from './database.ts'
import { testConfig } from './test-config.ts'

/** 9:00 in Beijing. */
export const MORNING = '2026-11-20T01:00:00.000Z'

/** A clock that moves when told to. */
export class Clock {
  #at = MORNING

  readonly now = (): string => this.#at

  pass(minutes: number): void {
    this.#at = minutesLater(this.#at, minutes)
  }
}

/** The application, closed when the test ends. */
export async function anApp(
  t: Test,
  db: Database,
  { clock = new Clock(), config = {} }: { clock?: Clock; config?: Partial<Config> } = {},
): Promise<FastifyInstance> {
  const evidenceDir = mkdtempSync(join(tmpdir(), 'hengjian-evidence-'))
  const places = { evidenceDir, databaseUrl: urlOf(db) }
  const app = await buildApp({ db, config: testConfig({ ...places, ...config }), now: clock.now })
  t.teardown(async () => {
    await app.close()
    rmSync(evidenceDir, { recursive: true, force: true })
  })
  return app
}

export interface TestAccount {
  login: string
  password: string
  actor: Actor
}

/** Adds a person with a password of his own; `firstPassword` for one who must still change it. */
export async function anAccount(
  db: Database,
  {
    login = 'wangfang',
    name = '王芳',
    roles = ['organiser'],
    unitCode = null,
    assessorCode = roles.some((role) => role === 'assessor' || role === 'lead')
      ? `P-${login}`
      : null,
    firstPassword = false,
  }: Partial<Pick<Actor, 'login' | 'name' | 'unitCode' | 'assessorCode'>> & {
    roles?: readonly Role[]
    firstPassword?: boolean
  } = {},
): Promise<TestAccount> {
  const cost = testConfig().passwordCost
  const own = firstPassword ? {} : { password: 'Morgentau 77' }
  const person = { login, name, roles, unitCode, assessorCode, ...own }
  const added = await addAccount(db, { ...person, cost, actor: COMMAND_LINE, at: MORNING })
  const account = await findAccount(db, added.id)
  if (!account) throw new Error('the account just added is not there')
  return { login: added.login, password: added.password, actor: actorOf(account) }
}

export type Fields = Readonly<Record<string, string | readonly string[]>>

/** Somebody with a browser's cookies, who reads pages and sends forms. */
export class Visitor {
  readonly #app: FastifyInstance
  readonly cookies = new Map<string, string>()

  constructor(app: FastifyInstance) {
    this.#app = app
  }

  async get(url: string, headers: Record<string, string> = {}): Promise<LightMyRequestResponse> {
    return this.#keepCookies(
      await this.#app.inject({ method: 'GET', url, headers, cookies: this.#sent() }),
    )
  }

  /** Sends a form just as given, without a token unless it is among the fields. */
  async post(
    url: string,
    fields: Fields,
    headers: Record<string, string> = {},
  ): Promise<LightMyRequestResponse> {
    const body = new URLSearchParams(
      Object.entries(fields).flatMap(([name, value]) =>
        (typeof value === 'string' ? [value] : value).map((one): [string, string] => [name, one]),
      ),
    )
    return this.#keepCookies(
      await this.#app.inject({
        method: 'POST',
        url,
        headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
        cookies: this.#sent(),
        payload: body.toString(),
      }),
    )
  }

  /** Sends a form as a page would: with a token that was fetched just before. */
  async postForm(url: string, fields: Fields): Promise<LightMyRequestResponse> {
    return this.post(url, { ...(await this.tokens()), ...fields })
  }

  /** The hidden fields of every form of this session. */
  async tokens(): Promise<{ _csrf: string; _for: string }> {
    const own = await this.get('/account/password')
    const page = own.statusCode === 200 ? own : await this.get('/login')
    return { _csrf: hiddenField(page, '_csrf'), _for: hiddenField(page, '_for') }
  }

  #sent(): Record<string, string> {
    return Object.fromEntries(this.cookies)
  }

  #keepCookies(response: LightMyRequestResponse): LightMyRequestResponse {
    for (const { name, value } of response.cookies) {
      if (value === '') this.cookies.delete(name)
      else this.cookies.set(name, value)
    }
    return response
  }
}

/** The value of a hidden field on a page. @throws {Error} if there is none */
export function hiddenField(page: LightMyRequestResponse, name: string): string {
  const value = new RegExp(`name="${name}" value="([^"]*)"`).exec(page.body)?.[1]
  if (value === undefined) throw new Error(`the page has no hidden field ${name}:\n${page.body}`)
  return value.replaceAll('&#x3D;', '=').replaceAll('&amp;', '&')
}

/** Signs a person in. @throws {Error} if the application does not let him in */
export async function signIn(
  app: FastifyInstance,
  { login, password }: Pick<TestAccount, 'login' | 'password'>,
): Promise<Visitor> {
  const visitor = new Visitor(app)
  const answer = await visitor.postForm('/login', { login, password })
  if (answer.statusCode !== 303) throw new Error(`could not sign in ${login}: ${answer.body}`)
  return visitor
}
