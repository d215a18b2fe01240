/** A real Chromium out of node_modules, with Chinese letters: nothing is downloaded or installed. */

import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import chromium, { inflate } from '@sparticuz/chromium'
import { type Browser, chromium as playwright } from 'playwright-core'

const MODULES = join(import.meta.dirname, '..', '..', 'node_modules')
const CHROMIUM = join(MODULES, '@sparticuz', 'chromium')

export interface Chromium {
  browser: Browser
  close: () => Promise<void>
}

/** The browser that HENGJIAN_TEST_CHROMIUM names, or the one from node_modules. */
export async function launchChromium(): Promise<Chromium> {
  const own = process.env.HENGJIAN_TEST_CHROMIUM
  const folder = own ? undefined : await unpacked()
  const home = mkdtempSync(join(tmpdir(), 'hengjian-browser-'))
  const libraries = folder ? { LD_LIBRARY_PATH: join(folder, 'al2023', 'lib') } : {}
  const browser = await playwright.launch({
    executablePath: own ?? join(folder ?? '', 'chromium'),
    // Root has no sandbox; the pages are our own. The package's own flags would switch off web security.
    args: ['--no-sandbox'],
    env: { ...definedEnvironment(), ...libraries, HOME: home, FONTCONFIG_FILE: fontsIn(home) },
  })
  const close = async () => {
    await browser.close()
    rmSync(home, { recursive: true, force: true })
  }
  return { browser, close }
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
