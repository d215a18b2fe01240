/** How much room text takes: columns and row heights are set from it, so that nothing is cut in print. */

/** East Asian wide and full-width characters, and the marks that Chinese fonts draw as wide as them. */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u2014\u2018\u2019\u201c\u201d\u2026\u00b7\u00d7\u00f7\u2264\u2265\u2460-\u24ff]|[\u{1f300}-\u{1faff}]|[\u{20000}-\u{3fffd}]/u

/** Width in columns of a typewriter: East Asian characters count two. `displayWidth('得分 8')` is 6. */
export function displayWidth(text: string): number {
  let width = 0
  for (const character of text) width += WIDE.test(character) ? 2 : 1
  return width
}

/** How many lines text takes in a column of this width; an empty text takes one. */
export function linesIn(text: string, columnWidth: number): number {
  // The cell keeps a little room on both sides.
  const usable = Math.max(2, Math.floor(columnWidth - 1.2))
  return text
    .split('\n')
    .reduce((lines, line) => lines + Math.max(1, Math.ceil(displayWidth(line) / usable)), 0)
}

/** The width that shows each of the texts on one line, kept between `least` and `most`. */
export function widthFor(texts: Iterable<string>, least: number, most: number): number {
  let width = least
  for (const text of texts) {
    for (const line of text.split('\n')) width = Math.max(width, displayWidth(line) + 2)
  }
  return Math.min(width, most)
}
