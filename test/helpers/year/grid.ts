/** The scoring grid by its keys, as assessors use it. */

import type { Page } from 'playwright-core'
import type { Person } from './person.ts'

/** Opens an indicator from the overview of his work, and waits until its cells save by themselves. */
export async function openGrid(person: Person, scoring: string, indicator: string): Promise<void> {
  await person.page.goto(scoring)
  await person.page.getByRole('link', { name: indicator, exact: true }).click()
  await ready(person.page)
}

/** Before its script is there the page is a plain form, which Enter sends. */
export async function ready(page: Page): Promise<void> {
  await page
    .getByText(/还剩 \d+ 项|已全部填完/)
    .first()
    .waitFor()
}

/** The units of the grid from top to bottom, with whether there is something to fill in. */
export async function unitsOf(page: Page): Promise<{ name: string; open: boolean }[]> {
  const rows = page.getByRole('row')
  const names = await rows.getByRole('rowheader').allInnerTexts()
  const input = page.getByRole('textbox').or(page.getByRole('radio'))
  const open = await rows.filter({ has: input }).getByRole('rowheader').allInnerTexts()
  return names.map((name) => ({ name: name.trim(), open: open.includes(name) }))
}

/** Types down a column from a unit's cell on; '' passes a cell. */
export async function typeDown(page: Page, cell: string, texts: readonly string[]): Promise<void> {
  await page.getByLabel(cell).focus()
  for (const text of texts) {
    if (text !== '') await page.keyboard.type(text)
    await page.keyboard.press('Enter')
  }
}

/** Pastes rows of a spreadsheet from the clipboard, from a unit's cell on. */
export async function paste(
  page: Page,
  cell: string,
  rows: readonly (readonly string[])[],
): Promise<void> {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  const text = rows.map((row) => row.join('\t')).join('\r\n')
  await page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(text)})`)
  await page.getByLabel(cell).focus()
  await page.keyboard.press('Control+v')
}

export async function saved(page: Page): Promise<void> {
  await page.getByText('已全部保存').first().waitFor()
}
