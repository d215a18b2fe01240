import t from 'tap'
import type { Combine, SurveyParameters } from '../../../server/domain/scheme.ts'
import { aTally } from '../../helpers/builders.ts'
import { awardOf, faultsOf, sentenceOf, told } from '../../helpers/scored.ts'

const options = [
  { name: '满意', share: '100%' },
  { name: '一般', share: '60%' },
  { name: '不满意', share: '0%' },
  { name: '不了解' },
]
const mean: SurveyParameters = { type: 'survey', options }
const rated: SurveyParameters = {
  ...mean,
  rateOf: ['满意', '一般'],
  steps: [
    { atLeast: '80', share: '100%' },
    { atLeast: '50', points: '4' },
  ],
}

type Counts = Record<string, number>

function award(method: SurveyParameters, counts: Counts) {
  return awardOf({ method }, { tallies: [aTally({ counts })] })
}

t.test('the award is the mean share of the valid ballots', async (t) => {
  // (6 × 100 % + 2 × 60 % + 2 × 0 %) ÷ 10 = 72 %
  t.equal(award(mean, { 满意: 6, 一般: 2, 不满意: 2 }), '7.20')
})

t.test('ballots on options without a share are counted, not scored', async (t) => {
  t.equal(award(mean, { 满意: 6, 一般: 2, 不满意: 2, 不了解: 90 }), '7.20')
  t.equal(award(rated, { 满意: 8, 不满意: 2, 不了解: 90 }), '10.00')
})

t.test('an option that is not counted has no ballots', async (t) => {
  t.equal(award(mean, { 一般: 1 }), '6.00')
})

t.test('with a rate the percentage of its options is looked up in the steps', async (t) => {
  t.equal(award(rated, { 满意: 7, 一般: 1, 不满意: 2 }), '10.00') // 80 %
  t.equal(award(rated, { 满意: 4, 一般: 3, 不满意: 3 }), '4.00') // 70 %
  t.equal(award(rated, { 满意: 4, 不满意: 6 }), '0.00') // 40 %: no step
})

t.test('a rate is compared exactly: two thirds are above 66.666666', async (t) => {
  const steps = [{ above: '66.666666', share: '100%' }]
  t.equal(award({ ...rated, steps }, { 满意: 2, 不满意: 1 }), '10.00')
  t.equal(
    award({ ...rated, steps: [{ atLeast: '66.666667', share: '100%' }] }, { 满意: 2, 不满意: 1 }),
    '0.00',
  )
})

t.test('a step may look at a rate of its own, in its place in the order', async (t) => {
  const steps = [
    { atLeast: '40', share: '30%', rateOf: ['不满意'] },
    { atLeast: '50', share: '100%' },
  ]
  t.equal(award({ ...rated, steps }, { 满意: 6, 不满意: 4 }), '3.00')
  t.equal(award({ ...rated, steps }, { 满意: 7, 不满意: 3 }), '10.00')
})

t.test('when every step has a rate of its own, no common one is needed', async (t) => {
  const steps = [{ atMost: '10', share: '100%', rateOf: ['不满意'] }]
  t.equal(award({ ...mean, steps }, { 满意: 9, 不满意: 1 }), '10.00')
  t.equal(award({ ...mean, steps }, { 满意: 8, 不满意: 2 }), '0.00')
})

t.test('with fewer valid ballots than asked for, at least one, it is missing', async (t) => {
  t.equal(award({ ...mean, minBallots: 3 }, { 满意: 2, 不了解: 50 }), null)
  t.equal(award({ ...mean, minBallots: 3 }, { 满意: 3 }), '10.00')
  t.equal(award(mean, { 不了解: 50 }), null)
  t.equal(award(rated, {}), null)
  t.equal(awardOf({ method: mean }, {}), null)
})

t.test('the counts of all groups are added up, with the fewest ballots asked of all', async (t) => {
  const tallies = [
    aTally({ group: '领导', counts: { 满意: 1 } }),
    aTally({ group: '群众', counts: { 满意: 1, 不满意: 2 } }),
  ]
  t.equal(awardOf({ method: { ...mean, minBallots: 4 } }, { tallies }), '5.00')
})

