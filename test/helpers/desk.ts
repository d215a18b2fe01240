/** The application with the small cycle of cycle.ts in it, and one signed-in person of each role. */

import type { FastifyInstance, LightMyRequestResponse } from 'fastify'
import type { Test } from 'tap'
import { importBundle } from '../../server/actions/import-bundle.ts'
import type { Config } from '../../server/config.ts'
import type { Role } from '../../server/domain/actor.ts'
import type { Bundle } from '../../server/domain/bundle.ts'
import type { Database } from '../../server/store/database.ts'
import {
  anAccount,
  anApp,
  type Clock,
  MORNING,
  signIn,
  type TestAccount,
  type Visitor,
} from './app.ts'
import { aBundle } from './cycle.ts'

const PEOPLE: Readonly<
  Record<
    Role,
    { login: string; name: string; unitCode: string | null; assessorCode: string | null }
  >
> = {
  organiser: { login: 'organiser', name: '陈考评', unitCode: null, assessorCode: null },
  assessor: { login: 'assessor', name: '王考核', unitCode: 'U3', assessorCode: 'K1' },
  lead: { login: 'lead', name: '张组长', unitCode: null, assessorCode: 'K3' },
  leader: { login: 'leader', name: '赵领导', unitCode: null, assessorCode: null },
  unit: { login: 'unit', name: '孙联络', unitCode: 'U1', assessorCode: null },
  auditor: { login: 'auditor', name: '钱监督', unitCode: null, assessorCode: null },
  admin: { login: 'admin', name: '周管理', unitCode: null, assessorCode: null },
}

export const ALL_ROLES: readonly Role[] = [
  'organiser',
  'assessor',
  'lead',
  'leader',
  'unit',
  'auditor',
  'admin',
]

export interface Desk {
  app: FastifyInstance
  db: Database
  /** '' without a cycle */
  cycleId: string
  account(role: Role): Promise<TestAccount>
  /** somebody of this role, signed in */
  as(role: Role): Promise<Visitor>
}

/**
 * @param bundle null for a program in which there is no cycle yet
 * @param ground an application that runs already, if any, on the same database
 */
export async function aDesk(
  t: Test,
  db: Database,
  bundle: Bundle | null = aBundle(),
  ground: { clock?: Clock; config?: Partial<Config>; app?: FastifyInstance } = {},
): Promise<Desk> {
  const app = ground.app ?? (await anApp(t, db, ground))
  const accounts = new Map<Role, Promise<TestAccount>>()
  const visitors = new Map<Role, Promise<Visitor>>()
  const account = (role: Role) => {
    const known = accounts.get(role) ?? anAccount(db, { ...PEOPLE[role], roles: [role] })
    accounts.set(role, known)
    return known
  }
  const as = (role: Role) => {
    const known = visitors.get(role) ?? account(role).then((person) => signIn(app, person))
    visitors.set(role, known)
    return known
  }
  if (bundle === null) return { app, db, cycleId: '', account, as }
  const { actor } = await account('organiser')
  const cycleId = await importBundle(db, { bundle, name: '2026年度考核', actor, at: MORNING })
  return { app, db, cycleId, account, as }
}

/** The roles that get this status from a page, of all. */
export async function rolesWith(desk: Desk, status: number, url: string): Promise<Role[]> {
  const found: Role[] = []
  for (const role of ALL_ROLES) {
    const answer = await (await desk.as(role)).get(url)
    if (answer.statusCode === status) found.push(role)
  }
  return found
}

/** A page's text without its marks, blanks as one space. */
export function textOf({ body }: { body: string }): string {
  return body
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll('&quot;', '"')
    .replaceAll(/\s+/g, ' ')
}

export interface SentFile {
  field: string
  name: string
  content: string | Uint8Array
}

/** Sends a form as a browser sends one that may hold a file. */
export async function postMultipart(
  { app }: Desk,
  visitor: Visitor,
  url: string,
  fields: Readonly<Record<string, string>>,
  file: SentFile = { field: 'file', name: '', content: '' },
): Promise<LightMyRequestResponse> {
  const tokens = await visitor.tokens()
  const boundary = 'form-boundary-7d81b1'
  const part = (head: string, content: string | Uint8Array) =>
    Buffer.concat([
      Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; ${head}\r\n\r\n`),
      Buffer.from(content),
      Buffer.from('\r\n'),
    ])
  const type = 'Content-Type: application/json'
  const payload = Buffer.concat([
    ...Object.entries({ ...tokens, ...fields }).map(([name, text]) => part(`name="${name}"`, text)),
    part(`name="${file.field}"; filename="${file.name}"\r\n${type}`, file.content),
    Buffer.from(`--${boundary}--\r\n`),
  ])
  return app.inject({
    method: 'POST',
    url,
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
    cookies: Object.fromEntries(visitor.cookies),
    payload,
  })
}
