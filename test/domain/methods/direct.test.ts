import t from 'tap'
import { marksBy } from '../../helpers/builders.ts'
import { awardOf, faultsOf, sentenceOf, told } from '../../helpers/scored.ts'

t.test('a mark counts as it stands, from nothing to the points', async (t) => {
  const eight = { points: '8', method: { type: 'direct' } as const }
  t.equal(awardOf(eight, marksBy('0')), '0.00')
  t.equal(awardOf(eight, marksBy('7.5')), '7.50')
  t.equal(awardOf(eight, marksBy(8)), '8.00')
})

t.test('a mark on another scale is converted: 87 of 100 for 8 points is 6.96', async (t) => {
  t.equal(awardOf({ points: 8, method: { type: 'direct', scale: 100 } }, marksBy(87)), '6.96')
})

t.test('a conversion that does not end is rounded only once', async (t) => {
  // 1 of 3 for 10 points is 3.333…; three such marks are 10/3 again, not 3.33
  const method = { type: 'direct', scale: '3' } as const
  t.equal(awardOf({ method }, marksBy(1), { decimals: 6 }), '3.333333')
  t.equal(awardOf({ method }, marksBy(1, 1, 2), { decimals: 4 }), '4.4444')
})

t.test('a mark of half a hundredth rounds up', async (t) => {
  t.equal(awardOf({}, marksBy('8.345')), '8.35')
  t.equal(awardOf({}, marksBy('8.344999')), '8.34')
})

t.test('a mark outside 0 to the points, or the scale, is told with its bounds', async (t) => {
  const [fault] = faultsOf({ points: '8' }, marksBy(9))
  t.strictSame(fault, {
    path: '/marks/0/mark',
    code: 'OUT_OF_RANGE',
    message: '「市财政局」的「理论武装」得分应在 0 到 8 之间,您填了 9。',
  })
  t.strictSame(told(faultsOf({}, marksBy('-0.1'))), ['OUT_OF_RANGE /marks/0/mark'])
  const scaled = { points: '8', method: { type: 'direct', scale: 100 } as const }
  t.match(faultsOf(scaled, marksBy(101))[0]?.message, '0 到 100 之间,您填了 101。')
})

t.test('with a step of 0.5 a mark of 7.5 is taken and 7.6 is not', async (t) => {
  const method = { type: 'direct', step: '0.5' } as const
  t.equal(awardOf({ method }, marksBy('7.5')), '7.50')
  const [fault] = faultsOf({ method }, marksBy('7.6'))
  t.equal(fault?.code, 'OFF_STEP')
  t.match(fault?.message, '0.5 的整数倍,您填了 7.6。')
})

t.test('with a step of 0.1 the mark 8.3 is taken although no double equals it', async (t) => {
  t.equal(awardOf({ method: { type: 'direct', step: 0.1 } }, marksBy(8.3)), '8.30')
})

t.test(
  'what is no number is told as that, and what is no mark at all as the wrong entry',
  async (t) => {
    for (const text of ['', '8分', '1e1', '0.1234567']) {
      t.equal(faultsOf({}, marksBy(text))[0]?.code, 'NOT_A_NUMBER', text)
    }
    t.equal(faultsOf({}, marksBy(true))[0]?.code, 'WRONG_ENTRY')
    t.equal(faultsOf({}, marksBy({ level: '好', points: 1 }))[0]?.code, 'WRONG_ENTRY')
  },
)

t.test('scale and step must be above zero', async (t) => {
  t.strictSame(told(faultsOf({ method: { type: 'direct', scale: 0 } })), [
    'OUT_OF_RANGE /scheme/base/0/method/scale',
  ])
  t.strictSame(told(faultsOf({ method: { type: 'direct', step: '-0.1' } })), [
    'OUT_OF_RANGE /scheme/base/0/method/step',
  ])
})

t.test('reads as a sentence', async (t) => {
  t.equal(sentenceOf({ type: 'direct' }, '8'), '在0到8分之间直接打分')
  t.equal(sentenceOf({ type: 'direct', step: '0.50' }, '8'), '在0到8分之间直接打分，最小单位0.5分')
  t.equal(sentenceOf({ type: 'direct', scale: '100' }, '8'), '按100分制打分，折算为8分')
})
