/** Everybody who takes part in the year, each with an account the administrator made and at his own browser. */

import type { Database } from '../../../server/store/database.ts'
import { anAccount } from '../app.ts'
import { OWN_PASSWORD, welcome } from './accounts.ts'
import { PEOPLE } from './ground.ts'
import { Person, type Place } from './person.ts'

export type People = Readonly<Record<keyof typeof PEOPLE, Person>>

/** Only the administrator is there before: an installation begins with him. */
export async function gather(db: Database, place: Place): Promise<People> {
  const about = { login: 'admin', name: '周管理', role: 'admin' as const }
  const first = await anAccount(db, { ...about, roles: ['admin'], firstPassword: true })
  const admin = await Person.at(place, about, first.password)
  await admin.setsPassword(OWN_PASSWORD)
  const joins = (who: keyof typeof PEOPLE) => welcome(admin, place, PEOPLE[who])
  const people = {
    organiser: await joins('organiser'),
    wang: await joins('wang'),
    li: await joins('li'),
    zhang: await joins('zhang'),
    finance: await joins('finance'),
    office: await joins('office'),
    auditor: await joins('auditor'),
  }
  await admin.follows('完成')
  await admin.looks('accounts')
  return people
}
