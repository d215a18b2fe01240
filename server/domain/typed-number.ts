import { parseDecimal, printExact } from './decimal.ts'

/** A number as a person typed it: its shortest text, null if nothing was typed, or what is wrong with it. */
export type TypedNumber = { amount: string | null } | { problem: string }

/**
 * Reads a number as it comes from a Chinese keyboard: full-width digits, signs and points, 「。」 for the
 * point, and surrounding spaces are all the same number. A comma is refused: whether it means a point or
 * thousands cannot be known.
 *
 * @returns `{ amount: '8.5' }` for `"８．５"`, `" 8.50 "` and `"8。5"`
 */
export function readTypedNumber(typed: string): TypedNumber {
  const text = typed.normalize('NFKC').trim().replaceAll('。', '.').replaceAll('−', '-')
  if (text === '') return { amount: null }
  if (/[,、]/.test(text)) {
    return { problem: `小数点请用「.」，数中不要用逗号，您填了「${typed.trim()}」。` }
  }
  const decimal = parseDecimal(text)
  if (decimal) return { amount: printExact(decimal) }
  return { problem: `应是一个数（小数最多 6 位），您填了「${typed.trim()}」。` }
}
