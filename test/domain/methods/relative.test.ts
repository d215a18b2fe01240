import t from 'tap'
import type { RelativeParameters } from '../../../server/domain/scheme.ts'
import { aValue, someUnits } from '../../helpers/builders.ts'
import {
  awardsAmong,
  bundleOf,
  faultsOf,
  resultOf,
  sentenceOf,
  told,
} from '../../helpers/scored.ts'

function among(parameters: Omit<RelativeParameters, 'type'>, ...values: (string | null)[]) {
  return awardsAmong({ method: { type: 'relative', ...parameters } }, values)
}

t.test('best: each value in proportion to the highest', async (t) => {
  t.strictSame(among({ basis: 'best' }, '8', '16', '4'), ['5.00', '10.00', '2.50'])
})

t.test('best, lower better: the lowest in proportion to each value', async (t) => {
  t.strictSame(among({ basis: 'best', better: 'lower' }, '2', '5', '4'), ['10.00', '4.00', '5.00'])
})

t.test('best, lower better: 0 earns all, and then nobody else anything', async (t) => {
  t.strictSame(among({ basis: 'best', better: 'lower' }, '0', '5'), ['10.00', '0.00'])
})

t.test('best: where all are 0 all earn all', async (t) => {
  t.strictSame(among({ basis: 'best' }, '0', '0'), ['10.00', '10.00'])
  t.strictSame(among({ basis: 'best', better: 'lower' }, '0', '0'), ['10.00', '10.00'])
})

t.test('best takes no negative value; range and rank do', async (t) => {
  const faults = (basis: RelativeParameters['basis']) =>
    faultsOf(
      { method: { type: 'relative', basis, ...(basis === 'rank' ? { step: 1 } : {}) } },
      { values: [aValue({ value: '-1' })] },
    )
  t.strictSame(told(faults('best')), ['NEGATIVE_VALUE /values/0/value'])
  t.match(faults('best')[0]?.message, '「市财政局」的「理论武装」的数值不能是负数,您填了 -1。')
  t.strictSame(faults('range'), [])
  t.strictSame(faults('rank'), [])
})

t.test('range: the place between worst and best, above a floor', async (t) => {
  t.strictSame(among({ basis: 'range' }, '10', '20', '15'), ['0.00', '10.00', '5.00'])
  t.strictSame(among({ basis: 'range', floor: '60%' }, '10', '20', '15'), ['6.00', '10.00', '8.00'])
  t.strictSame(among({ basis: 'range' }, '-10', '10', '-5'), ['0.00', '10.00', '2.50'])
})

t.test('range, lower better: the lowest earns all', async (t) => {
  t.strictSame(among({ basis: 'range', better: 'lower' }, '10', '20'), ['10.00', '0.00'])
})

t.test('range: where all are equal all earn all, one alone too', async (t) => {
  t.strictSame(among({ basis: 'range', floor: '60%' }, '7', '7.0'), ['10.00', '10.00'])
  t.strictSame(among({ basis: 'range' }, '7'), ['10.00'])
})

t.test('rank: a step off for each place, the same for equal values, never below 0', async (t) => {
  // places 1, 1, 3, 4
  t.strictSame(among({ basis: 'rank', step: '1.5' }, '9', '9', '7', '5'), [
    '10.00',
    '10.00',
    '7.00',
    '5.50',
  ])
  t.strictSame(among({ basis: 'rank', step: '6' }, '3', '2', '1'), ['10.00', '4.00', '0.00'])
})

t.test('rank: the step may be a part of the points, and the lowest may be first', async (t) => {
  t.strictSame(among({ basis: 'rank', step: '7%', better: 'lower' }, '3', '1', '2'), [
    '8.60',
    '10.00',
    '9.30',
  ])
})

t.test('a unit without a value is missing and nobody is compared with it', async (t) => {
  t.strictSame(among({ basis: 'rank', step: 1 }, null, '5', '7'), [null, '9.00', '10.00'])
})

t.test('only units of the same category are compared', async (t) => {
  const [first, second] = someUnits(2)
  const bundle = bundleOf(
    { method: { type: 'relative', basis: 'best' } },
    {
      units: [
        { ...first, code: 'U1', name: '市财政局', category: '政府部门' },
        { ...second, code: 'U2', name: '市委办公室', category: '党委部门' },
      ],
      values: [aValue({ value: '4' }), aValue({ unit: 'U2', value: '8' })],
    },
  )
  t.equal(resultOf(bundle, 'U1').scores.I1, '10.00')
  t.equal(resultOf(bundle, 'U2').scores.I1, '10.00')
})

t.test(
  'a floor goes with range only, a step with rank only, and rank needs one above 0',
  async (t) => {
    const wrong = (parameters: Omit<RelativeParameters, 'type'>) =>
      told(faultsOf({ method: { type: 'relative', ...parameters } }))
    const at = '/scheme/base/0/method'
    t.strictSame(wrong({ basis: 'best', floor: '10%' }), [`NOT_ALLOWED ${at}/floor`])
    t.strictSame(wrong({ basis: 'range', step: 1 }), [`NOT_ALLOWED ${at}/step`])
    t.strictSame(wrong({ basis: 'rank' }), [`OUT_OF_RANGE ${at}/step`])
    t.strictSame(wrong({ basis: 'rank', step: 0 }), [`OUT_OF_RANGE ${at}/step`])
  },
)

t.test('reads as a sentence', async (t) => {
  const read = (parameters: Omit<RelativeParameters, 'type'>) =>
    sentenceOf({ type: 'relative', ...parameters }, '3')
  t.equal(
    read({ basis: 'best', better: 'lower' }),
    '与同类单位最好值相比按比例计分，最好的得3分，数值越低越好',
  )
  t.equal(
    read({ basis: 'range', floor: '60%' }),
    '同类单位中最好的得3分，最差的得满分的60%，其间按比例计分，数值越高越好',
  )
  t.equal(
    read({ basis: 'rank', step: '3%' }),
    '同类单位中第一名得3分，每低一名减满分的3%，减完为止，数值越高越好',
  )
})
