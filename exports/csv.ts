/** Tables as text (CSV) that spreadsheets open as they are: UTF-8 with its mark, and text stays text. */

/** At the head of the file: without it Excel takes the text for another encoding. */
export const BYTE_ORDER_MARK = '\ufeff'

export const CSV_TYPE = 'text/csv; charset=utf-8'

/** What a spreadsheet would take for the beginning of a formula. */
const FORMULA_START = /^[=+\-@\t\r]/

/** One row with its line break. A text that looks like a formula gets an apostrophe in front. */
export function csvLine(cells: readonly (string | number)[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`
}

function csvCell(value: string | number): string {
  if (typeof value === 'number') return String(value)
  const text = FORMULA_START.test(value) ? `'${value}` : value
  return `"${text.replaceAll('"', '""')}"`
}
