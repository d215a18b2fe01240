/**
 * Exact numbers. A Decimal is a fraction n/d with d > 0, so a third stays a third until it is rounded.
 * Small fractions are kept in plain safe integers and everything larger in bigint: the first is what
 * makes a million entries quick, the second what makes every result exact. This file alone rounds.
 *
 * Long because what a Decimal is inside must stay in one file.
 */

type Whole = number | bigint

/** An exact fraction. Make it with `parseDecimal` or `whole`; never read `n` and `d` elsewhere. */
export interface Decimal {
  readonly n: Whole
  readonly d: Whole
}

const SAFE = Number.MAX_SAFE_INTEGER
const POWERS = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000]
const DIGITS = /^-?\d+(\.\d{1,6})?$/

/** How many fractional digits an input number may have. */
export const MAX_FRACTION_DIGITS = 6

export const ZERO: Decimal = { n: 0, d: 1 }
export const ONE: Decimal = { n: 1, d: 1 }
export const HUNDRED: Decimal = { n: 100, d: 1 }

/** A whole number as a Decimal. `value` must be a safe integer. */
export function whole(value: number): Decimal {
  return { n: value, d: 1 }
}

/**
 * Reads a decimal with at most six fractional digits, as JSON gives it: a number or a string.
 *
 * @returns the exact number, or undefined if `input` is anything else (`"1e3"`, `"8."`, `""`, NaN, 0.1234567)
 */
export function parseDecimal(input: unknown): Decimal | undefined {
  if (typeof input === 'string') return parseText(input)
  if (typeof input !== 'number' || !Number.isFinite(input)) return undefined
  if (Number.isSafeInteger(input)) return { n: input === 0 ? 0 : input, d: 1 }
  if (Number.isInteger(input)) return reduced(BigInt(input), 1n)
  for (let digits = 1; digits <= MAX_FRACTION_DIGITS; digits += 1) {
    const power = POWERS[digits] as number
    const scaled = Math.round(input * power)
    // Division rounds correctly, so equality says that `input` is the double nearest to scaled/power.
    if (Math.abs(scaled) <= SAFE && scaled / power === input) return { n: scaled, d: power }
  }
  return undefined
}

function parseText(text: string): Decimal | undefined {
  // Up to fifteen digits are read one by one into a safe integer; anything longer the slow way.
  if (text.length > 15) return parseLong(text)
  const negative = text.charCodeAt(0) === 45
  let n = 0
  let point = -1
  const first = negative ? 1 : 0
  for (let index = first; index < text.length; index += 1) {
    const digit = text.charCodeAt(index) - 48
    if (digit >= 0 && digit <= 9) n = n * 10 + digit
    else if (digit === -2 && point === -1 && index > first) point = index
    else return undefined
  }
  let digits = point === -1 ? 0 : text.length - point - 1
  if (text.length === first || digits > MAX_FRACTION_DIGITS || point === text.length - 1)
    return undefined
  while (digits > 0 && n % 10 === 0) {
    n /= 10
    digits -= 1
  }
  return { n: negative && n !== 0 ? -n : n, d: POWERS[digits] as number }
}

function parseLong(text: string): Decimal | undefined {
  if (!DIGITS.test(text)) return undefined
  const [integer = '', fraction = ''] = text.split('.')
  return reduced(BigInt(integer + fraction), BigInt(POWERS[fraction.length] as number))
}

/** Reads a percentage such as `"80%"` as the fraction 4/5; undefined if it is not one. */
export function parsePercent(input: unknown): Decimal | undefined {
  if (typeof input !== 'string' || !input.endsWith('%')) return undefined
  const number = parseDecimal(input.slice(0, -1))
  return number && divide(number, HUNDRED)
}

export function add(a: Decimal, b: Decimal): Decimal {
  const { n: an, d: ad } = a
  const { n: bn, d: bd } = b
  if (
    typeof an === 'number' &&
    typeof bn === 'number' &&
    typeof ad === 'number' &&
    typeof bd === 'number'
  ) {
    if (ad === bd) {
      const n = an + bn
      if (n <= SAFE && n >= -SAFE) return { n, d: ad }
    } else {
      const left = an * bd
      const right = bn * ad
      const n = left + right
      const d = ad * bd
      if (d <= SAFE && isSafe(left) && isSafe(right) && isSafe(n)) return { n, d }
    }
  }
  const left = BigInt(ad)
  const right = BigInt(bd)
  return reduced(BigInt(an) * right + BigInt(bn) * left, left * right)
}

export function negate(a: Decimal): Decimal {
  return isZero(a) ? ZERO : { n: -a.n, d: a.d }
}

export function subtract(a: Decimal, b: Decimal): Decimal {
  if (a.d === b.d && typeof a.n === 'number' && typeof b.n === 'number') {
    const n = a.n - b.n
    if (isSafe(n)) return { n, d: a.d }
  }
  return add(a, negate(b))
}

