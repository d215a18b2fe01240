/** Rows of a table that came in from a spreadsheet, before anybody judged what they mean. */

import { readTypedNumber } from './typed-number.ts'

/** A cell's text with its place in the sheet, such as B5, and why it cannot be taken, if so. */
export interface PlacedCell {
  text: string
  problem: string | null
  place: string
}

export interface TypedRow {
  /** counted from 1 */
  row: number
  /** by the columns' keys; '' where the table has no such column */
  cells: Readonly<Record<string, PlacedCell>>
  /** what stood there when the table was issued; keys are missing where it does not say */
  issued: Readonly<Record<string, string>>
}

export interface SettledCell {
  text: string
  /** the table says one thing, and the system has meanwhile another than when it was issued */
  clash: boolean
}

/**
 * What a cell is to hold: what was typed, or what is there now where nothing was typed or nothing was
 * changed since the table was issued. An empty cell never erases.
 *
 * @param cell.issued undefined: the table does not say
 * @param numeric whether two texts of one number are the same
 */
export function settledCell(
  cell: { typed: string; issued: string | undefined; now: string },
  numeric = false,
): SettledCell {
  const plain = numeric ? plainNumber : throughCell
  const [typed, now] = [plain(cell.typed), plain(cell.now)]
  const issued = cell.issued === undefined ? undefined : plain(cell.issued)
  if (typed === '' || typed === now || typed === issued) return { text: cell.now, clash: false }
  return { text: cell.typed, clash: issued !== undefined && issued !== now }
}

function plainNumber(text: string): string {
  const shown = throughCell(text)
  const number = readTypedNumber(shown)
  return 'amount' in number ? (number.amount ?? '') : shown
}

/** What a cell makes of a text on its way through a file: for telling what was changed from what was not. */
export function throughCell(text: string): string {
  return text
    .toWellFormed()
    .replace(UNPRINTABLE, '')
    .replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    )
    .replace(/\r\n?/g, '\n')
    .trim()
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: a cell cannot hold them
const UNPRINTABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffe\uffff]/g
