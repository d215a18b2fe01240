/** How a bundle is checked as a whole: all faults at once, no echoes, and no exception whatever it holds. */

import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import t from 'tap'
import type { Bundle } from '../../server/domain/bundle.ts'
import { check, checkEntries } from '../../server/domain/check-bundle.ts'
import { evaluate } from '../../server/domain/evaluate.ts'
import { FAULT_CODES } from '../../server/domain/fault.ts'
import type { Indicator, MethodParameters, Scheme } from '../../server/domain/scheme.ts'
import {
  aBundle,
  aGroup,
  aMark,
  anAssessor,
  anIndicator,
  aScheme,
  aTally,
  aUnit,
  aValue,
} from '../helpers/builders.ts'
import { generatedBundle } from '../helpers/generated-bundle.ts'
import { bundleOf, told } from '../helpers/scored.ts'

function withMethod(method: MethodParameters, entries: Partial<Bundle> = {}): Bundle {
  return bundleOf({ method }, entries)
}

function withScheme(about: Partial<Scheme>, entries: Partial<Bundle> = {}): Bundle {
  return aBundle({ scheme: aScheme(about), ...entries })
}

const survey: MethodParameters = {
  type: 'survey',
  options: [{ name: '满意', share: '100%' }, { name: '弃权' }],
}
const veto = { unit: 'U1', veto: 'V1', reason: '查实' }
const other = anIndicator({ code: 'I2', name: '执法规范', categories: ['党委部门'] })

t.test('faults of scheme, units and every list are told together', async (t) => {
  const faulty = {
    ...withScheme({
      totalFloor: 'x',
      base: [anIndicator({ points: '8' }), anIndicator({ code: 'I2' })],
    }),
    remark: '',
    units: [aUnit(), aUnit({ code: 'U2', name: '' })],
    assessors: [anAssessor()],
    marks: [aMark({ mark: 9 }), aMark({ unit: 'U2' }), aMark({ unit: 'U3' })],
    values: [aValue()],
    vetoes: [veto],
  }
  t.strictSame(told(check(faulty)).sort(), [
    'NOT_A_NUMBER /scheme/totalFloor',
    'OUT_OF_RANGE /marks/0/mark',
    'UNKNOWN_KEY /remark',
    'UNKNOWN_UNIT /marks/2/unit',
    'UNKNOWN_VETO /vetoes/0/veto',
    'WRONG_ENTRY /values/0/indicator',
    'WRONG_TYPE /units/1/name',
  ])
})

t.test('a faulty unit, indicator or assessor makes no echoes in what refers to it', async (t) => {
  const faulty = withScheme(
    {
      base: [
        aGroup({ children: [{ ...anIndicator(), weight: 'x' }, { code: 'I2' } as Indicator] }),
        anIndicator({ code: 'I3', name: '执法规范' }),
      ],
      ranking: { tieBreak: ['I1', 'I2'] },
    },
    {
      units: [aUnit({ notApplicable: ['I1'] }), { ...aUnit({ code: 'U2' }), size: 3 } as never],
      assessors: [{ ...anAssessor(), age: 40 } as never],
      marks: [aMark({ indicator: 'I3' }), aMark({ indicator: 'I2' }), aMark({ unit: 'U2' })],
    },
  )
  t.strictSame(told(check(faulty)).sort(), [
    'MISSING_KEY /scheme/base/0/children/1/method',
    'MISSING_KEY /scheme/base/0/children/1/name',
    'NOT_A_NUMBER /scheme/base/0/children/0/weight',
    'UNKNOWN_KEY /assessors/0/age',
    'UNKNOWN_KEY /units/1/size',
  ])
})

t.test('a second value, tally of a group and adjustment are told', async (t) => {
  const ratio: MethodParameters = { type: 'ratio', target: 1 }
  const values = withMethod(ratio, { values: [aValue(), aValue({ value: 1 })] })
  t.strictSame(told(check(values)), ['DUPLICATE_ENTRY /values/1'])
  const tallies = ['领导', '群众', '领导'].map((group) => aTally({ group }))
  t.strictSame(told(check(withMethod(survey, { tallies }))), ['DUPLICATE_ENTRY /tallies/2'])
  const adjustment = { unit: 'U1', grade: '合格', reason: '审定' }
  t.strictSame(told(check(aBundle({ adjustments: [adjustment, adjustment] }))), [
    'DUPLICATE_ENTRY /adjustments/1',
  ])
})

t.test('children of a weighted group each carry a weight of at least 0', async (t) => {
  const group = (...weights: (number | undefined)[]) =>
    withScheme({
      base: [
        aGroup({
          weighted: true,
          children: weights.map((weight, index) => ({
            ...anIndicator({ code: `I${index}` }),
            ...(weight === undefined ? {} : { weight }),
          })),
        }),
      ],
    })
  t.strictSame(told(check(group(100, undefined))), ['MISSING_KEY /scheme/base/0/children/1/weight'])
  t.strictSame(told(check(group(150, -50))), ['OUT_OF_RANGE /scheme/base/0/children/1/weight'])
  t.strictSame(told(check(group(100, 0))), [])
})

