/** Why a unit has its result: what is told of it, in words and numbers. That steps add up is in properties.test.ts. */

import t from 'tap'
import { evaluate } from '../../server/domain/evaluate.ts'
import type { Step } from '../../server/domain/explanation.ts'
import {
  aBundle,
  aGroup,
  aLedger,
  aMark,
  anAssessor,
  anEvent,
  anIndicator,
  aRule,
  aScheme,
  aTally,
  aUnit,
  aValue,
  marksBy,
  someUnits,
} from '../helpers/builders.ts'
import { bundleOf, explanationOf, indicatorExplanation } from '../helpers/scored.ts'

/** "text change → after" of each step */
function lines(steps: readonly Step[]): string[] {
  return steps.map(({ text, change, after }) => `${text} ${change} → ${after}`)
}

t.test('a trimmed mean says of each mark what became of it, and rounds at the end', async (t) => {
  const combine = { type: 'trimmed', drop: 1, from: 5 } as const
  const explained = indicatorExplanation(bundleOf({ combine }, marksBy(0, 6, 8, 9, 10)))
  t.strictSame(
    explained.entries.map(({ worth, why, weight }) => `${worth} ${why} ${weight}`),
    ['0 trimmed-low 0', '6 counted 1/3', '8 counted 1/3', '9 counted 1/3', '10 trimmed-high 0'],
  )
  t.strictSame(lines(explained.steps), [
    '打分折合 6 分，占 1/3 2 → 2',
    '打分折合 8 分，占 1/3 8/3 → 14/3',
    '打分折合 9 分，占 1/3 3 → 23/3',
    '四舍五入到 2 位小数 1/300 → 7.67',
  ])
  t.match(explained, { state: 'judged', award: '7.67', points: '10' })
})

t.test('a median says which marks are not in the middle', async (t) => {
  const explained = indicatorExplanation(
    bundleOf({ combine: { type: 'median' } }, marksBy(1, 9, 5)),
  )
  t.strictSame(
    explained.entries.map(({ why }) => why),
    ['not-middle', 'not-middle', 'counted'],
  )
})

t.test('a missing group is named', async (t) => {
  const combine = { type: 'weighted', weights: { 领导: 1, 互评: 1 } } as const
  const explained = indicatorExplanation(bundleOf({ combine }, marksBy(['领导', 8])))
  t.match(explained, { state: 'missing', award: '0.00' })
  t.strictSame(lines(explained.steps), ['评价主体「互评」还没有打分，暂计 0 分 0 → 0'])
  t.equal(explained.entries[0]?.why, 'missing')
})

t.test('a ledger nobody wrote in is a default, not a judgement', async (t) => {
  const explained = indicatorExplanation(bundleOf({ method: aLedger() }, {}))
  t.match(explained, { state: 'default', award: '10.00', entries: [] })
  t.strictSame(lines(explained.steps), ['起评 10 分（没有台账记录） 10 → 10'])
})

t.test('a ledger tells each event that changed something', async (t) => {
  const bundle = bundleOf({ method: aLedger() }, { events: [anEvent(), anEvent({ count: 2 })] })
  t.strictSame(lines(indicatorExplanation(bundle).steps), [
    '起评 10 分 10 → 10',
    '未按时传达，每次：扣 0.5 分 -0.5 → 9.5',
    '未按时传达，每次：扣 1 分 -1 → 8.5',
  ])
})

t.test('in penalty what adds to the award reads as taken off', async (t) => {
  const method = aLedger({ start: 'zero', rules: [aRule({ sign: 'add' })] })
  const scheme = { penalty: { items: [anIndicator({ code: 'K1', name: '通报', method })] } }
  const bundle = bundleOf({}, { ...marksBy(8), events: [anEvent({ indicator: 'K1' })] }, scheme)
  t.match(lines(indicatorExplanation(bundle, 'K1').steps)[1], '扣 0.5 分')
  t.strictSame(lines(explanationOf(bundle).total), ['理论武装 8 → 8', '扣分：通报 -0.5 → 7.5'])
})

t.test('a value tells what it was compared with', async (t) => {
  const bundle = bundleOf(
    { method: { type: 'relative', basis: 'rank', step: 1 } },
    {
      units: someUnits(3),
      values: ['5', '9', '7'].map((value, i) => aValue({ unit: `U${i + 1}`, value })),
    },
  )
  t.strictSame(lines(indicatorExplanation(bundle).steps), [
    '实际值5，同类3家中最好9、最差5，列第3 8 → 8',
  ])
})

t.test('ballots tell how many were valid', async (t) => {
  const options = [
    { name: '满意', share: '100%' },
    { name: '不满意', share: '0%' },
    { name: '弃权' },
  ]
  const counts = { 满意: 3, 不满意: 1, 弃权: 6 }
  const bundle = bundleOf(
    { method: { type: 'survey', options } },
    { tallies: [aTally({ counts })] },
  )
  t.strictSame(lines(indicatorExplanation(bundle).steps), [
    '有效票4张（满意3、不满意1、弃权6） 7.5 → 7.5',
  ])
})

