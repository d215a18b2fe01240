import t from 'tap'
import { combineSentence } from '../../server/domain/combine.ts'
import type { Combine } from '../../server/domain/scheme.ts'
import { aMark, anAssessor, type GivenMark, marksBy } from '../helpers/builders.ts'
import { awardOf, faultsOf, told } from '../helpers/scored.ts'

function award(combine: Combine, ...given: GivenMark[]) {
  return awardOf({ combine }, marksBy(...given))
}

t.test('without a combination, and with `mean`, marks are averaged', async (t) => {
  t.equal(awardOf({}, marksBy(6, 7, 9)), '7.33')
  t.equal(award({ type: 'mean' }, 6, 7, 9), '7.33')
})

t.test('an indicator without a mark is missing', async (t) => {
  t.equal(awardOf({}, {}), null)
})

const trimmed: Combine = { type: 'trimmed', drop: 1, from: 5 }

t.test('trimmed drops the highest and the lowest once there are five', async (t) => {
  // 6, 8, 9 stay
  t.equal(award(trimmed, 0, 6, 8, 9, 10), '7.67')
})

t.test('trimmed below `from` is the plain mean', async (t) => {
  t.equal(award(trimmed, 0, 6, 8, 10), '6.00')
})

t.test('trimmed drops one of several equal ones, not all', async (t) => {
  // 6, 9, 9 stay
  t.equal(award(trimmed, 6, 9, 9, 9, 6), '8.00')
})

t.test('trimmed may drop two at each end', async (t) => {
  t.equal(award({ type: 'trimmed', drop: 2, from: 5 }, 0, 1, 7, 9, 10), '7.00')
})

t.test('a trim that would leave nothing is told: from must be above twice drop', async (t) => {
  const faults = (drop: number, from: number) =>
    told(faultsOf({ combine: { type: 'trimmed', drop, from } }))
  t.strictSame(faults(2, 4), ['TRIM_TOO_FEW /scheme/base/0/combine/from'])
  t.strictSame(faults(2, 5), [])
  const within = { type: 'trimmed', drop: 1, from: 2 } as const
  t.strictSame(told(faultsOf({ combine: { type: 'weighted', weights: { 领导: 1 }, within } })), [
    'TRIM_TOO_FEW /scheme/base/0/combine/within/from',
  ])
})

t.test('the median of an odd number is the middle one, of an even the mean of two', async (t) => {
  t.equal(award({ type: 'median' }, 1, 10, 7), '7.00')
  t.equal(award({ type: 'median' }, 1, 10, 7, 8), '7.50')
  t.equal(award({ type: 'median' }, 4, 9), '6.50')
  t.equal(award({ type: 'median' }, 4), '4.00')
})

t.test('single takes one mark and no second', async (t) => {
  t.equal(award({ type: 'single' }, 7), '7.00')
  t.strictSame(told(faultsOf({ combine: { type: 'single' } }, marksBy(7, 8))), [
    'SINGLE_MARK /marks/1/assessor',
  ])
})

const weights = { 考核组: 50, 领导: '30', 互评: 20 }
const weighted: Combine = { type: 'weighted', weights }

t.test('weighted joins the means of the groups by their weights', async (t) => {
  // 50 % × 8 + 30 % × 10 + 20 % × 5
  t.equal(award(weighted, ['考核组', 7], ['考核组', 9], ['领导', 10], ['互评', 5]), '8.00')
})

t.test('weights need not come to 100: they are parts of their sum', async (t) => {
  const thirds: Combine = { type: 'weighted', weights: { 领导: 1, 互评: 2 } }
  t.equal(award(thirds, ['领导', 10], ['互评', 4]), '6.00')
})

t.test('a listed group without a mark makes the indicator missing', async (t) => {
  t.equal(award(weighted, ['考核组', 7], ['领导', 10]), null)
})

t.test('inside the groups another combination may hold', async (t) => {
  const combine: Combine = { type: 'weighted', weights: { 领导: 1, 互评: 1 }, within: trimmed }
  // 互评: 7, 8, 9 stay; 领导 has fewer than five: plain mean 5
  t.equal(
    award(
      combine,
      ...([0, 7, 8, 9, 10] as const).map((mark): [string, number] => ['互评', mark]),
      ['领导', 4],
      ['领导', 6],
    ),
    '6.50',
  )
  const single: Combine = { type: 'weighted', weights: { 领导: 1 }, within: { type: 'single' } }
  t.strictSame(told(faultsOf({ combine: single }, marksBy(['领导', 1], ['领导', 2]))), [
    'SINGLE_MARK /marks/1/assessor',
  ])
})

t.test('the group of a mark replaces that of its assessor', async (t) => {
  const combine: Combine = { type: 'weighted', weights: { 领导: 1, 互评: 1 } }
  const assessors = [anAssessor({ group: '互评' }), anAssessor({ code: 'P2', group: '互评' })]
  const marks = [aMark({ mark: 10, group: '领导' }), aMark({ assessor: 'P2', mark: 4 })]
  t.equal(awardOf({ combine }, { assessors, marks }), '7.00')
})

t.test('a mark of no listed group is told, at who wrote the group', async (t) => {
  const faults = (own: string | undefined, group: string | undefined) =>
    faultsOf(
      { combine: weighted },
      {
        assessors: [anAssessor(own === undefined ? {} : { group: own })],
        marks: [aMark(group === undefined ? {} : { group })],
      },
    )
  t.strictSame(told(faults('专家', undefined)), ['UNKNOWN_GROUP /marks/0/assessor'])
  t.strictSame(told(faults(undefined, undefined)), ['UNKNOWN_GROUP /marks/0/assessor'])
  t.strictSame(told(faults('领导', '专家')), ['UNKNOWN_GROUP /marks/0/group'])
  t.match(faults('专家', undefined)[0]?.message, '「市财政局」的「理论武装」按评价主体加权')
})

t.test('marks are converted to points before they are combined, unrounded', async (t) => {
  // 1/3 and 2/3 of 10 points: the mean is exactly 5
  t.equal(awardOf({ method: { type: 'direct', scale: 3 } }, marksBy(1, 2)), '5.00')
})

t.test('weights are not negative and not all 0', async (t) => {
  for (const wrong of [{ 领导: 0 }, { 领导: 2, 互评: -1 }, {}] as Record<string, number>[]) {
    t.strictSame(told(faultsOf({ combine: { type: 'weighted', weights: wrong } })), [
      'OUT_OF_RANGE /scheme/base/0/combine/weights',
    ])
  }
})

t.test('a name that every object has is no combination', async (t) => {
  for (const type of ['constructor', 'toString', '__proto__', 'valueOf']) {
    const combine = JSON.parse(`{"type":"${type}"}`)
    t.strictSame(told(faultsOf({ combine })), ['WRONG_TYPE /scheme/base/0/combine/type'])
  }
})

t.test('reads as a sentence', async (t) => {
  t.equal(combineSentence(undefined), '多人打分取平均')
  t.equal(combineSentence({ type: 'median' }), '多人打分取中位数')
  t.equal(combineSentence({ type: 'single' }), '由一人打分')
  const trim = '去掉1个最高分和1个最低分后取平均（不足5人时直接取平均）'
  t.equal(combineSentence(trimmed), trim)
  t.equal(
    combineSentence({ ...weighted, within: trimmed }),
    `按评价主体加权：考核组占50%、领导占30%、互评占20%，各主体内${trim}`,
  )
  t.equal(
    combineSentence({ type: 'weighted', weights: { 领导: 1, 群众: 2 } }, 'tallies'),
    '按评价主体加权：领导权重1、群众权重2，分别计票',
  )
})
