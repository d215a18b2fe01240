import fc from 'fast-check'
import t from 'tap'
import type { Decimal } from '../../server/domain/decimal.ts'
import {
  add,
  ceil,
  compare,
  divide,
  equals,
  floor,
  fromMicros,
  isMultiple,
  multiply,
  parseDecimal,
  parseExact,
  parsePercent,
  print,
  printExact,
  round,
  subtract,
  sum,
  toMicros,
  whole,
} from '../../server/domain/decimal.ts'

function decimal(text: string): Decimal {
  const value = parseDecimal(text)
  if (!value) throw new Error(`not a decimal: ${text}`)
  return value
}

const anyDecimal = fc
  .tuple(fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n }), fc.integer({ min: 0, max: 6 }))
  .map(([digits, places]) => {
    const size = String(digits < 0n ? -digits : digits).padStart(places + 1, '0')
    const body = places === 0 ? size : `${size.slice(0, -places)}.${size.slice(-places)}`
    return decimal(digits < 0n ? `-${body}` : body)
  })

t.test('a tenth and two tenths are three tenths', async (t) => {
  t.equal(printExact(add(decimal('0.1'), decimal('0.2'))), '0.3')
  t.ok(equals(sum([0.1, 0.2].map((x) => parseDecimal(x) ?? whole(0))), decimal('0.3')))
})

t.test('a third is a third until it is rounded', async (t) => {
  const third = divide(whole(1), whole(3))
  t.equal(printExact(third), '1/3')
  t.ok(equals(multiply(third, whole(3)), whole(1)))
  t.equal(print(third, 2), '0.33')
})

t.test('halves round away from zero', async (t) => {
  t.equal(print(decimal('2.345'), 2), '2.35')
  t.equal(print(decimal('-2.345'), 2), '-2.35')
  t.equal(print(decimal('0.5'), 0), '1')
  t.equal(print(decimal('-0.5'), 0), '-1')
  t.equal(print(decimal('-0.004'), 2), '0.00')
  t.equal(print(decimal('1.005'), 2), '1.01')
})

t.test('numbers with more than six digits, exponents and blanks are no decimals', async (t) => {
  for (const input of [
    '0.1234567',
    '1e3',
    '8.',
    '.5',
    '',
    ' 8',
    '+8',
    '0x10',
    'NaN',
    '８',
    null,
    true,
    {},
  ]) {
    t.equal(parseDecimal(input), undefined, JSON.stringify(input))
  }
  for (const input of [Number.NaN, Number.POSITIVE_INFINITY, 0.1234567, 1e-7]) {
    t.equal(parseDecimal(input), undefined, String(input))
  }
})

t.test('a JSON number and its text are the same number', async (t) => {
  fc.assert(
    fc.property(
      fc.integer({ min: -(10 ** 9), max: 10 ** 9 }),
      fc.integer({ min: 0, max: 6 }),
      (n, places) => {
        const number = n / 10 ** places
        const read = parseDecimal(number)
        return read !== undefined && equals(read, divide(whole(n), whole(10 ** places)))
      },
    ),
  )
  t.pass('over a thousand generated numbers')
})

t.test('arithmetic on numbers too large for a double stays exact', async (t) => {
  fc.assert(
    fc.property(anyDecimal, anyDecimal, anyDecimal, (a, b, c) => {
      const distributed = add(multiply(a, b), multiply(a, c))
      return (
        equals(multiply(a, add(b, c)), distributed) &&
        equals(subtract(add(a, b), b), a) &&
        Math.sign(compare(a, b)) === -Math.sign(compare(b, a))
      )
    }),
  )
  t.equal(
    printExact(multiply(decimal('99999999999.999999'), decimal('100000000'))),
    '9999999999999999900',
  )
})

t.test('what is printed exactly reads back equal', async (t) => {
  fc.assert(
    fc.property(anyDecimal, fc.integer({ min: 1, max: 997 }), (a, divisor) => {
      const value = divide(a, whole(divisor))
      return equals(parseExact(printExact(value)), value)
    }),
  )
  t.throws(() => parseExact('1/2/3'), RangeError)
  t.throws(() => parseExact('half'), RangeError)
})

t.test('rounding is never further off than half a unit, and twice is once', async (t) => {
  fc.assert(
    fc.property(
      anyDecimal,
      fc.integer({ min: 1, max: 997 }),
      fc.integer({ min: 0, max: 6 }),
      (a, divisor, digits) => {
        const value = divide(a, whole(divisor))
        const rounded = round(value, digits)
        const off = subtract(
          multiply(whole(2 * 10 ** digits), rounded),
          multiply(whole(2 * 10 ** digits), value),
        )
        return (
          compare(off, whole(1)) <= 0 &&
          compare(off, whole(-1)) >= 0 &&
          equals(round(rounded, digits), rounded)
        )
      },
    ),
  )
  t.pass('over generated fractions')
})

t.test('floor, ceiling and multiples are whole', async (t) => {
  t.equal(printExact(floor(decimal('-1.5'))), '-2')
  t.equal(printExact(ceil(decimal('-1.5'))), '-1')
  t.equal(printExact(ceil(decimal('1.000001'))), '2')
  t.ok(isMultiple(decimal('8.4'), decimal('0.1')))
  t.notOk(isMultiple(decimal('8.45'), decimal('0.1')))
})

t.test('a percentage is a hundredth part', async (t) => {
  t.equal(printExact(parsePercent('33.5%') ?? whole(0)), '0.335')
  t.equal(parsePercent('80'), undefined)
})

t.test('micros are what the store keeps, and too many digits are refused', async (t) => {
  t.equal(toMicros(decimal('8.5')), 8_500_000)
  t.equal(toMicros(divide(whole(1), whole(3))), undefined)
  t.equal(toMicros(decimal('90000000000')), undefined)
  fc.assert(fc.property(fc.maxSafeInteger(), (micros) => toMicros(fromMicros(micros)) === micros))
})
