/** A scoring page that saves by itself, as a person uses it in a browser. */

import type { Page } from 'playwright-core'
import { assessorMarks } from '../../server/store/marks.ts'
import type { DeskTest } from './entry-desk.ts'

/** What 王考核 has given in an indicator, by unit. */
export async function marksIn(
  { db, cycleId }: DeskTest,
  code = 'A1',
): Promise<Record<string, unknown>> {
  const marks = await assessorMarks(db, { cycleId, assessor: 'K1' })
  const own = marks.filter(({ indicator }) => indicator === code)
  return Object.fromEntries(
    own.map(({ unit, mark, reason }) => [unit, reason ? [mark, reason] : mark]),
  )
}

/** Opens a page of scoring, and waits for its script. */
export async function openGrid(page: Page, path: string): Promise<void> {
  await page.goto(path)
  await page.locator('.grid-live').waitFor()
}

/** Waits until everything typed is saved. */
export async function saved(page: Page): Promise<void> {
  await page.locator('[data-sum="state"]', { hasText: '已全部保存' }).waitFor()
}

/** Pastes as from a spreadsheet: the real clipboard is not a headless browser's. */
export async function paste(page: Page, text: string): Promise<void> {
  await page.evaluate(`{
    const clipboardData = new DataTransfer()
    clipboardData.setData('text/plain', ${JSON.stringify(text)})
    const event = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true })
    document.activeElement.dispatchEvent(event)
  }`)
}

/** What Ctrl+C or Ctrl+X would put into the clipboard; null if that is left to the browser. */
export async function taken(page: Page, how: 'copy' | 'cut' = 'copy'): Promise<string | null> {
  return page.evaluate<string | null>(`{
    const clipboardData = new DataTransfer()
    const event = new ClipboardEvent('${how}', { clipboardData, bubbles: true, cancelable: true })
    document.activeElement.dispatchEvent(event)
    event.defaultPrevented ? clipboardData.getData('text/plain') : null
  }`)
}
