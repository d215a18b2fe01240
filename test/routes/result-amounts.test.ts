import fc from 'fast-check'
import t from 'tap'
import {
  add,
  compare,
  divideByWhole,
  equals,
  max,
  negate,
  parseExact,
  printExact,
  subtract,
  whole,
  ZERO,
} from '../../server/domain/decimal.ts'
import { readable, readableChange, readableSteps } from '../../server/routes/results/amounts.ts'

/** Half a unit of the fourth digit. */
const HALF = parseExact('0.00005')

const read = (exact: string, decimals = 2) => readable(parseExact(exact), decimals)

t.test('a decimal keeps all its digits, with at least those of a score', async (t) => {
  t.same(read('8'), { text: '8.00', exact: null })
  t.same(read('0.3825'), { text: '0.3825', exact: null })
  t.same(read('-1.5'), { text: '−1.50', exact: null })
  t.same(read('8.5', 0), { text: '8.5', exact: null })
  t.same(read('8', 0), { text: '8', exact: null })
})

t.test('a fraction is rounded for reading and says what it is', async (t) => {
  t.same(read('25/3'), { text: '≈8.3333', exact: '25/3' })
  t.same(read('-1/350'), { text: '≈−0.0029', exact: '-1/350' })
})

t.test('a change has its sign', async (t) => {
  const change = (exact: string) => readableChange(parseExact(exact), 2).text
  t.same(['0.5', '-0.5', '0', '1/3'].map(change), ['+0.50', '−0.50', '0.00', '≈+0.3333'])
})

t.test('three thirds are seen to add up', async (t) => {
  const steps = ['8/3', '8/3', '8/3'].map((change) => ({ text: '打分', change }))
  t.same(
    readableSteps(steps, 2).map(({ change, after }) => [change.text, after.text]),
    [
      ['≈+2.6667', '≈2.6667'],
      ['≈+2.6666', '≈5.3333'],
      ['≈+2.6667', '8.00'],
    ],
  )
})

t.test('what is shown of any steps adds up to what is shown as their sum', async (t) => {
  const amount = fc
    .tuple(fc.integer({ min: -5000, max: 5000 }), fc.integer({ min: 1, max: 97 }))
    .map(([over, under]) => divideByWhole(whole(over), under))
  const shown = (text: string) => parseExact(text.replace(/[≈+]/g, '').replace('−', '-'))
  fc.assert(
    fc.property(fc.array(amount), fc.integer({ min: 0, max: 6 }), (amounts, decimals) => {
      const changes = amounts.map((each) => ({ text: '', change: printExact(each) }))
      let seen = ZERO
      let exact = ZERO
      for (const [index, { change, after }] of readableSteps(changes, decimals).entries()) {
        seen = add(seen, shown(change.text))
        exact = add(exact, amounts[index] ?? ZERO)
        if (!equals(seen, shown(after.text))) return false
        const off = subtract(exact, shown(after.text))
        if (compare(max(off, negate(off)), HALF) > 0) return false
      }
      return true
    }),
  )
  t.pass()
})
