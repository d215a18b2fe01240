/** Putting values into cells so that they stay what they are: text stays text, numbers stay numbers. */

import type { Cell } from 'exceljs'
import type { CellStyle } from './format.ts'

export type CellValue = string | number | null

/** The most characters that a cell holds. */
const MOST_CHARACTERS = 32_767
/** What a spreadsheet would take for the beginning of a formula if the cell were typed in again. */
const FORMULA_START = /^[=+\-@\t\r]/
/** What XML cannot hold; line breaks and tabs may stay. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what has to go
const UNPRINTABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffe\uffff]/g

/**
 * A printed score as a number, if a double shows all its digits; else as the text it is.
 *
 * @returns null for null
 */
export function scoreValue(printed: string | null): CellValue {
  if (printed === null) return null
  return printed.replace(/[-.]/g, '').replace(/^0+/, '').length <= 15 ? Number(printed) : printed
}

/** `_x0041_` in a file stands for a character; where people write it, it is to stay what they wrote. */
const ESCAPE_LIKE = /_x(?=[0-9A-Fa-f]{4}_)/g

/** Writes one cell. Text that looks like a formula is marked as text, so that editing keeps it so. */
export function put(cell: Cell, value: CellValue, style: CellStyle): void {
  cell.style = style
  if (typeof value !== 'string' || value === '') {
    cell.value = value === '' ? null : value
    return
  }
  const plain = value.toWellFormed().replace(UNPRINTABLE, '').slice(0, MOST_CHARACTERS)
  cell.value = plain.replace(ESCAPE_LIKE, '_x005F_x')
  if (FORMULA_START.test(value)) cell.style = { ...style, numFmt: '@' }
}
