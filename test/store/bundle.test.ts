import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import t from 'tap'
import type { Bundle } from '../../server/domain/bundle.ts'
import { canonicalBundle } from '../../server/domain/canonical-bundle.ts'
import { check } from '../../server/domain/check-bundle.ts'
import { cycleBundle, storeBundle } from '../../server/store/bundle.ts'
import { addCycle } from '../../server/store/cycles.ts'
import type { Database } from '../../server/store/database.ts'
import { keepScheme } from '../../server/store/schemes.ts'
import { addToRoster } from '../../server/store/units.ts'
import { onEachDatabase, writingPast } from '../helpers/database.ts'

const CASES = join(import.meta.dirname, '..', 'fixtures', 'cases')
const STAMP = { at: '2026-11-20T08:00:00.000Z', by: 'somebody' }

function readCase(file: string): Bundle {
  return JSON.parse(readFileSync(join(CASES, file), 'utf8'))
}

let made = 0

/** Puts a bundle into a new cycle. @returns the cycle */
async function keep(db: Database, bundle: Bundle): Promise<string> {
  writingPast(db)
  made += 1
  const id = `cycle-${made}`
  await db.transaction().execute(async (trx) => {
    await addToRoster(trx, bundle.units, STAMP.at)
    const version = await keepScheme(trx, bundle.scheme, STAMP)
    await addCycle(trx, {
      id,
      name: bundle.scheme.name,
      year: 2026,
      schemeCode: bundle.scheme.code,
      schemeVersion: version,
      stage: 'scoring',
      visibleFrom: 'published',
      revision: 1,
      createdAt: STAMP.at,
      rehearsal: false,
      publishedAt: null,
      startedFrom: null,
    })
    await storeBundle(trx, id, bundle, STAMP)
  })
  return id
}

const cases = readdirSync(CASES).filter((file) => !file.endsWith('.expected.json'))

onEachDatabase(t, 'every published case comes out as it went in', async (t, db) => {
  t.equal(cases.length, 7)
  for (const file of cases) {
    const bundle = readCase(file)
    t.strictSame(await cycleBundle(db, await keep(db, bundle)), canonicalBundle(bundle), file)
  }
})

onEachDatabase(t, 'a bundle of 3,400 entries is read in a blink', async (t, db, kind) => {
  const cycle = await keep(db, readCase('qlmf-2026.json'))
  const times: number[] = []
  for (let round = 0; round < 10; round += 1) {
    const start = performance.now()
    await cycleBundle(db, cycle)
    times.push(performance.now() - start)
  }
  const quickest = Math.min(...times)
  t.comment(`${kind}: ${quickest.toFixed(1)} ms`)
  // A page may take 100 ms in all; reading is to be a small part of it, also on a busy machine.
  t.ok(quickest < 50, `took ${quickest.toFixed(1)} ms`)
})

const scheme: Bundle['scheme'] = {
  code: 'S',
  name: '示例',
  base: [
    {
      code: 'A',
      name: '全部',
      points: 60,
      children: [
        { code: 'D', name: '打分', points: 10, method: { type: 'direct', scale: '100.0' } },
        {
          code: 'L',
          name: '档次',
          points: 10,
          method: {
            type: 'levels',
            levels: [
              { name: '8.0', share: '80%' },
              { name: '好', min: 0, max: 10 },
            ],
          },
        },
        { code: 'P', name: '合格', points: 10, method: { type: 'pass' } },
        { code: 'R', name: '数值', points: 10, method: { type: 'ratio', target: 100 } },
        {
          code: 'S',
          name: '测评',
          points: 10,
          method: { type: 'survey', options: [{ name: '1', share: '100%' }, { name: '弃权' }] },
        },
        {
          code: 'E',
          name: '台账',
          points: 10,
          method: {
            type: 'ledger',
            start: 'full',
            rules: [
              {
                code: 'r',
                name: '扣',
                sign: 'deduct',
                kind: 'range',
                min: 0,
                max: 5,
                factors: { 瞒报: 2 },
                surcharges: { 重大: 1 },
              },
            ],
          },
        },
      ],
    },
  ],
  vetoes: [{ code: 'V', name: '立案', effects: [{ type: 'zero' }] }],
  ranking: {},
  grades: [{ name: '优秀', min: 50 }, { name: '一般' }],
}

/** The same number as people type it: 8, "8", "8.0", "8.50". */
function amount(max: number) {
  return fc
    .tuple(fc.integer({ min: 0, max: max * 100 }), fc.constantFrom('number', 'short', 'long'))
    .map(([hundredths, form]) => {
      const number = hundredths / 100
      return form === 'number' ? number : form === 'short' ? String(number) : number.toFixed(4)
    })
}