const weighted: Combine = { type: 'weighted', weights: { 领导: '60', 群众: '20' } }

t.test('weighted, each group is scored by itself: (60 × 10 + 20 × 5) ÷ 80', async (t) => {
  const tallies = [
    aTally({ group: '领导', counts: { 满意: 1 } }),
    aTally({ group: '群众', counts: { 满意: 50, 不满意: 50 } }),
  ]
  t.equal(awardOf({ method: mean, combine: weighted }, { tallies }), '8.75')
})

t.test('weighted, every listed group needs its own fewest ballots', async (t) => {
  const tallies = [
    aTally({ group: '领导', counts: { 满意: 2 } }),
    aTally({ group: '群众', counts: { 满意: 100 } }),
  ]
  t.equal(awardOf({ method: { ...mean, minBallots: 3 }, combine: weighted }, { tallies }), null)
  t.equal(awardOf({ method: mean, combine: weighted }, { tallies: tallies.slice(1) }), null)
})

t.test('weighted, ballots of no listed group are told', async (t) => {
  const faults = (group?: string) =>
    told(
      faultsOf(
        { method: mean, combine: weighted },
        { tallies: [aTally(group === undefined ? {} : { group })] },
      ),
    )
  t.strictSame(faults('专家'), ['UNKNOWN_GROUP /tallies/0/group'])
  t.strictSame(faults(), ['UNKNOWN_GROUP /tallies/0/group'])
})

t.test('ballots combine by group only', async (t) => {
  t.strictSame(told(faultsOf({ method: mean, combine: { type: 'median' } })), [
    'NOT_ALLOWED /scheme/base/0/combine',
  ])
})

t.test('unknown options and counts that are no counts are told', async (t) => {
  const faults = (counts: object) =>
    told(faultsOf({ method: mean }, { tallies: [aTally({ counts: counts as Counts })] }))
  t.strictSame(faults({ 很满意: 1 }), ['UNKNOWN_OPTION /tallies/0/counts/很满意'])
  for (const count of [-1, 1.5, '3', null]) {
    t.strictSame(faults({ 满意: count }), ['OUT_OF_RANGE /tallies/0/counts/满意'])
  }
})

t.test('a rate names options that exist and have a share', async (t) => {
  const wrong = (about: Partial<SurveyParameters>) =>
    told(faultsOf({ method: { ...rated, ...about } }))
  const at = '/scheme/base/0/method'
  t.strictSame(wrong({ rateOf: ['不了解'] }), [`RATE_OPTION_WITHOUT_SHARE ${at}/rateOf/0`])
  t.strictSame(wrong({ rateOf: ['很满意'] }), [`UNKNOWN_OPTION ${at}/rateOf/0`])
  t.strictSame(wrong({ steps: [{ above: 1, points: 1, rateOf: ['满意', '不了解'] }] }), [
    `RATE_OPTION_WITHOUT_SHARE ${at}/steps/0/rateOf/1`,
  ])
})

t.test('a rate goes with steps, and some option has a share', async (t) => {
  const at = '/scheme/base/0/method'
  t.strictSame(told(faultsOf({ method: { ...mean, rateOf: ['满意'] } })), [
    `MISSING_KEY ${at}/steps`,
  ])
  const steps = [{ atLeast: 80, share: '100%' }]
  t.strictSame(told(faultsOf({ method: { ...mean, steps } })), [`MISSING_KEY ${at}/rateOf`])
  const blank = { type: 'survey', options: [{ name: '弃权' }] } as const
  t.strictSame(told(faultsOf({ method: { ...blank, options: [...blank.options] } })), [
    `MISSING_KEY ${at}/options`,
  ])
})

t.test('reads as a sentence', async (t) => {
  t.equal(
    sentenceOf({ ...mean, minBallots: 5 }),
    '按有效票加权平均：满意计100%、一般计60%、不满意计0%；“不了解”不计入有效票；有效票不少于5张',
  )
  t.equal(
    sentenceOf(rated),
    '按满意、一般占有效票的百分比分档：≥80得满分，≥50得4分，其余不得分；“不了解”不计入有效票',
  )
})
