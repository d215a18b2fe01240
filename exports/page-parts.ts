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

/**
 * Lays groups of columns out over pages and makes every page equally wide, so that pages break between
 * groups: a sheet fitted to so many pages fills each of them before it begins the next.
 *
 * @param left widths of the columns that every page repeats
 * @param narrow widths that the other columns need
 * @param counts how many of them each group has
 * @param pageWidth what fits beside the repeated columns
 * @returns widths of all columns, and how many each page holds beside the repeated ones
 */
export function spread(
  left: readonly number[],
  narrow: readonly number[],
  counts: readonly number[],
  pageWidth: number,
): { widths: number[]; parts: number[] } {
  const groups = sliced(narrow, counts).map(total)
  const pages = pageParts(groups, Math.max(1, Math.ceil(total(groups) / pageWidth)))
  const parts = sliced(counts, pages).map(total)
  const perPage = sliced(narrow, parts)
  const widest = Math.max(0, ...perPage.map(total))
  const stretched = perPage.flatMap((page) => page.map((width) => (width * widest) / total(page)))
  return { widths: [...left, ...stretched], parts }
}

/** A list cut into pieces of these lengths. */
function sliced(list: readonly number[], lengths: readonly number[]): number[][] {
  let from = 0
  return lengths.map((length) => {
    from += length
    return list.slice(from - length, from)
  })
}

export function total(widths: readonly number[]): number {
  return widths.reduce((sum, width) => sum + width, 0)
}
