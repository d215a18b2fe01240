/** A real Chromium out of node_modules, with Chinese letters: nothing is downloaded or installed. */

import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import chromium, { inflate } from '@sparticuz/chromium'
import type { FastifyInstance } from 'fastify'
import { type Browser, type Page, chromium as playwright } from 'playwright-core'
import tap, { type Test } from 'tap'
import { signIn, type TestAccount } from './app.ts'

const MODULES = join(import.meta.dirname, '..', '..', 'node_modules')
const CHROMIUM = join(MODULES, '@sparticuz', 'chromium')

let launched: Promise<Browser> | undefined

/** This test file's browser: HENGJIAN_TEST_CHROMIUM, or the one from node_modules. Closed at the end. */
function browser(): Promise<Browser> {
  launched ??= launch()
  return launched
}

async function launch(): Promise<Browser> {
  const own = process.env.HENGJIAN_TEST_CHROMIUM
  const folder = own ? undefined : await unpacked()
  const home = mkdtempSync(join(tmpdir(), 'hengjian-browser-'))
  const libraries = folder ? { LD_LIBRARY_PATH: join(folder, 'al2023', 'lib') } : {}
  const started = await playwright.launch({
    executablePath: own ?? join(folder ?? '', 'chromium'),
    // Root has no sandbox; the pages are our own. The package's own flags would switch off web security.
    args: ['--no-sandbox'],
    env: { ...definedEnvironment(), ...libraries, HOME: home, FONTCONFIG_FILE: fontsIn(home) },
  })
  tap.teardown(async () => {
    await started.close()
    rmSync(home, { recursive: true, force: true })
  })
  return started
}

function definedEnvironment(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value]],
    ),
  )
}

/**
 * The browser's files, unpacked once for all test files and runs. The package unpacks into the
 * temporary folder of the process, and takes a half-written file of another process for a whole one;
 * so it works in a folder of its own that is renamed when it is done.
 */
async function unpacked(): Promise<string> {
  const { version } = JSON.parse(readFileSync(join(CHROMIUM, 'package.json'), 'utf8'))
  const folder = join(tmpdir(), `hengjian-chromium-${version}-${process.getuid?.()}`)
  if (existsSync(folder)) return folder
  const part = mkdtempSync(join(tmpdir(), 'hengjian-chromium-part-'))
  const before = process.env.TMPDIR
  process.env.TMPDIR = part
  try {
    await chromium.executablePath()
    await inflate(join(CHROMIUM, 'bin', 'al2023.tar.br'))
  } finally {
    if (before === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = before
  }
  try {
    renameSync(part, folder)
  } catch {
    // Another test file was quicker.
    rmSync(part, { recursive: true, force: true })
  }
  return folder
}

/** Noto Sans SC for every family a style may ask for. */
function fontsIn(home: string): string {
  const fonts = join(MODULES, '@embedpdf', 'fonts-sc', 'fonts')
  const families = ['sans-serif', 'serif', 'monospace', 'Noto Sans CJK SC']
  const aliases = families.map(
    (family) =>
      `<alias binding="strong"><family>${family}</family><prefer><family>Noto Sans S Chinese</family></prefer></alias>`,
  )
  const file = join(home, 'fonts.conf')
  writeFileSync(
    file,
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>${fonts}</dir><cachedir>${home}/cache</cachedir>${aliases.join('')}</fontconfig>`,
  )
  return file
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
  { width = 1366, height = 768, scripts = true }: PageOptions = {},
): Promise<Page> {
  const address = await addressOf(app)
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
  if (account) {
    const { cookies } = await signIn(app, account)
    const { hostname: domain } = new URL(address)
    await context.addCookies(
      [...cookies].map(([name, value]) => ({
        name,
        value: encodeURIComponent(value),
        domain,
        path: '/',
        httpOnly: true,
      })),
    )
  }
  return context.newPage()
}

async function addressOf(app: FastifyInstance): Promise<string> {
  if (!app.server.listening) await app.listen({ host: '127.0.0.1', port: 0 })
  const address = app.server.address()
  if (typeof address !== 'object' || address === null)
    throw new Error('the application has no port')
  return `http://127.0.0.1:${address.port}`
}

/** What axe finds against WCAG 2.2 AA on the page as it is, each with the elements it is about. */
export async function axeViolations(page: Page): Promise<string[]> {
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
  const { violations } = await new AxeBuilder({ page }).withTags(tags).analyze()
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