export function multiply(a: Decimal, b: Decimal): Decimal {
  const { n: an, d: ad } = a
  const { n: bn, d: bd } = b
  if (
    typeof an === 'number' &&
    typeof bn === 'number' &&
    typeof ad === 'number' &&
    typeof bd === 'number'
  ) {
    const n = an * bn
    const d = ad * bd
    if (d <= SAFE && isSafe(n)) return { n: n === 0 ? 0 : n, d }
  }
  return reduced(BigInt(an) * BigInt(bn), BigInt(ad) * BigInt(bd))
}

/** @throws {RangeError} if `b` is zero */
export function divide(a: Decimal, b: Decimal): Decimal {
  if (isZero(b)) throw new RangeError('division by zero')
  const flipped = b.n < 0 ? { n: -b.d, d: -b.n } : { n: b.d, d: b.n }
  return multiply(a, flipped as Decimal)
}

/** `a` ÷ `count`, a positive safe integer. */
export function divideByWhole(a: Decimal, count: number): Decimal {
  if (typeof a.n === 'number' && typeof a.d === 'number') {
    const d = a.d * count
    if (d <= SAFE) return { n: a.n, d }
  }
  return reduced(BigInt(a.n), BigInt(a.d) * BigInt(count))
}

/** Negative if a < b, zero if they are equal, positive if a > b. */
export function compare(a: Decimal, b: Decimal): number {
  if (a.d === b.d) return a.n < b.n ? -1 : a.n > b.n ? 1 : 0
  if (
    typeof a.n === 'number' &&
    typeof b.n === 'number' &&
    typeof a.d === 'number' &&
    typeof b.d === 'number'
  ) {
    const left = a.n * b.d
    const right = b.n * a.d
    if (isSafe(left) && isSafe(right)) return left - right
  }
  const left = BigInt(a.n) * BigInt(b.d)
  const right = BigInt(b.n) * BigInt(a.d)
  return left < right ? -1 : left > right ? 1 : 0
}

export function equals(a: Decimal, b: Decimal): boolean {
  return compare(a, b) === 0
}

export function isZero(a: Decimal): boolean {
  return a.n === 0 || a.n === 0n
}

/** -1, 0 or 1. */
export function sign(a: Decimal): -1 | 0 | 1 {
  return a.n < 0 ? -1 : isZero(a) ? 0 : 1
}

export function min(a: Decimal, b: Decimal): Decimal {
  return compare(a, b) <= 0 ? a : b
}

export function max(a: Decimal, b: Decimal): Decimal {
  return compare(a, b) >= 0 ? a : b
}

/** `value` moved into [low, high]; a null bound does not bind. */
export function clamp(value: Decimal, low: Decimal | null, high: Decimal | null): Decimal {
  const raised = low === null ? value : max(value, low)
  return high === null ? raised : min(raised, high)
}

/**
 * A sum that grows: adding to it makes no number that is thrown away again, as long as the numbers have
 * one denominator, which scores and marks mostly do.
 */
export class Sum {
  #n: Whole
  #d: Whole

  constructor({ n, d }: Decimal = ZERO) {
    this.#n = n
    this.#d = d
  }

