import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import type { Bundle } from '../../server/domain/bundle.ts'
import { canonicalBundle } from '../../server/domain/canonical-bundle.ts'
import { evaluate } from '../../server/domain/evaluate.ts'

const CASES = join(import.meta.dirname, '..', 'fixtures', 'cases')

const scheme: Bundle['scheme'] = {
  code: 'S',
  name: '示例',
  base: [
    { code: 'D', name: '打分', points: 10, method: { type: 'direct' } },
    {
      code: 'L',
      name: '档次',
      points: '10.0',
      method: { type: 'levels', levels: [{ name: '8.0', share: '80%' }] },
    },
  ],
  ranking: {},
  grades: [{ name: '合格' }],
}

const units = [{ code: 'U1', name: '市财政局', category: '机关' }]
const empty = {
  assessors: [],
  marks: [],
  values: [],
  tallies: [],
  events: [],
  vetoes: [],
  adjustments: [],
}

t.test('lists that are not there are empty lists', async (t) => {
  t.strictSame(canonicalBundle({ scheme, units }), { scheme, units, ...empty })
})

t.test('numbers become their shortest text, but a level that looks like one stays', async (t) => {
  const mark = { unit: 'U1', assessor: 'K1' }
  const { marks, values, events } = canonicalBundle({
    scheme,
    units,
    marks: [
      { ...mark, indicator: 'D', mark: '8.50' },
      { ...mark, indicator: 'D', mark: 8 },
      { ...mark, indicator: 'L', mark: '8.0' },
      { ...mark, indicator: 'L', mark: { level: '8.0', points: '7.10' } },
    ],
    values: [{ unit: 'U1', indicator: 'R', value: '-0.0' }],
    events: [{ unit: 'U1', indicator: 'E', rule: 'r', points: 0.5, value: '1.000', factors: [] }],
  })
  t.strictSame(
    marks.map((each) => each.mark),
    ['8.5', '8', '8.0', { level: '8.0', points: '7.1' }],
  )
  t.strictSame(values, [{ unit: 'U1', indicator: 'R', value: '0' }])
  t.strictSame(events, [{ unit: 'U1', indicator: 'E', rule: 'r', points: '0.5', value: '1' }])
})

t.test('the scheme stays as it was written', async (t) => {
  t.equal(canonicalBundle({ scheme, units }).scheme, scheme)
})

t.test('what is canonical stays as it is, and scores the same', async (t) => {
  for (const file of readdirSync(CASES).filter((name) => !name.endsWith('.expected.json'))) {
    const bundle: Bundle = JSON.parse(readFileSync(join(CASES, file), 'utf8'))
    const canonical = canonicalBundle(bundle)
    t.strictSame(canonicalBundle(canonical), canonical, file)
    t.strictSame(evaluate(canonical).result, evaluate(bundle).result, file)
  }
})
