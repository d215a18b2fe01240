/** The ranking as the organiser of the year reads it off the page. */

import type { Person } from './person.ts'

/** The cells of each unit's row, by its name. */
export async function rankingOf(person: Person, cycle: string): Promise<Map<string, string[]>> {
  await person.page.goto(cycle)
  await person.follows('排名')
  await person.follows(/^全部单位/)
  await person.looks('ranking')
  const rows = person.page.getByRole('row').filter({ has: person.page.getByRole('rowheader') })
  const names = await rows.getByRole('rowheader').allInnerTexts()
  const cells = await Promise.all(
    names.map((_, index) => rows.nth(index).getByRole('cell').allInnerTexts()),
  )
  return new Map(names.map((name, index) => [name, cells[index] ?? []]))
}
