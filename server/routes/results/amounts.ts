/** Exact amounts for reading: what adds up is seen to add up, and the exact fraction stays at hand. */

import {
  add,
  type Decimal,
  equals,
  isZero,
  parseExact,
  printExact,
  round,
  sign,
  subtract,
  toMicros,
  ZERO,
} from '../../domain/decimal.ts'
import type { Step } from '../../domain/explanation.ts'

/** An amount as text; `exact` is the fraction where the text is rounded. */
export interface ReadAmount {
  text: string
  exact: string | null
}

/** Digits that are kept of a fraction: more than any score has. */
const DIGITS = 4

/** An exact amount with at least the scheme's decimals: "8.50", "≈2.6667". */
export function readable(amount: Decimal, decimals: number): ReadAmount {
  const shown = shownAmount(amount, decimals)
  const text = minus(padded(printExact(shown), decimals))
  return equals(shown, amount)
    ? { text, exact: null }
    : { text: `≈${text}`, exact: printExact(amount) }
}

/** Readable with its sign: "+0.45", "−1.00", "0.00". */
export function readableChange(amount: Decimal, decimals: number): ReadAmount {
  return signed(readable(amount, decimals), amount)
}

/** A line of an explanation, ready to print. */
export interface ReadStep {
  text: string
  change: ReadAmount
  after: ReadAmount
}

/**
 * Steps with running sums. A change is shown as the difference of the sums shown before and after it,
 * so that a reader who adds up rounded thirds comes out at the same number.
 */
export function readableSteps(
  steps: readonly Pick<Step, 'text' | 'change'>[],
  decimals: number,
): ReadStep[] {
  let after = ZERO
  return steps.map(({ text, change }) => {
    const before = shownAmount(after, decimals)
    const exact = parseExact(change)
    after = add(after, exact)
    const shown = subtract(shownAmount(after, decimals), before)
    const whole = readable(shown, decimals)
    const told = equals(shown, exact) ? whole : { text: `≈${whole.text}`, exact: change }
    return { text, change: signed(told, shown), after: readable(after, decimals) }
  })
}

/** The amount itself, or what is shown for it where no decimal of six digits is it. */
function shownAmount(amount: Decimal, decimals: number): Decimal {
  if (toMicros(amount) !== undefined) return amount
  return round(amount, Math.min(6, Math.max(DIGITS, decimals + 2)))
}

function signed({ text, exact }: ReadAmount, amount: Decimal): ReadAmount {
  if (sign(amount) <= 0 || isZero(amount)) return { text, exact }
  return { text: text.startsWith('≈') ? `≈+${text.slice(1)}` : `+${text}`, exact }
}

/** "8.5" with at least so many decimals: "8.50". */
function padded(text: string, decimals: number): string {
  const [whole = '', fraction = ''] = text.split('.')
  const digits = fraction.padEnd(decimals, '0')
  return digits === '' ? whole : `${whole}.${digits}`
}

/** A real minus sign, as wide as a plus. */
export function minus(text: string): string {
  return text.replace('-', '−')
}
