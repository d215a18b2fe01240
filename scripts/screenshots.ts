/**
 * `npm run screenshots`: makes the README's pictures anew, from the example in a temporary database.
 * The clock stands still, so that a picture changes only when the page does.
 */

import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { addAccount } from '../server/actions/add-account.ts'
import { importBundle } from '../server/actions/import-bundle.ts'
import { buildApp } from '../server/app.ts'
import { loadConfig } from '../server/config.ts'
import { COMMAND_LINE } from '../server/domain/actor.ts'
import { openDatabase } from '../server/store/database.ts'
import { migrateToLatest } from '../server/store/migrator.ts'
import { launchChromium } from '../test/helpers/chromium.ts'

const ROOT = join(import.meta.dirname, '..')
const IMAGES = join(ROOT, 'docs', 'images')
const AT = '2026-12-01T01:00:00.000Z'
const NAME = '2026年度清廉机关·模范机关建设评价（示例）'
const LEADER = { login: 'lingdao', name: '周领导', password: 'moban-jiguan-42' }

/** The example, served from `folder`. */
async function serve(folder: string) {
  const db = await openDatabase(`sqlite:${join(folder, 'example.db')}`)
  await migrateToLatest(db)
  const config = { ...loadConfig({}), logLevel: 'silent' as const }
  const actor = { ...COMMAND_LINE, roles: ['organiser'] as const }
  const file = join(ROOT, 'server', 'example', 'qlmf-2026.json')
  const bundle: unknown = JSON.parse(readFileSync(file, 'utf8'))
  const cycleId = await importBundle(db, { bundle, name: NAME, actor, at: AT })
  await addAccount(db, {
    ...LEADER,
    roles: ['leader'],
    unitCode: null,
    assessorCode: null,
    cost: config.passwordCost,
    actor: COMMAND_LINE,
    at: AT,
  })
  const app = await buildApp({ db, config, now: () => AT })
  const address = await app.listen({ host: '127.0.0.1', port: 0 })
  const close = async () => {
    await app.close()
    await db.destroy()
  }
  return { address, cycleId, close }
}

async function signIn(page: Page): Promise<void> {
  await page.goto('/login')
  await page.fill('#login', LEADER.login)
  await page.fill('#password', LEADER.password)
  await page.press('#password', 'Enter')
  await page.waitForURL((url) => url.pathname !== '/login')
}

/** The first printed page of a workbook that holds all of the words, as a picture. */
function shootWorkbook(file: string, words: readonly string[], folder: string): string {
  const profile = `-env:UserInstallation=file://${join(folder, 'profile')}`
  run('soffice', ['--headless', profile, '--convert-to', 'pdf', '--outdir', folder, file])
  const pdf = file.replace(/\.xlsx$/, '.pdf')
  const pages = run('pdftotext', ['-layout', pdf, '-']).split('\f')
  const number = pages.findIndex((text) => words.every((word) => text.includes(word))) + 1
  if (number === 0) throw new Error(`no page of the workbook has ${words}`)
  const picture = join(folder, 'workbook')
  const range = ['-f', String(number), '-l', String(number), '-singlefile']
  run('pdftoppm', ['-png', '-r', '100', ...range, pdf, picture])
  return `${picture}.png`
}

function run(program: string, args: string[]): string {
  return execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
}

function has(program: string): boolean {
  try {
    run('which', [program])
    return true
  } catch {
    return false
  }
}

function keep(name: string, picture: Uint8Array): void {
  mkdirSync(IMAGES, { recursive: true })
  const file = join(IMAGES, name)
  writeFileSync(file, picture)
  process.stdout.write(`docs/images/${name}: ${Math.round(statSync(file).size / 1024)} KB\n`)
}

async function main(folder: string): Promise<void> {
  const { address, cycleId, close } = await serve(folder)
  const chromium = await launchChromium()
  try {
    const page = await chromium.browser.newPage({
      baseURL: address,
      viewport: { width: 1366, height: 768 },
      locale: 'zh-CN',
      timezoneId: 'Asia/Shanghai',
    })
    await signIn(page)
    await page.goto(`/cycles/${cycleId}/ranking`, { waitUntil: 'networkidle' })
    keep('ranking.png', await page.screenshot())

    const missing = ['soffice', 'pdftotext', 'pdftoppm'].filter((program) => !has(program))
    if (missing.length > 0) {
      process.stdout.write(
        `docs/images/workbook.png: left as it is, for want of ${missing.join(', ')} ` +
          '(LibreOffice and poppler-utils)\n',
      )
      return
    }
    const answer = await page.request.get(`/cycles/${cycleId}/workbooks/ranking.xlsx`)
    if (!answer.ok()) throw new Error(`the workbook could not be had: ${answer.status()}`)
    const file = join(folder, 'ranking.xlsx')
    writeFileSync(file, await answer.body())
    keep('workbook.png', readFileSync(shootWorkbook(file, ['名次', '备注'], folder)))
  } finally {
    await chromium.close()
    await close()
  }
}

const folder = mkdtempSync(join(tmpdir(), 'hengjian-screenshots-'))
try {
  await main(folder)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
