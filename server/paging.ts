/** Long lists in pages. */

export interface Paging {
  /** the rows before the first one shown */
  offset: number
  size: number
  page: number
  pages: number
  total: number
}

/** @param asked the page number as typed into the address; anything odd becomes the nearest page */
export function pagingOf(asked: string | undefined, total: number, size = 50): Paging {
  const pages = Math.max(1, Math.ceil(total / size))
  const wanted = /^\d{1,9}$/.test(asked ?? '') ? Number(asked) : 1
  const page = Math.min(pages, Math.max(1, wanted))
  return { offset: (page - 1) * size, size, page, pages, total }
}

/**
 * What views/partials/pagination.hbs prints.
 *
 * @param href the address of a page by its number
 */
export function paginationView({ page, pages, total }: Paging, href: (page: number) => string) {
  return {
    total,
    page,
    pages,
    several: pages > 1,
    previous: page > 1 ? href(page - 1) : null,
    next: page < pages ? href(page + 1) : null,
  }
}
