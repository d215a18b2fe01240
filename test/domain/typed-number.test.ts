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

t.test('thousands as a spreadsheet groups them are read', async (t) => {
  for (const [typed, amount] of [
    ['1,234', '1234'],
    ['１，２３４', '1234'],
    ['12,345,678.50', '12345678.5'],
    ['-1,000', '-1000'],
    [' 1,234 ', '1234'],
  ] as const) {
    t.strictSame(readTypedNumber(typed), { amount }, typed)
  }
})

t.test('any other comma is refused, for nobody knows what it means', async (t) => {
  for (const typed of ['8,5', '8，5', '1,20', '1234,567', '1,2345', ',123', '1,234,5', '1、234']) {
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
