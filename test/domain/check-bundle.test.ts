/** Every fault that a bundle can have: one bundle for each code that causes exactly it. */

import { Readable, Writable } from 'node:stream'
import fc from 'fast-check'
import t from 'tap'
import { readBundle } from '../../server/commands/bundle-file.ts'
import type { Bundle } from '../../server/domain/bundle.ts'
import { check } from '../../server/domain/check-bundle.ts'
import { evaluate } from '../../server/domain/evaluate.ts'
import { FAULT_CODES, type FaultCode, FaultyBundle } from '../../server/domain/fault.ts'
import type { Indicator, MethodParameters, Scheme } from '../../server/domain/scheme.ts'
import { MOST_LEVELS } from '../../server/domain/scheme-reading.ts'
import {
  aBundle,
  aGroup,
  aLedger,
  aMark,
  anAssessor,
  anEvent,
  anIndicator,
  aRule,
  aRuleOf,
  aScheme,
  aTally,
  aUnit,
  aValue,
  marksBy,
} from '../helpers/builders.ts'
import { generatedBundle } from '../helpers/generated-bundle.ts'
import { bundleOf, told } from '../helpers/scored.ts'

const NAMES = '「市财政局」的「理论武装」'
const METHOD = '/scheme/base/0/method'

function withMethod(method: MethodParameters, entries: Partial<Bundle> = {}): Bundle {
  return bundleOf({ method }, entries)
}

function withScheme(about: Partial<Scheme>, entries: Partial<Bundle> = {}): Bundle {
  return aBundle({ scheme: aScheme(about), ...entries })
}

/** An event of a ledger whose rule has these things. */
function ofRule(rule: object, event: Parameters<typeof anEvent>[0] = {}): Bundle {
  return withMethod(aLedger({ rules: [aRule(rule)] }), { events: [anEvent(event)] })
}

const survey: MethodParameters = {
  type: 'survey',
  options: [{ name: '满意', share: '100%' }, { name: '弃权' }],
}
const tiers = aRuleOf('tiers', { tiers: { 通报: 1 } })
const veto = { unit: 'U1', veto: 'V1', reason: '查实' }
const vetoes = [{ code: 'V1', name: '违纪违法', effects: [{ type: 'zero' as const }] }]
const other = anIndicator({ code: 'I2', name: '执法规范', categories: ['党委部门'] })

/** For each code a bundle, where its fault lies, and what its message says. */
const CASES: Record<
  Exclude<FaultCode, 'NOT_JSON'>,
  [bundle: unknown, path: string, says: string]
