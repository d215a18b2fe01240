/** The application in a real browser, as people see it. */

import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { FastifyInstance } from 'fastify'
import type { Page } from 'playwright-core'
import tap, { type Test } from 'tap'
import { signIn, type TestAccount } from './app.ts'
import { type Chromium, launchChromium } from './chromium.ts'

let launched: Promise<Chromium> | undefined

/** This test file's browser, closed at the end. */
async function browser(): Promise<Chromium['browser']> {
  if (!launched) {
    launched = launchChromium()
    const { close } = await launched
    tap.teardown(close)
  }
  return (await launched).browser
}

export interface PageOptions {
  width?: number
  height?: number
  /** false: the page has to work without JavaScript */
  scripts?: boolean
}

/**
 * A page of the application in a browser, as a person sees it.
 *
 * @param account who is signed in; null for nobody
 * @returns the page, and the address that paths are relative to is its base URL
 */
export async function openPage(
  t: Test,
  app: FastifyInstance,
  account: Pick<TestAccount, 'login' | 'password'> | null,
  options: PageOptions = {},
): Promise<Page> {
  const address = await addressOf(app)
  const page = await openAddress(t, address, options)
  if (!account) return page
  const { cookies } = await signIn(app, account)
  const { hostname: domain } = new URL(address)
  await page.context().addCookies(
    [...cookies].map(([name, value]) => ({
      name,
      value: encodeURIComponent(value),
      domain,
      path: '/',
      httpOnly: true,
    })),
  )
  return page
}

/** A page of a server that is there already, for nobody who has signed in. */
export async function openAddress(
  t: Test,
  address: string,
  { width = 1366, height = 768, scripts = true }: PageOptions = {},
): Promise<Page> {
  const context = await (await browser()).newContext({
    baseURL: address,
    viewport: { width, height },
    javaScriptEnabled: scripts,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
  })
  context.setDefaultTimeout(15_000)
  // Before the application, which waits for its connections.
  t.teardown(() => context.close())
  return context.newPage()
}

/** Where the application listens, which it begins to where it does not yet. */
export async function addressOf(app: FastifyInstance): Promise<string> {
  if (!app.server.listening) await app.listen({ host: '127.0.0.1', port: 0 })
  const address = app.server.address()
  if (typeof address !== 'object' || address === null)
    throw new Error('the application has no port')
  return `http://127.0.0.1:${address.port}`
}

/** What axe finds against WCAG 2.2 AA on the page as it is, each with the elements it is about. */
export async function axeViolations(page: Page): Promise<string[]> {
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
  // Legacy means without a page of its own for joining what frames say; ours have none, and it takes half the time.
  const axe = new AxeBuilder({ page }).withTags(tags).setLegacyMode()
  const { violations } = await axe.analyze()
  return violations.map(
    ({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ html }) => html).join(' | ')}`,
  )
}

/** Whether a page is wider than the window: it should never be, wide tables scroll inside themselves. */
export async function isWiderThanWindow(page: Page): Promise<boolean> {
  return page.evaluate<boolean>(
    'document.documentElement.scrollWidth > document.documentElement.clientWidth',
  )
}

/** Saves a picture of the whole page where HENGJIAN_SHOTS names a folder; otherwise does nothing. */
export async function shoot(page: Page, name: string): Promise<void> {
  const folder = process.env.HENGJIAN_SHOTS
  if (!folder) return
  mkdirSync(folder, { recursive: true })
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true })
}
