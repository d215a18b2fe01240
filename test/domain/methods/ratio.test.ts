import t from 'tap'
import type { RatioParameters } from '../../../server/domain/scheme.ts'
import { aValue } from '../../helpers/builders.ts'
import { awardOf, faultsOf, sentenceOf, told } from '../../helpers/scored.ts'

function award(parameters: Omit<RatioParameters, 'type'>, value: string | number, points = '5') {
  return awardOf(
    { points, method: { type: 'ratio', ...parameters } },
    { values: [aValue({ value })] },
  )
}

t.test(
  'points grow evenly from `from` to `target`: 90 between 60 and 100 is three quarters',
  async (t) => {
    t.equal(award({ from: '60', target: '100' }, '90'), '3.75')
  },
)

t.test('`from` is 0 unless said: 9 meetings of 12 earn three quarters', async (t) => {
  t.equal(award({ target: 12 }, 9, '3'), '2.25')
})

t.test('below `from` nothing is earned, beyond `target` no more than all', async (t) => {
  t.equal(award({ from: '60', target: '100' }, '60'), '0.00')
  t.equal(award({ from: '60', target: '100' }, '-3'), '0.00')
  t.equal(award({ from: '60', target: '100' }, '130'), '5.00')
})

t.test('a floor is earned anyway and the rest grows above it', async (t) => {
  // half way: 20 % + 80 % × ½ = 60 % of 5
  const parameters = { from: '60', target: '100', floor: '20%' }
  t.equal(award(parameters, '0'), '1.00')
  t.equal(award(parameters, '80'), '3.00')
  t.equal(award(parameters, '100'), '5.00')
})

t.test('a target below `from` means lower is better', async (t) => {
  const parameters = { from: '110', target: '90' }
  t.equal(award(parameters, '100', '2'), '1.00')
  t.equal(award(parameters, '85', '2'), '2.00')
  t.equal(award(parameters, '111', '2'), '0.00')
})

t.test('bounds and values may be negative', async (t) => {
  t.equal(award({ from: '-10', target: '10' }, '-5', '4'), '1.00')
})

t.test('a third of the way is a third until it is rounded', async (t) => {
  t.equal(award({ target: '3' }, 1), '1.67')
})

t.test('without a value the indicator is missing and earns 0', async (t) => {
  t.equal(awardOf({ method: { type: 'ratio', target: 12 } }, {}), null)
})

t.test('target and `from` must differ, also when written differently', async (t) => {
  const at = 'TARGET_EQUALS_FROM /scheme/base/0/method/target'
  t.strictSame(told(faultsOf({ method: { type: 'ratio', target: 0 } })), [at])
  t.strictSame(told(faultsOf({ method: { type: 'ratio', from: '5.0', target: 5 } })), [at])
})

t.test('reads as a sentence', async (t) => {
  t.equal(
    sentenceOf({ type: 'ratio', target: '12' }, '3'),
    '达到12得3分，为0时不得分，其间按比例计分',
  )
  t.equal(
    sentenceOf({ type: 'ratio', from: '60', target: '95' }, '3'),
    '达到95得3分，不高于60时不得分，其间按比例计分',
  )
  t.equal(
    sentenceOf({ type: 'ratio', from: '110', target: '90', floor: '20%' }, '2'),
    '不高于90得2分，达到110及以上时得满分的20%，其间按比例计分',
  )
})
