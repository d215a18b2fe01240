/** Numbers as people type and paste them, read as server/domain/typed-number.ts reads them. */

const GROUPED = /^[-+]?\d{1,3}(?:,\d{3})+(?:\.\d*)?$/

/** @returns NaN for what is no number, and for nothing */
export function readNumber(typed) {
  const text = typed.normalize('NFKC').trim().replaceAll('。', '.').replaceAll('−', '-')
  if (text === '') return Number.NaN
  return Number(GROUPED.test(text) ? text.replaceAll(',', '') : text)
}
