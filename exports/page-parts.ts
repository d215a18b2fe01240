/** Where a wide table breaks when it is printed on several pages side by side. */

/**
 * Splits groups of columns over pages in their order, so that the widest page is as narrow as it can be.
 *
 * @param widths of the groups
 * @param count of pages, at most
 * @returns how many groups each page takes
 */
export function pageParts(widths: readonly number[], count: number): number[] {
  const sums = widths.flatMap((_, from) =>
    widths.slice(from).map((_, more) => total(widths.slice(from, from + more + 1))),
  )
  for (const most of sums.sort((a, b) => a - b)) {
    const parts = filled(widths, most)
    if (parts && parts.length <= count) return parts
  }
  return widths.length === 0 ? [] : [widths.length]
}

/** Pages filled one after the other up to a width; undefined if one group alone is wider. */
function filled(widths: readonly number[], most: number): number[] | undefined {
  const parts: number[] = []
  let room = 0
  for (const width of widths) {
    if (width > most) return undefined
    const last = parts.length - 1
    if (last >= 0 && width <= room) {
      parts[last] = (parts[last] ?? 0) + 1
      room -= width
    } else {
      parts.push(1)
      room = most - width
    }
  }
  return parts
}

export function total(widths: readonly number[]): number {
  return widths.reduce((sum, width) => sum + width, 0)
}
