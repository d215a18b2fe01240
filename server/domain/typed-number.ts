import { parseDecimal, printExact } from './decimal.ts'

/** A number as a person typed it: its shortest text, null if nothing was typed, or what is wrong with it. */
export type TypedNumber = { amount: string | null } | { problem: string }

/** Thousands as Excel and WPS write them: groups of three, and no other comma. */
const GROUPED = /^[-+]?\d{1,3}(?:,\d{3})+(?:\.\d*)?$/

/**
 * Reads a number as it comes from a Chinese keyboard or a spreadsheet: full-width digits, signs and
 * points, 「。」 for the point, thousands separators and surrounding spaces are all the same number. Any
 * other comma is refused: whether it means a point cannot be known.
 *
 * @returns `{ amount: '8.5' }` for `"８．５"`, `" 8.50 "` and `"8。5"`; `{ amount: '1234' }` for `"1,234"`
 */
export function readTypedNumber(typed: string): TypedNumber {
  const text = typed.normalize('NFKC').trim().replaceAll('。', '.').replaceAll('−', '-')
  if (text === '') return { amount: null }
  const plain = GROUPED.test(text) ? text.replaceAll(',', '') : text
  if (/[,、]/.test(plain)) {
    return { problem: `小数点请用「.」，数中不要用逗号，您填了「${typed.trim()}」。` }
  }
  const decimal = parseDecimal(plain)
  if (decimal) return { amount: printExact(decimal) }
  return { problem: `应是一个数（小数最多 6 位），您填了「${typed.trim()}」。` }
}
