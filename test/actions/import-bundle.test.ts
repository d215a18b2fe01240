import { readFileSync } from 'node:fs'
import t from 'tap'
import { importBundle } from '../../server/actions/import-bundle.ts'
import type { Bundle } from '../../server/domain/bundle.ts'
import { canonicalBundle } from '../../server/domain/canonical-bundle.ts'
import { FaultyEntries } from '../../server/errors.ts'
import { auditEntries } from '../../server/store/audit.ts'
import { cycleBundle } from '../../server/store/bundle.ts'
import { allCycles, findCycle } from '../../server/store/cycles.ts'
import { evaluatedCycle } from '../../server/store/evaluation.ts'
import { latestSchemes } from '../../server/store/schemes.ts'
import { rosterUnits } from '../../server/store/units.ts'
import { AT, aBundle, actorsWithout, faulty, organiser } from '../helpers/cycle.ts'
import { onEachDatabase } from '../helpers/database.ts'

function readCase(file: string) {
  return JSON.parse(readFileSync(new URL(`../fixtures/cases/${file}`, import.meta.url), 'utf8'))
}

const by = { actor: organiser, at: AT }

onEachDatabase(t, 'the example year becomes a cycle with the published result', async (t, db) => {
  const bundle: Bundle = readCase('qlmf-2026.json')
  const id = await importBundle(db, { bundle, ...by })
  t.match(await findCycle(db, id), {
    ...{ name: bundle.scheme.name, year: 2026, stage: 'scoring', visibleFrom: 'published' },
    ...{ schemeCode: 'QLMF-2026', schemeVersion: 1, revision: 1, createdAt: AT },
  })
  t.strictSame(await cycleBundle(db, id), canonicalBundle(bundle))
  const { evaluation } = await evaluatedCycle(db, id)
  t.strictSame(evaluation.result, readCase('qlmf-2026.expected.json'))
  t.equal((await rosterUnits(db)).length, 42)
  t.match(await auditEntries(db, {}), [
    {
      ...{ action: 'bundle.import', cycle_id: id, actor_name: '考评办' },
      detail: { scheme: 'QLMF-2026', version: 1, units: 42, marks: 2388, events: 364 },
    },
  ])
})

onEachDatabase(
  t,
  'a faulty bundle leaves nothing behind, and all its faults are told',
  async (t, db) => {
    const bundle = aBundle({
      marks: [
        { unit: 'U1', indicator: 'A1', assessor: 'K1', mark: 9 },
        { unit: 'U9', indicator: 'A1', assessor: 'K1', mark: 1 },
      ],
    })
    const attempt = importBundle(db, { bundle, ...by })
    await t.rejects(attempt, FaultyEntries)
    await t.rejects(attempt, {
      ...faulty,
      faults: [{ code: 'OUT_OF_RANGE', path: '/marks/0/mark' }, { code: 'UNKNOWN_UNIT' }],
    })
    for (const nothing of [null, [], 'text', {}]) {
      await t.rejects(importBundle(db, { bundle: nothing, ...by }), FaultyEntries)
    }
    t.strictSame(await allCycles(db), [])
    t.strictSame(await latestSchemes(db), [])
    t.strictSame(await rosterUnits(db), [])
    t.strictSame(await auditEntries(db, {}), [])
  },
)

onEachDatabase(t, 'what no column can keep is a fault, not a crash', async (t, db) => {
  const [first, ...others] = aBundle().units
  const bundle = aBundle({
    units: [
      { code: 'U1', category: '', name: '', ...first, measures: { 人数: '9007199255' } },
      ...others,
    ],
    values: [{ unit: 'U1', indicator: 'B1', value: 1, source: '坏\0字' }],
  })
  await t.rejects(importBundle(db, { bundle, ...by }), {
    ...faulty,
    faults: [
      { code: 'OUT_OF_RANGE', path: '/units/0/measures/人数' },
      { code: 'WRONG_TYPE', path: '/values/0/source' },
    ],
  })
  t.strictSame(await allCycles(db), [])
})

onEachDatabase(t, 'a second year adds only the units that are new', async (t, db) => {
  await importBundle(db, { bundle: aBundle(), ...by })
  const bundle = aBundle({
    units: [
      { code: 'U1', name: '市财政局（改名）', category: '政府部门' },
      { code: 'U7', name: '市审计局', category: '政府部门' },
    ],
  })
  const id = await importBundle(db, { bundle, name: '2027年度', visibleFrom: 'scoring', ...by })
  t.strictSame(
    (await rosterUnits(db)).map(({ code, name, initials }) => [code, name, initials]),
    [
      ['U1', '市财政局', 'sczj'],
      ['U2', '市教育局', 'sjyj'],
      ['U3', '市委办公室', 'swbgs'],
      ['U7', '市审计局', 'ssjj'],
    ],
  )
  t.match(await findCycle(db, id), { name: '2027年度', visibleFrom: 'scoring', schemeVersion: 1 })
  t.equal((await cycleBundle(db, id)).units[0]?.name, '市财政局（改名）')
})

onEachDatabase(
  t,
  'units of the roster are found by name, code, category and initials',
  async (t, db) => {
    await importBundle(db, { bundle: aBundle(), ...by })
    const codes = async (filter: Parameters<typeof rosterUnits>[1]) =>
      (await rosterUnits(db, filter)).map(({ code }) => code)
    t.strictSame(await codes({ text: 'SCZ' }), ['U1'])
    t.strictSame(await codes({ text: '教育' }), ['U2'])
    t.strictSame(await codes({ text: 'u3' }), ['U3'])
    t.strictSame(await codes({ category: '政府部门' }), ['U1', 'U2'])
  },
)

onEachDatabase(t, 'only organisers import', async (t, db) => {
  for (const actor of actorsWithout('organiser')) {
    const attempt = importBundle(db, { bundle: aBundle(), actor, at: AT })
    await t.rejects(attempt, { code: 'ROLE_NEEDED', status: 403 })
  }
  t.strictSame(await allCycles(db), [])
})
