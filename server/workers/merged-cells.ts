/** Merged cells by the million, written in a few bytes, would fill the memory of whatever reads them. */

/** More than anybody merges by hand. */
export const MOST_MERGED = 20_000

const MERGE = /<mergeCell\b[^>]*\bref\s*=\s*["']([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})["']/g

/** How many cells of a worksheet are merged with others. @param xml the sheet's file */
export function mergedCells(xml: string): number {
  let cells = 0
  for (const [, left = '', top, right = '', bottom] of xml.matchAll(MERGE)) {
    const wide = columnNumber(right) - columnNumber(left) + 1
    cells += wide * (Number(bottom) - Number(top) + 1)
  }
  return cells
}

/** `columnNumber('AB')` is 28. */
function columnNumber(letters: string): number {
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0)
}