t.test('what does not apply says how it is counted', async (t) => {
  const units = [aUnit({ notApplicable: ['I2'] })]
  const base = [anIndicator(), anIndicator({ code: 'I2', name: '执法规范' })]
  const scheme = aScheme({ base, notApplicable: 'full' })
  const full = aBundle({ scheme, units, ...marksBy(8) })
  t.match(indicatorExplanation(full, 'I2'), { state: 'not-applicable', award: '10.00' })
  t.strictSame(lines(indicatorExplanation(full, 'I2').steps), ['不适用，按满分计 10 → 10'])
  const left = { ...full, scheme: aScheme({ base }) }
  t.match(indicatorExplanation(left, 'I2'), { award: null, steps: [] })
  t.strictSame(lines(explanationOf(left).total), [
    '理论武装 8 → 8',
    '有不适用的一级指标，折算为满分 20 分 8 → 16',
  ])
})

t.test('a group tells its children, and that it was rescaled', async (t) => {
  const children = ['A1', 'A2', 'A3'].map((code) => anIndicator({ code, name: code, points: '4' }))
  const bundle = aBundle({
    scheme: aScheme({ base: [aGroup({ points: '12', children })] }),
    units: [aUnit({ notApplicable: ['A3'] })],
    assessors: [anAssessor()],
    marks: ['A1', 'A2'].map((indicator) => aMark({ indicator, mark: '3' })),
  })
  t.strictSame(lines(explanationOf(bundle).groups[0]?.steps ?? []), [
    'A1 3 → 3',
    'A2 3 → 6',
    '有不适用的指标，由 8 分折算为 12 分 3 → 9',
  ])
})

t.test('caps, the floor and a zero veto are steps of the total', async (t) => {
  const item = (code: string) => anIndicator({ code, name: code })
  const bundle = bundleOf(
    {},
    {
      assessors: [anAssessor()],
      marks: [
        aMark({ mark: '2' }),
        aMark({ indicator: 'J', mark: 9 }),
        aMark({ indicator: 'K', mark: 9 }),
      ],
      vetoes: [{ unit: 'U1', veto: 'V', reason: '查实' }],
    },
    {
      bonus: { cap: 5, items: [item('J')] },
      penalty: { cap: 6, items: [item('K')] },
      vetoes: [{ code: 'V', name: '违纪', effects: [{ type: 'zero' }] }],
    },
  )
  t.strictSame(lines(explanationOf(bundle).total), [
    '理论武装 2 → 2',
    '加分：J 9 → 11',
    '加分合计不超过 5 分 -4 → 7',
    '扣分：K -9 → -2',
    '扣分合计不超过 6 分 3 → 1',
    '一票否决：总分记 0 分 -1 → 0',
  ])
})

t.test('the rank says among how many, and with whom it is shared', async (t) => {
  const units = someUnits(3)
  const marks = ['9', '9', '5'].map((mark, i) => aMark({ unit: `U${i + 1}`, mark }))
  const { rank } = explanationOf(aBundle({ units, assessors: [anAssessor()], marks }), 'U2')
  t.match(rank, {
    text: '「政府部门」3 家中列第 1 名，与另外 1 家并列',
    candidates: 3,
    tiedWith: ['U1'],
  })
  const nobody = explanationOf(aBundle({ units }), 'U1').rank
  t.match(nobody, { rank: null, text: '还有 1 项没有评完，暂不排名' })
})

t.test('the grade tells threshold, veto, quota and adjustment in their order', async (t) => {
  const grades = [{ name: '优秀', min: 9 }, { name: '良好', min: 8, quota: '0%' }, { name: '合格' }]
  const vetoes = [{ code: 'V', name: '通报', effects: [{ type: 'drop', by: 1 } as const] }]
  const bundle = bundleOf(
    {},
    { ...marksBy('9.5'), vetoes: [{ unit: 'U1', veto: 'V', reason: '查实' }] },
    { grades, vetoes },
  )
  const told = (given: typeof bundle) =>
    explanationOf(given).grade.map(({ kind, grade, text }) => `${kind} ${grade} ${text}`)
  t.strictSame(told(bundle), [
    'threshold 优秀 总分 9.50 达到「优秀」分数线 9',
    'veto 良好 一票否决「通报」，应为「良好」',
    'quota 合格 「良好」名额 0 家（0%），符合条件 1 家，按名次降为「合格」',
  ])
  const adjustments = [{ unit: 'U1', grade: '优秀', reason: '党组会议审定' }]
  t.equal(
    told({ ...bundle, adjustments }).at(-1),
    'adjustment 优秀 经研究调整为「优秀」：党组会议审定',
  )
})

t.test('a unit that is not in the bundle has no explanation', async (t) => {
  t.throws(() => evaluate(aBundle()).explain('U9'), RangeError)
})
