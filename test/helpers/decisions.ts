/** The second person, without whom no veto and no decided grade counts. */

import type { Actor } from '../../server/domain/actor.ts'
import { anAccount, signIn, type Visitor } from './app.ts'
import { anActor } from './cycle.ts'
import type { Desk } from './desk.ts'

export const second: Actor = anActor({
  accountId: 'account-shen',
  name: '沈审核',
  roles: ['organiser'],
  assessorCode: null,
})

/** Another organiser, signed in. */
export async function secondOrganiser({ app, db }: Desk): Promise<Visitor> {
  return signIn(app, await anAccount(db, { login: 'shenhe', name: '沈审核', roles: ['organiser'] }))
}