  get value(): Decimal {
    return { n: this.#n, d: this.#d }
  }

  subtract({ n, d }: Decimal): void {
    if (typeof n === 'number') this.#grow(n === 0 ? 0 : -n, d)
    else this.#grow(-n, d)
  }

  add({ n, d }: Decimal): void {
    this.#grow(n, d)
  }

  #grow(n: Whole, d: Whole): void {
    if (typeof n === 'number' && typeof this.#n === 'number' && (d === this.#d || this.#n === 0)) {
      const total = this.#n + n
      if (isSafe(total)) {
        this.#n = total
        this.#d = d
        return
      }
    }
    const total = add({ n: this.#n, d: this.#d }, { n, d })
    this.#n = total.n
    this.#d = total.d
  }
}

export function sum(values: Iterable<Decimal>): Decimal {
  let total = ZERO
  for (const value of values) total = add(total, value)
  return total
}

/** The largest whole number not above `a`. */
export function floor(a: Decimal): Decimal {
  if (typeof a.n === 'number' && typeof a.d === 'number') {
    const size = timesInto(Math.abs(a.n), a.d)
    const n = a.n >= 0 ? size : size * a.d === -a.n ? -size : -size - 1
    return { n: n === 0 ? 0 : n, d: 1 }
  }
  const n = BigInt(a.n)
  const d = BigInt(a.d)
  const quotient = n / d
  return reduced(n < 0n && quotient * d !== n ? quotient - 1n : quotient, 1n)
}

/** The smallest whole number not below `a`. */
export function ceil(a: Decimal): Decimal {
  return negate(floor(negate(a)))
}

/** The nearest double: for counts, widths and charts, never for a score. */
export function toNumber(a: Decimal): number {
  return Number(a.n) / Number(a.d)
}

/** Whether `a` is a whole multiple of `step` (`step` > 0). */
export function isMultiple(a: Decimal, step: Decimal): boolean {
  const quotient = divide(a, step)
  return equals(quotient, floor(quotient))
}

/**
 * Rounds to `digits` fractional digits, halves away from zero (四舍五入).
 *
 * @param digits 0 to 6
 * @see docs/methods.md, rounding
 */
export function round(a: Decimal, digits: number): Decimal {
  const power = POWERS[digits] as number
  if (a.d === power) return a
  if (typeof a.n === 'number' && typeof a.d === 'number') {
    const twice = 2 * Math.abs(a.n) * power + a.d
    const unit = 2 * a.d
    if (twice <= SAFE && unit <= SAFE) {
      const n = timesInto(twice, unit)
      return { n: a.n < 0 && n !== 0 ? -n : n, d: power }
    }
  }
  const n = BigInt(a.n)
  const d = BigInt(a.d)
  const size = n < 0n ? -n : n
  const nearest = (2n * size * BigInt(power) + d) / (2n * d)
  const signed = n < 0n ? -nearest : nearest
  return isSafe(Number(signed)) ? { n: Number(signed), d: power } : { n: signed, d: BigInt(power) }
}

/** How often `b` goes into `a`, both safe integers, a ≥ 0 and b > 0. Quicker than the remainder. */
function timesInto(a: number, b: number): number {
  const guess = Math.floor(a / b)
  // The division may have been rounded up to the next whole number, never by more.
  return guess * b > a ? guess - 1 : guess
}

/** Prints with exactly `digits` fractional digits (0 to 6), rounded: `print(whole(8), 2)` is `"8.00"`. */
export function print(a: Decimal, digits: number): string {
  const { n } = round(a, digits)
  if (typeof n !== 'number' || n < 0 || n >= KEPT) return spelled(n, digits)
  const kept = (spellings[digits] ??= new Array(KEPT))
  return (kept[n] ??= spelled(n, digits))
}

/** Scores are few different numbers printed very often: those below 100.00 are spelled once. */
const KEPT = 10_001
const spellings: string[][] = []

function spelled(n: Whole, digits: number): string {
  if (digits === 0) return String(n)
  const text = String(n < 0 ? -n : n).padStart(digits + 1, '0')
  const body = `${text.slice(0, -digits)}.${text.slice(-digits)}`
  return n < 0 ? `-${body}` : body
}

/**
 * Prints without rounding: as a decimal where six digits suffice (`"8.5"`), else as a fraction (`"25/3"`).
 * `parseExact` reads it back.
 */
export function printExact(a: Decimal): string {
  const rounded = round(a, MAX_FRACTION_DIGITS)
  if (equals(rounded, a)) {
    return print(rounded, MAX_FRACTION_DIGITS).replace(/\.?0+$/, '')
  }
  const { n, d } = reduced(BigInt(a.n), BigInt(a.d))
  return `${n}/${d}`
}

/** Reads what `printExact` prints. @throws {RangeError} on anything else */
export function parseExact(text: string): Decimal {
  const [over, under, ...rest] = text.split('/')
  const top = /^-?\d+$/.test(over ?? '') && under !== undefined ? BigInt(over as string) : undefined
  if (top !== undefined && /^\d+$/.test(under ?? '') && rest.length === 0) {
    return reduced(top, BigInt(under as string))
  }
  const decimal = parseDecimal(text)
  if (!decimal) throw new RangeError(`not an exact number: ${text}`)
  return decimal
}

/**
 * The number in units of 10⁻⁶, as the store keeps it.
 *
 * @returns a safe integer, or undefined if it has more digits than that or reaches 9,000,000,000
 */
export function toMicros(a: Decimal): number | undefined {
  const micros = round(a, MAX_FRACTION_DIGITS)
  return equals(micros, a) && typeof micros.n === 'number' ? micros.n : undefined
}

/** The number that `micros` units of 10⁻⁶ are. */
export function fromMicros(micros: number): Decimal {
  let n = micros
  let d = 1_000_000
  while (d > 1 && n % 10 === 0) {
    n /= 10
    d /= 10
  }
  return { n, d }
}

function isSafe(value: number): boolean {
  return value <= SAFE && value >= -SAFE
}

function reduced(n: bigint, d: bigint): Decimal {
  let a = n < 0n ? -n : n
  let b = d
  while (b !== 0n) [a, b] = [b, a % b]
  const divisor = a === 0n ? 1n : a
  const top = n / divisor
  const bottom = d / divisor
  const small = bottom <= BigInt(SAFE) && top <= BigInt(SAFE) && top >= -BigInt(SAFE)
  return small ? { n: Number(top), d: Number(bottom) } : { n: top, d: bottom }
}