t.test('sums hold for every category that has units, and only for those', async (t) => {
  const base = [aGroup({ children: [anIndicator({ points: 6 }), { ...other, points: 4 }] })]
  const party = aUnit({ code: 'U2', name: '市委办公室', category: '党委部门' })
  t.strictSame(check(withScheme({ base }, { units: [party] })), [])
  const [fault, ...more] = check(withScheme({ base }, { units: [aUnit(), party] }))
  t.strictSame(more, [])
  t.match(fault, { code: 'POINTS_MISMATCH', path: '/scheme/base/0/points' })
  t.equal(fault?.message, '对「政府部门」,「政治建设」的分值是 10,下级的分值之和是 6,应相等。')
})

t.test('a category for which nothing exists is told at its units', async (t) => {
  const bundle = withScheme({ base: [other] }, { units: [aUnit()] })
  t.strictSame(told(check(bundle)), ['NOTHING_APPLIES /units/0'])
})

const GARBAGE: unknown[] = [
  null,
  true,
  0,
  -1.5,
  1e300,
  '',
  '１',
  [],
  [[]],
  {},
  { type: 'constructor' },
]

t.test('anything at all as a bundle gives faults and no exception', async (t) => {
  for (const garbage of [...GARBAGE, undefined, deep(50_000)]) {
    t.ok(check(garbage).length > 0)
  }
  fc.assert(fc.property(fc.json(), (json) => check(JSON.parse(json)).length > 0))
})

t.test(
  'garbage in any place of a good bundle gives no exception, and what is accepted is scored',
  async (t) => {
    const good = generatedBundle(7, 3)
    const places = [...paths(good)]
    const odd = fc.oneof(
      fc.constantFrom(
        ...GARBAGE,
        { toString: null, valueOf: 1 },
        JSON.parse('{"__proto__":{"a":1}}'),
      ),
      fc.json().map((json): unknown => JSON.parse(json)),
    )
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(places.length - 1), odd), { minLength: 1, maxLength: 3 }),
        (changes) => {
          const bundle: unknown = structuredClone(good)
          for (const [place, value] of changes) put(bundle, places[place] ?? [], value)
          const faults = check(bundle)
          if (faults.length === 0) return evaluate(bundle).result.units.length >= 0
          return faults.every(({ code, message }) => code in FAULT_CODES && message.endsWith('。'))
        },
      ),
      { numRuns: 3000 },
    )
    t.pass('3000 spoilt bundles')
  },
)

t.test('entries against a scheme read before have the same faults', async (t) => {
  const unsound = { ...generatedBundle(9).scheme, grades: [], decimals: 9 }
  for (const scheme of [...[7, 8, 9].map((seed) => generatedBundle(seed).scheme), unsound]) {
    const good = generatedBundle(7, 2)
    const { scheme: _, ...lists } = good
    const places = [...paths(lists)]
    fc.assert(
      fc.property(
        fc.subarray([...good.units.keys()], { minLength: 1 }),
        fc.array(fc.tuple(fc.nat(places.length - 1), fc.constantFrom(...GARBAGE, '9', 9, 'U1'))),
        (units, changes) => {
          const spoilt = structuredClone({ ...lists, units: units.map((at) => good.units[at]) })
          for (const [place, value] of changes) put(spoilt, places[place] ?? [], value)
          // Against the same scheme throughout, so that all but the first are checked against what is remembered.
          return isDeepStrictEqual(
            checkEntries(bundleFrom(scheme, spoilt)),
            check({ ...spoilt, scheme }),
          )
        },
      ),
      { numRuns: 150 },
    )
    t.pass('150 spoilt bundles')
  }
})

t.test('nonsense of any depth in any place gives faults', async (t) => {
  const nonsense = deep(20_000)
  const good = generatedBundle(7, 1)
  for (const path of paths(good)) {
    const bundle: unknown = structuredClone(good)
    put(bundle, path, nonsense)
    if (check(bundle).length === 0) t.fail(`accepted at ${path.join('/')}`)
  }
  const groups = { ...good.scheme, base: [nestedDeep(20_000)] }
  t.strictSame(
    told(check({ ...good, scheme: groups }))
      .at(0)
      ?.split(' ')[0],
    'NESTED_TOO_DEEP',
  )
})

/** Whatever it holds, as the bundle it is taken for. */
function bundleFrom(scheme: Scheme, lists: object): Bundle {
  return { scheme, units: [], ...lists }
}

function deep(levels: number): unknown {
  return JSON.parse('['.repeat(levels) + ']'.repeat(levels))
}

function nestedDeep(levels: number): unknown {
  let node: unknown = anIndicator()
  for (let level = 0; level < levels; level += 1)
    node = { ...aGroup(), code: `G${level}`, children: [node] }
  return node
}

/** The way to every value inside a JSON value. */
function* paths(value: unknown, at: string[] = []): Generator<string[]> {
  if (at.length > 0) yield at
  if (typeof value !== 'object' || value === null) return
  for (const [key, child] of Object.entries(value)) yield* paths(child, [...at, key])
}

function put(root: unknown, path: readonly string[], value: unknown): void {
  let node: unknown = root
  for (const key of path.slice(0, -1))
    node = typeof node === 'object' && node !== null ? Reflect.get(node, key) : undefined
  const last = path.at(-1)
  if (typeof node === 'object' && node !== null && last !== undefined)
    Reflect.set(node, last, value)
}