// Names that a careless column, separator or number would spoil.
const text = fc.constantFrom(
  '',
  ' ',
  '0',
  '8.0',
  'null',
  '考核组',
  "O'Hara",
  '{"a":1}',
  '一\n二',
  '𠮷😀',
)

const unitCodes = ['U1', 'U 2', '三/3']

/** Sound bundles with at most one entry in each place. */
const anyBundle: fc.Arbitrary<Bundle> = fc
  .record({
    marks: fc.subarray(
      unitCodes.flatMap((unit) => ['D', 'L', 'P'].map((indicator) => ({ unit, indicator }))),
    ),
    values: fc.subarray(unitCodes),
    tallies: fc.subarray(
      unitCodes.flatMap((unit) => ['', '领导'].map((group) => ({ unit, group }))),
    ),
    given: fc.array(amount(10), { minLength: 9, maxLength: 9 }),
    kinds: fc.array(fc.boolean(), { minLength: 9, maxLength: 9 }),
    reasons: fc.array(fc.option(text, { nil: undefined }), { minLength: 9, maxLength: 9 }),
    measures: fc.dictionary(fc.constantFrom('人数', '1', 'constructor'), amount(1000)),
    ballots: fc.nat(300),
    events: fc.array(
      fc.record(
        {
          unit: fc.constantFrom(...unitCodes),
          indicator: fc.constant('E'),
          rule: fc.constant('r'),
          points: amount(5),
          reason: fc.constantFrom('迟报', "O'Hara", '一\n二'),
          count: fc.integer({ min: 1, max: 9 }),
          factors: fc.subarray(['瞒报']),
          surcharges: fc.subarray(['重大']),
          matter: text,
          document: text,
          foundBy: text,
        },
        { requiredKeys: ['unit', 'indicator', 'rule', 'points', 'reason'] },
      ),
      { maxLength: 6 },
    ),
    vetoes: fc.subarray(unitCodes),
    adjustments: fc.subarray(unitCodes),
  })
  .map((drawn): Bundle => {
    const optional = (key: string, value: unknown) => (value === undefined ? {} : { [key]: value })
    const markOf = (indicator: string, index: number) => {
      const points = drawn.given[index] ?? 0
      if (indicator === 'D') return points
      if (indicator === 'P') return drawn.kinds[index] ?? false
      return drawn.kinds[index] ? '8.0' : { level: '好', points }
    }
    return {
      scheme,
      units: unitCodes.map((code, index) => ({
        code,
        name: `单位${code}`,
        category: '机关',
        ...(index === 0 ? { measures: drawn.measures } : { notApplicable: [] }),
      })),
      assessors: [
        { code: 'K1', name: '王' },
        { code: 'K2', name: '李', group: '领导' },
      ],
      marks: drawn.marks.map(({ unit, indicator }, index) => ({
        unit,
        indicator,
        assessor: index % 2 ? 'K1' : 'K2',
        mark: markOf(indicator, index),
        ...optional('reason', drawn.reasons[index]),
      })),
      values: drawn.values.map((unit, index) => ({
        unit,
        indicator: 'R',
        value: drawn.given[index] ?? 0,
        ...optional('source', drawn.reasons[index]),
      })),
      tallies: drawn.tallies.map(({ unit, group }) => ({
        unit,
        indicator: 'S',
        counts: { 弃权: drawn.ballots, 1: 3 },
        ...optional('group', group || undefined),
      })),
      events: drawn.events,
      vetoes: drawn.vetoes.map((unit, index) => ({
        unit,
        veto: 'V',
        reason: '立案',
        ...optional('exempt', index === 0 ? undefined : index === 1),
      })),
      adjustments: drawn.adjustments.map((unit) => ({ unit, grade: '一般', reason: '审定' })),
    }
  })

onEachDatabase(t, 'whatever a sound bundle says comes out again', async (t, db, kind) => {
  const numRuns = kind === 'SQLite' ? 60 : 20
  await fc.assert(
    fc.asyncProperty(anyBundle, async (bundle) => {
      t.strictSame(check(bundle), [])
      t.strictSame(await cycleBundle(db, await keep(db, bundle)), canonicalBundle(bundle))
    }),
    { numRuns },
  )
})

onEachDatabase(t, 'a scheme gets a new version only when it changed', async (t, db) => {
  const bundle = readCase('random-1.json')
  const renamed = { ...bundle, scheme: { ...bundle.scheme, name: '修订版' } }
  const cycles = [await keep(db, bundle), await keep(db, bundle), await keep(db, renamed)]
  const versions = await db
    .selectFrom('cycle')
    .where('id', 'in', cycles)
    .select('scheme_version')
    .orderBy('id')
    .execute()
  t.strictSame(
    versions.map((row) => row.scheme_version),
    [1, 1, 2],
  )
  t.equal((await cycleBundle(db, cycles[0] ?? '')).scheme.name, bundle.scheme.name)
})
