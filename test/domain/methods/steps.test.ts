import t from 'tap'
import type { Threshold } from '../../../server/domain/scheme.ts'
import { aValue } from '../../helpers/builders.ts'
import { awardOf, faultsOf, sentenceOf, told } from '../../helpers/scored.ts'

function award(steps: Threshold[], value: string | number) {
  return awardOf({ method: { type: 'steps', steps } }, { values: [aValue({ value })] })
}

t.test('each condition holds up to its edge: ≥ and ≤ with it, > and < without', async (t) => {
  for (const [condition, below, at, above] of [
    [{ atLeast: 90 }, '0.00', '10.00', '10.00'],
    [{ above: 90 }, '0.00', '0.00', '10.00'],
    [{ atMost: 90 }, '10.00', '10.00', '0.00'],
    [{ below: 90 }, '10.00', '0.00', '0.00'],
  ] as const) {
    const steps = [{ ...condition, share: '100%' }]
    t.equal(award(steps, '89.999999'), below)
    t.equal(award(steps, '90.0'), at)
    t.equal(award(steps, '90.000001'), above)
  }
})

t.test('the first step in order that holds is taken, not the best', async (t) => {
  const steps = [
    { atLeast: '60', share: '50%' },
    { atLeast: '90', share: '100%' },
  ]
  t.equal(award(steps, '95'), '5.00')
})

t.test('a step gives a share of the points or points as they stand', async (t) => {
  const steps = [
    { atLeast: '90', share: '85%' },
    { atLeast: '60', points: '1.2' },
  ]
  t.equal(award(steps, '90'), '8.50')
  t.equal(award(steps, '60'), '1.20')
})

t.test('where no step holds, 0 is earned', async (t) => {
  t.equal(award([{ atLeast: '60', share: '100%' }], '-1'), '0.00')
})

t.test('a step has exactly one condition, and either share or points', async (t) => {
  const wrong = (step: Threshold) => told(faultsOf({ method: { type: 'steps', steps: [step] } }))
  const at = 'CONDITION_COUNT /scheme/base/0/method/steps/0'
  t.strictSame(wrong({ share: '100%' }), [at])
  t.strictSame(wrong({ atLeast: 90, below: 100, share: '100%' }), [at])
  t.strictSame(wrong({ atLeast: 90 }), [at])
  t.strictSame(wrong({ atLeast: 90, share: '100%', points: 10 }), [at])
  t.strictSame(wrong({ atLeast: 90, share: '100%', rateOf: ['满意'] }), [
    'UNKNOWN_KEY /scheme/base/0/method/steps/0/rateOf',
  ])
})

t.test('reads as a sentence', async (t) => {
  const steps = [
    { atLeast: '90', share: '100%' },
    { above: '60', points: '5.0' },
  ]
  t.equal(sentenceOf({ type: 'steps', steps }), '按数值分档：≥90得满分，>60得5分，其余不得分')
})
