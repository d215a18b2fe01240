/** The administrator of the year gives everybody an account. */

import { ROLE_NAMES } from '../../../server/domain/actor.ts'
import type { About } from './ground.ts'
import { Person, type Place } from './person.ts'

/** What everybody chooses for himself. */
export const OWN_PASSWORD = 'Abendrot 88!'

/** Adds an account through its form, and hands its one-time password to a person at a browser of his own. */
export async function welcome(admin: Person, place: Place, about: About): Promise<Person> {
  const { page } = admin
  await page.goto('/admin/accounts')
  await admin.follows('新增账号')
  await page.getByLabel('登录名').fill(about.login)
  await page.getByLabel('姓名').fill(about.name)
  await page.getByRole('checkbox', { name: new RegExp(`^${ROLE_NAMES[about.role]}`) }).check()
  if (about.unitCode) await page.getByLabel('单位代码').fill(about.unitCode)
  if (about.assessorCode) await page.getByLabel('考核员代码').fill(about.assessorCode)
  await admin.looksOnce('account, new')
  await admin.presses('新增并显示一次性密码')
  const password = await page.locator('.secret').innerText()
  await admin.looksOnce('account, password')
  const person = await Person.at(place, about, password)
  await person.setsPassword(OWN_PASSWORD)
  return person
}