> = {
  NOT_AN_OBJECT: [null, '', '考核数据包应是对象,现为 null。'],
  UNKNOWN_KEY: [{ ...aBundle(), remark: '' }, '/remark', '不认识的键「remark」'],
  MISSING_KEY: [
    aBundle({ scheme: JSON.parse(JSON.stringify({ ...aScheme(), name: undefined })) }),
    '/scheme/name',
    '评价体系缺少「name」(名称)',
  ],
  WRONG_TYPE: [{ ...aBundle(), marks: {} }, '/marks', '的「marks」(打分)应是列表,现为 一个对象。'],
  NOT_A_NUMBER: [bundleOf({}, marksBy('八分')), '/marks/0/mark', `${NAMES}得分应是一个数`],
  NOT_A_SHARE: [
    withMethod({ type: 'ratio', target: 1, floor: '0.2' }),
    `${METHOD}/floor`,
    '「理论武装」的「floor」应是百分比',
  ],
  OUT_OF_RANGE: [
    bundleOf({ points: '8' }, marksBy(9)),
    '/marks/0/mark',
    '「市财政局」的「理论武装」得分应在 0 到 8 之间,您填了 9。',
  ],
  OFF_STEP: [
    bundleOf({ method: { type: 'direct', step: '0.5' } }, marksBy('7.6')),
    '/marks/0/mark',
    `${NAMES}得分应是 0.5 的整数倍,您填了 7.6。`,
  ],
  DUPLICATE_CODE: [
    aBundle({ units: [aUnit(), aUnit({ name: '市审计局' })] }),
    '/units/1/code',
    '第 2 个单位「市审计局」的编码「U1」与第 1 个重复',
  ],
  DUPLICATE_ENTRY: [
    bundleOf({}, { assessors: [anAssessor()], marks: [aMark(), aMark({ mark: 9 })] }),
    '/marks/1/assessor',
    `${NAMES}已有考核员「王芳」的打分`,
  ],
  UNKNOWN_UNIT: [
    bundleOf({}, { assessors: [anAssessor()], marks: [aMark({ unit: 'U9' })] }),
    '/marks/0/unit',
    '第 1 条打分(「理论武装」)的单位「U9」不存在',
  ],
  UNKNOWN_INDICATOR: [
    bundleOf({}, { assessors: [anAssessor()], marks: [aMark({ indicator: 'I9' })] }),
    '/marks/0/indicator',
    '「市财政局」的第 1 条打分的指标「I9」不存在',
  ],
  UNKNOWN_ASSESSOR: [
    bundleOf({}, { marks: [aMark()] }),
    '/marks/0/assessor',
    `${NAMES}的考核员「P1」不存在`,
  ],
  UNKNOWN_GROUP: [
    bundleOf({ combine: { type: 'weighted', weights: { 领导: 1 } } }, marksBy(['群众', 8])),
    '/marks/0/assessor',
    `${NAMES}按评价主体加权`,
  ],
  UNKNOWN_LEVEL: [
    bundleOf(
      { method: { type: 'levels', levels: [{ name: '好', share: '100%' }] } },
      marksBy('差'),
    ),
    '/marks/0/mark',
    `${NAMES}的档次应是「好」之一,您填了 "差"。`,
  ],
  UNKNOWN_RULE: [ofRule({}, { rule: 'r9' }), '/events/0/rule', `${NAMES}没有规则「r9」`],
  UNKNOWN_TIER: [
    withMethod(aLedger({ rules: [tiers] }), { events: [anEvent({ tier: '诫勉' })] }),
    '/events/0/tier',
    `${NAMES}的情形应是「通报」`,
  ],
  UNKNOWN_FACTOR: [
    ofRule({}, { factors: ['瞒报'] }),
    '/events/0/factors/0',
    `${NAMES}的规则没有系数「瞒报」`,
  ],
  UNKNOWN_SURCHARGE: [
    ofRule({}, { surcharges: ['屡犯'] }),
    '/events/0/surcharges/0',
    `${NAMES}的规则没有加重项「屡犯」`,
  ],
  UNKNOWN_OPTION: [
    withMethod(survey, { tallies: [aTally({ counts: { '优/良': 1 } })] }),
    '/tallies/0/counts/优~1良',
    `${NAMES}没有选项「优/良」`,
  ],
  UNKNOWN_POOL: [
    withMethod(aLedger({ rules: [aRule({ pool: '宣传' })] })),
    `${METHOD}/rules/0/pool`,
    '「理论武装」的规则「未按时传达，每次」用了没有声明的合并限额「宣传」',
  ],
  UNKNOWN_VETO: [
    aBundle({ vetoes: [veto] }),
    '/vetoes/0/veto',
    '「市财政局」的一票否决「V1」不存在',
  ],
  UNKNOWN_GRADE: [
    aBundle({ adjustments: [{ unit: 'U1', grade: '良好', reason: '审定' }] }),
    '/adjustments/0/grade',
    '「市财政局」的等次调整用了不存在的等次「良好」,应是「优秀」、「合格」、「不合格」之一。',
  ],
  UNKNOWN_METHOD: [
    bundleOf({ method: JSON.parse('{"type":"guess"}') }, {}),
    `${METHOD}/type`,
    '「理论武装」的计分方法「guess」不存在',
  ],
  UNKNOWN_TIE_BREAK: [
    withScheme({ ranking: { tieBreak: ['-Z'] } }),
    '/scheme/ranking/tieBreak/0',
    '「-Z」不是任何指标的编码',
  ],
  NOT_FOR_CATEGORY: [
    withScheme(
      { base: [anIndicator(), other] },
      { assessors: [anAssessor()], marks: [aMark({ indicator: 'I2' })] },
    ),
    '/marks/0/indicator',
    '「市财政局」的「执法规范」不考核「政府部门」',
  ],
  NOT_APPLICABLE: [
    withScheme(
      { base: [anIndicator(), anIndicator({ code: 'I2', name: '执法规范' })] },
      {
        units: [aUnit({ notApplicable: ['I2'] })],
        assessors: [anAssessor()],
        marks: [aMark({ indicator: 'I2' })],
      },
    ),
    '/marks/0/indicator',
    '「市财政局」的「执法规范」已列为不适用',
  ],
  NOTHING_APPLIES: [
    aBundle({ units: [aUnit({ notApplicable: ['I1'] })] }),
    '/units/0',
    '「市财政局」没有任何适用的指标',
  ],
  WRONG_ENTRY: [
    aBundle({ values: [aValue()] }),
    '/values/0/indicator',
    `${NAMES}不收数值,应填打分。`,
  ],
  NOT_ALLOWED: [
    withMethod({ type: 'relative', basis: 'best', floor: '10%' }),
    `${METHOD}/floor`,
    '「理论武装」只有按极差',
  ],
  SINGLE_MARK: [
    bundleOf({ combine: { type: 'single' } }, marksBy(7, 8)),
    '/marks/1/assessor',
    `${NAMES}只由一人打分`,
  ],
  NEGATIVE_VALUE: [
    withMethod({ type: 'relative', basis: 'best' }, { values: [aValue({ value: '-1' })] }),
    '/values/0/value',
    `${NAMES}的数值不能是负数,您填了 -1。`,
  ],
  MISSING_MEASURE: [ofRule({ dividedBy: '人数' }), '/events/0/rule', `${NAMES}按「人数」折算`],
  MISSING_REASON: [
    withScheme({ vetoes }, { vetoes: [{ ...veto, reason: ' ' }] }),
    '/vetoes/0/reason',
    '「市财政局」的一票否决「违纪违法」须写明理由',
  ],
  POINTS_MISMATCH: [
    withScheme({ base: [aGroup({ points: '12' })] }),
    '/scheme/base/0/points',
    '「政治建设」的分值是 12,下级的分值之和是 10,应相等。',
  ],
  POINTS_MISSING: [
    withScheme({ base: [JSON.parse(JSON.stringify({ ...anIndicator(), points: undefined }))] }),
    '/scheme/base/0/points',
    '「理论武装」须写分值',
  ],
  POINTS_NOT_POSITIVE: [
    bundleOf({ points: '0' }, {}),
    '/scheme/base/0/points',
    '「理论武装」的分值应大于 0,现为 0。',
  ],
  WEIGHTS_NOT_100: [
    withScheme({ base: [aGroup({ weighted: true, children: [anIndicator({ weight: 90 })] })] }),
    '/scheme/base/0/children',
    '「政治建设」下级的权重之和是 90,应为 100。',
  ],
  TRIM_TOO_FEW: [
    bundleOf({ combine: { type: 'trimmed', drop: 2, from: 4 } }, {}),
    '/scheme/base/0/combine/from',
    '「理论武装」',
  ],
  TARGET_EQUALS_FROM: [
    withMethod({ type: 'ratio', from: '5.0', target: 5 }),
    `${METHOD}/target`,
    '「理论武装」的目标(target)与起点(from)不能相同',
  ],
  PER_NOT_POSITIVE: [
    withMethod(
      aLedger({
        rules: [aRuleOf('excess', { threshold: 1, direction: 'above', per: 0, points: 1 })],
      }),
    ),
    `${METHOD}/rules/0/per`,
    '「理论武装」的规则「查实问题，每起」的单位量(per)应大于 0',
  ],
  RATE_OPTION_WITHOUT_SHARE: [
    withMethod({ ...survey, rateOf: ['弃权'], steps: [{ atLeast: 1, share: '100%' }] }),
    `${METHOD}/rateOf/0`,
    '「理论武装」的 rateOf 列了不计分的选项「弃权」',
  ],
  CONDITION_COUNT: [
    withMethod({ type: 'steps', steps: [{ atLeast: 1, below: 2, share: '100%' }] }),
    `${METHOD}/steps/0`,
    '「理论武装」第 1 档应恰好有一个条件',
  ],
  FULL_MARKS_DIFFER: [
    withScheme(
      { base: [anIndicator(), other], ranking: { within: 'overall' } },
      { units: [aUnit(), aUnit({ code: 'U2', name: '市委办公室', category: '党委部门' })] },
    ),
    '/scheme/ranking/within',
    '各类别的满分不同,不能合并排名',
  ],
  NESTED_TOO_DEEP: [
    withScheme({ base: [nested(MOST_LEVELS)] }),
    `/scheme/base/0${'/children/0'.repeat(MOST_LEVELS)}`,
    `最多分 ${MOST_LEVELS} 层`,
  ],
  LAST_GRADE: [
    withScheme({ grades: [{ name: '优秀' }, { name: '合格' }] }),
    '/scheme/grades/0/min',
    '等次「优秀」须写分数线',
  ],
}

