import t from 'tap'
import { addUnit } from '../../server/actions/add-unit.ts'
import { type CreateCycle, createCycle } from '../../server/actions/create-cycle.ts'
import { importScheme } from '../../server/actions/import-scheme.ts'
import { auditEntries } from '../../server/store/audit.ts'
import { cycleBundle } from '../../server/store/bundle.ts'
import { allCycles, findCycle } from '../../server/store/cycles.ts'
import type { Database } from '../../server/store/database.ts'
import { AT, aBundle, actorsWithout, organiser } from '../helpers/cycle.ts'
import { onEachDatabase } from '../helpers/database.ts'

const by = { actor: organiser, at: AT }
const { scheme, units } = aBundle()

function creating(changes: Partial<CreateCycle> = {}): CreateCycle {
  const about = { name: '2027年度考核', year: 2027, scheme: scheme.code, rehearsal: false }
  return {
    ...about,
    categories: [...new Set(units.map((unit) => unit.category))],
    ...by,
    ...changes,
  }
}

async function aRoster(db: Database): Promise<void> {
  await importScheme(db, { scheme, ...by })
  for (const { code, name, category } of units)
    await addUnit(db, { unit: { code, name, category }, ...by })
}

onEachDatabase(t, 'a cycle is made of an index and the roster, in preparation', async (t, db) => {
  await aRoster(db)
  const id = await createCycle(db, creating())
  const made = { name: '2027年度考核', year: 2027, stage: 'draft', schemeVersion: 1 }
  t.match(await findCycle(db, id), made)
  const bundle = await cycleBundle(db, id)
  t.strictSame(bundle.units.map(({ code }) => code).sort(), units.map(({ code }) => code).sort())
  t.strictSame(bundle.assessors, [])
  const [entry] = await auditEntries(db, { cycleId: id })
  t.match(entry, { action: 'cycle.create', detail: { units: units.length, version: 1 } })
})

onEachDatabase(t, 'units come by category, or later', async (t, db) => {
  await aRoster(db)
  const category = units[0]?.category ?? ''
  const some = await createCycle(db, creating({ categories: [category] }))
  const there = (await cycleBundle(db, some)).units
  t.ok(there.length > 0 && there.every((unit) => unit.category === category))
  const none = await createCycle(db, creating({ categories: [], rehearsal: true }))
  t.strictSame((await cycleBundle(db, none)).units, [])
  t.match(await findCycle(db, none), { name: '【演练】2027年度考核', rehearsal: true })
})

onEachDatabase(t, 'what cannot be made is refused', async (t, db) => {
  await aRoster(db)
  const refused = (changes: Partial<CreateCycle>, code: string) =>
    t.rejects(createCycle(db, creating(changes)), { code })
  await refused({ name: ' ' }, 'CYCLE_NAME_MISSING')
  await refused({ year: Number.NaN }, 'CYCLE_NAME_MISSING')
  await refused({ scheme: 'none' }, 'SCHEME_NOT_CHOSEN')
  for (const actor of actorsWithout('organiser')) await refused({ actor }, 'ROLE_NEEDED')
  t.strictSame(await allCycles(db), [])
})
