/** A cycle with people who work in it, signed in to the real application. */

import type { FastifyInstance } from 'fastify'
import type { Test } from 'tap'
import type { Actor, Role } from '../../server/domain/actor.ts'
import type { Bundle } from '../../server/domain/bundle.ts'
import type { Database } from '../../server/store/database.ts'
import { anAccount, anApp, Clock, signIn, type TestAccount, type Visitor } from './app.ts'
import { aBundle, aCycle } from './cycle.ts'
import { formOn } from './form-on-page.ts'

export interface Person {
  account: TestAccount
  actor: Actor
  visitor: Visitor
}

export interface DeskTest {
  db: Database
  app: FastifyInstance
  clock: Clock
  cycleId: string
  scoring: string
  ledger: string
  /** 王考核, who marks as K1 */
  wang: Person
  /** somebody more, by sign-in name */
  person: (login: string, about: PersonAbout) => Promise<Person>
}

export interface PersonAbout {
  name?: string
  roles?: readonly Role[]
  unitCode?: string | null
  assessorCode?: string | null
}

export async function aDesk(t: Test, db: Database, bundle: Bundle = aBundle()): Promise<DeskTest> {
  const clock = new Clock()
  const app = await anApp(t, db, { clock })
  const cycleId = await aCycle(db, bundle)
  const person = async (login: string, about: PersonAbout): Promise<Person> => {
    const account = await anAccount(db, { login, name: login, roles: ['assessor'], ...about })
    return { account, actor: account.actor, visitor: await signIn(app, account) }
  }
  const base = `/cycles/${cycleId}`
  const wang = await person('wang', { name: '王考核', assessorCode: 'K1' })
  const paths = { scoring: `${base}/scoring`, ledger: `${base}/ledger` }
  return { db, app, clock, cycleId, ...paths, wang, person }
}

/** Opens a page, types into its form and sends it. */
export async function fillIn(
  visitor: Visitor,
  page: string,
  typed: Readonly<Record<string, string>>,
  action = page,
) {
  const { body } = await visitor.get(page)
  return visitor.post(action, { ...formOn(body, action), ...typed })
}
