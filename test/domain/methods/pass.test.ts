import t from 'tap'
import { marksBy } from '../../helpers/builders.ts'
import { awardOf, faultsOf, sentenceOf } from '../../helpers/scored.ts'

const method = { type: 'pass' } as const

t.test('yes earns all points, no earns none', async (t) => {
  t.equal(awardOf({ points: '2', method }, marksBy(true)), '2.00')
  t.equal(awardOf({ points: '2', method }, marksBy(false)), '0.00')
})

t.test('two of three saying yes is two thirds of the points', async (t) => {
  t.equal(awardOf({ points: '2', method }, marksBy(true, true, false)), '1.33')
})

t.test('anything but yes or no is told', async (t) => {
  for (const given of ['true', 1, '达标']) {
    const [fault] = faultsOf({ method }, marksBy(given))
    t.equal(fault?.code, 'WRONG_ENTRY')
    t.match(fault?.message, '「市财政局」的「理论武装」应填“达标”')
  }
})

t.test('reads as a sentence', async (t) => {
  t.equal(sentenceOf(method, '2'), '达标得2分，不达标得0分')
})