/** An indicator below this many groups. */
function nested(groups: number): Scheme['base'][number] {
  let node: Scheme['base'][number] = anIndicator()
  for (let level = 0; level < groups; level += 1) {
    node = aGroup({ code: `G${level}`, children: [node] })
  }
  return node
}

for (const [code, [bundle, path, says]] of Object.entries(CASES)) {
  t.test(`${code} is told alone, at its place, by name`, async (t) => {
    const faults = check(bundle)
    t.strictSame(told(faults), [`${code} ${path}`])
    t.ok(faults[0]?.message.includes(says), faults[0]?.message ?? 'no fault')
    t.match(faults[0]?.message, /。$/, 'a whole sentence')
  })
}

t.test('NOT_JSON is told before anything is checked', async (t) => {
  const sink = new Writable({ write: (_chunk, _encoding, done) => done() })
  const io = {
    stdin: Readable.from([Buffer.from('{"scheme":')]),
    stdout: sink,
    stderr: sink,
    env: {},
  }
  const faults = await readBundle('-', io).catch((error: unknown) =>
    error instanceof FaultyBundle ? error.faults : [],
  )
  t.match(faults, [{ path: '', code: 'NOT_JSON' }])
})

t.test('every code has its case', async (t) => {
  t.strictSame(new Set([...Object.keys(CASES), 'NOT_JSON']), new Set(Object.keys(FAULT_CODES)))
})

t.test('a mark out of range is told as the product promises', async (t) => {
  t.strictSame(
    check(bundleOf({ points: '8' }, marksBy(9))).map(({ message }) => message),
    ['「市财政局」的「理论武装」得分应在 0 到 8 之间,您填了 9。'],
  )
})

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
