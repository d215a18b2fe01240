/**
 * Every fault that a bundle can have: one bundle for each code that causes exactly it.
 * Long because there is a bundle for each of some fifty codes.
 */

import { Readable, Writable } from 'node:stream'
import t from 'tap'
import { readBundle } from '../../server/commands/bundle-file.ts'
import type { Bundle } from '../../server/domain/bundle.ts'
import { check } from '../../server/domain/check-bundle.ts'
import { FAULT_CODES, type FaultCode, FaultyBundle } from '../../server/domain/fault.ts'
import type { MethodParameters, Scheme } from '../../server/domain/scheme.ts'
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
