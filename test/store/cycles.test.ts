import t from 'tap'
import { ownUnitsByAssessor } from '../../server/store/accounts.ts'
import { cyclesOf } from '../../server/store/cycles.ts'
import { anAccount } from '../helpers/app.ts'
import { aBundle, aCycle, anActor } from '../helpers/cycle.ts'
import { onEachDatabase } from '../helpers/database.ts'

await onEachDatabase(t, 'everybody finds the cycles he has to do with', async (t, db) => {
  const whole = await aCycle(db)
  const { scheme, units } = aBundle()
  const other = await aCycle(db, { scheme, units: units.slice(0, 1) })
  const found = async (...changes: Parameters<typeof anActor>) =>
    (await cyclesOf(db, anActor(...changes))).map(({ id }) => id).sort()
  const both = [whole, other].sort()
  for (const role of ['organiser', 'leader', 'auditor'] as const) {
    t.same(await found({ roles: [role], assessorCode: null }), both, role)
  }
  t.same(await found({ roles: ['assessor'], assessorCode: 'K1' }), [whole])
  t.same(await found({ roles: ['lead'], assessorCode: 'K9' }), [])
  t.same(await found({ roles: ['unit'], unitCode: 'U1' }), both)
  t.same(await found({ roles: ['unit'], unitCode: 'U2' }), [whole])
  t.same(await found({ roles: ['admin'], assessorCode: 'K1', unitCode: 'U1' }), [])
  t.same(await found({ roles: ['unit', 'assessor'], unitCode: 'U9', assessorCode: 'K1' }), [whole])
  t.same(await found({ roles: ['unit'], unitCode: null }), [])
})

await onEachDatabase(
  t,
  'the units that assessors belong to are known by their codes',
  async (t, db) => {
    await anAccount(db, { login: 'one', roles: ['assessor'], assessorCode: 'K1', unitCode: 'U1' })
    await anAccount(db, { login: 'two', roles: ['unit'], assessorCode: 'K1', unitCode: 'U2' })
    await anAccount(db, { login: 'three', roles: ['assessor'], assessorCode: 'K2' })
    await anAccount(db, { login: 'four', roles: ['unit'], unitCode: 'U3' })
    t.same([...(await ownUnitsByAssessor(db))], [['K1', ['U1', 'U2']]])
  },
)
