/** Which pages people come to over the year, so that every one of them is looked at. */

import type { Page } from 'playwright-core'
import type { Test } from 'tap'
import { axeViolations, isWiderThanWindow, shoot } from '../browser.ts'

export class Pages {
  readonly #t: Test
  readonly #visited = new Set<string>()
  readonly #seen = new Set<string>()

  constructor(t: Test) {
    this.#t = t
  }

  /** Notes every page that is opened in a window. */
  watch(page: Page): void {
    page.on('framenavigated', (frame) => {
      const isPage = frame === page.mainFrame() && frame.url().startsWith('http')
      if (isPage) this.#visited.add(kindOf(page))
    })
  }

  /** A page as somebody finds it: accessible, no wider than the window, and a picture of it. */
  async look(page: Page, who: string, station: string): Promise<void> {
    this.#seen.add(kindOf(page))
    const where = `${who}: ${station}`
    this.#t.same(await axeViolations(page), [], `${where} is accessible`)
    this.#t.notOk(await isWiderThanWindow(page), `${where} fits the window`)
    await this.picture(page, station)
  }

  async picture(page: Page, station: string): Promise<void> {
    await shoot(page, `year-${station.replaceAll(/[ ,]+/g, '-')}`)
  }

  isUnseen(page: Page): boolean {
    return !this.#seen.has(kindOf(page))
  }

  /** The kinds of pages that somebody came to and nobody looked at. */
  get unseen(): string[] {
    return [...this.#visited].filter((kind) => !this.#seen.has(kind))
  }
}

/** The width of the window, and the address without what names one of many. */
function kindOf(page: Page): string {
  const path = new URL(page.url()).pathname
    .replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, ':id')
    .replaceAll(/\/(indicators|units|results|accounts)\/(?!new|import)[^/]+/g, '/$1/:code')
  return `${page.viewportSize()?.width} ${path}`
}
