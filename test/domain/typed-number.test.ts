import t from 'tap'
import { readTypedNumber } from '../../server/domain/typed-number.ts'

t.test('a number is the same from any keyboard', async (t) => {
  for (const typed of ['8.5', '８．５', ' 8.5 ', '　8.50　', '8。5', '08.5', '8｡5']) {
    t.strictSame(readTypedNumber(typed), { amount: '8.5' }, typed)
  }
  t.strictSame(readTypedNumber('－3'), { amount: '-3' })
  t.strictSame(readTypedNumber('−3'), { amount: '-3' })
})

t.test('nothing typed is no number, and not zero', async (t) => {
  for (const typed of ['', ' ', '　']) t.strictSame(readTypedNumber(typed), { amount: null })
  t.strictSame(readTypedNumber('0'), { amount: '0' })
})

t.test('a comma is refused, for nobody knows what it means', async (t) => {
  for (const typed of ['8,5', '8，5', '1,200', '8、5']) {
    t.match(readTypedNumber(typed), { problem: /小数点请用「\.」.*您填了「/ }, typed)
  }
  t.match(readTypedNumber('8，5'), { problem: /「8，5」/ }, 'as it was typed')
})

t.test('what is no number is told as it was typed', async (t) => {
  for (const typed of ['八', '8 5', '8.5分', '1e3', '--1', '0.1234567', 'NaN', '8.']) {
    t.match(readTypedNumber(typed), {
      problem: `应是一个数（小数最多 6 位），您填了「${typed}」。`,
    })
  }
})
