import t from 'tap'
import { importScheme } from '../../server/actions/import-scheme.ts'
import { auditEntries } from '../../server/store/audit.ts'
import { findCycle } from '../../server/store/cycles.ts'
import { findScheme, latestSchemes, schemeVersions } from '../../server/store/schemes.ts'
import { AT, aBundle, aCycle, actorsWithout, organiser } from '../helpers/cycle.ts'
import { emptyDatabase, onEachDatabase } from '../helpers/database.ts'

const { scheme } = aBundle()

await onEachDatabase(t, 'a scheme is kept whole, with its audit entry', async (t, db) => {
  const kept = await importScheme(db, { scheme, actor: organiser, at: AT })
  t.same(kept, { code: 'QL', version: 1, isNew: true })
  t.same((await findScheme(db, 'QL'))?.scheme, scheme)
  t.match(await auditEntries(db, {}), [
    { action: 'scheme.import', subject: scheme.name, detail: { scheme: 'QL', version: 1 } },
  ])
})

await onEachDatabase(t, 'the same scheme again is no new version', async (t, db) => {
  await importScheme(db, { scheme, actor: organiser, at: AT })
  const again = await importScheme(db, { scheme, actor: organiser, at: AT })
  t.same(again, { code: 'QL', version: 1, isNew: false })
  t.equal((await auditEntries(db, {})).length, 1)
})

await onEachDatabase(t, 'a new version leaves running cycles as they are', async (t, db) => {
  const cycleId = await aCycle(db)
  const changed = { ...scheme, name: '清廉机关评价体系（修订）' }
  const { version } = await importScheme(db, { scheme: changed, actor: organiser, at: AT })
  t.equal(version, 2)
  t.equal((await findCycle(db, cycleId))?.schemeVersion, 1)
  t.same((await findScheme(db, 'QL', 1))?.scheme, scheme)
  t.same(
    (await schemeVersions(db, 'QL')).map(({ version, name }) => [version, name]),
    [
      [2, changed.name],
      [1, scheme.name],
    ],
  )
})

t.test('every fault is told at its place in the scheme, and nothing is kept', async (t) => {
  const db = await emptyDatabase()
  const faulty = { ...scheme, decimals: 9, grades: [{ name: '优秀', min: 'many' }] }
  const wrong = importScheme(db, { scheme: faulty, actor: organiser, at: AT })
  const error = await wrong.then(
    () => t.fail('it was kept'),
    (reason: unknown) => reason,
  )
  t.match(error, {
    code: 'FAULTY_ENTRIES',
    faults: [{ path: '/decimals' }, { path: '/grades/0/min' }],
  })
  await t.rejects(importScheme(db, { scheme: null, actor: organiser, at: AT }), {
    code: 'FAULTY_ENTRIES',
  })
  for (const actor of actorsWithout('organiser')) {
    await t.rejects(importScheme(db, { scheme, actor, at: AT }), { code: 'ROLE_NEEDED' })
  }
  t.same(await latestSchemes(db), [])
  t.same(await auditEntries(db, {}), [])
})
