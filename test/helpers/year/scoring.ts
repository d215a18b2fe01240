/** How the two assessors at their desks score: by keyboard, from the clipboard, through a cut and a conflict. */

import type { Page } from 'playwright-core'
import { openGrid, paste, ready, saved, typeDown, unitsOf } from './grid.ts'
import { unitNamed } from './ground.ts'
import { organisation, study } from './judgement.ts'
import type { Person } from './person.ts'
import type { Typed } from './typed.ts'

export interface Desk {
  person: Person
  /** the code he marks under */
  assessor: string
  /** the address of his work in the cycle */
  scoring: string
  typed: Typed
}

/** Types marks down the column; the network goes after three of them and comes back after the last. */
export async function typeThroughCut({ person, assessor, scoring, typed }: Desk): Promise<void> {
  const { page } = person
  await openGrid(person, scoring, '理论武装')
  const open = await openUnits(page)
  await person.pictures('grid, empty')
  const judged = open.map((name) => ({ name, ...study(assessor, unitNamed(name).code) }))
  for (const { name, mark, reason } of judged) {
    typed.mark(assessor, 'A1', unitNamed(name).code, { mark, reason })
  }
  const marks = judged.map(({ mark }) => mark)
  await typeDown(page, `${open[0]} 得分`, marks.slice(0, 3))
  await saved(page)
  await page.context().setOffline(true)
  await typeDown(page, `${open[3]} 得分`, marks.slice(3))
  await person.reads('连不上服务器')
  await person.looks('grid, without a network')
  await page.context().setOffline(false)
  await saved(page)
  await typeDown(
    page,
    `${open[0]} 理由`,
    judged.map(({ reason }) => reason),
  )
  await saved(page)
  await person.pictures('grid, done')
}

/** The same account in two windows and one cell: both marks are shown, and he keeps the one he typed last. */
export async function settleConflict(
  { person, assessor, scoring, typed }: Desk,
  [first, second]: readonly [string, string],
): Promise<void> {
  const { page } = person
  await openGrid(person, scoring, '理论武装')
  const [unit = ''] = await openUnits(page)
  const other = await person.opensWindow()
  await other.goto(page.url())
  await ready(other)
  await typeDown(other, `${unit} 得分`, [first])
  await saved(other)
  await typeDown(page, `${unit} 得分`, [second])
  await person.reads('已在别处更改')
  await person.reads(`已改为「${first}」`)
  await person.looks('grid, conflict')
  await person.presses(`保留我填的「${second}」`)
  await saved(page)
  await other.close()
  const { code } = unitNamed(unit)
  typed.mark(assessor, 'A1', code, { ...study(assessor, code), mark: second })
}

/** A block of 理论武装 from a spreadsheet: marks and reasons, with gaps where he may not score. */
export async function pasteStudy({ person, assessor, scoring, typed }: Desk): Promise<void> {
  const { page } = person
  await openGrid(person, scoring, '理论武装')
  const { first, rows, count } = await blockOf(page, (name) => {
    const { code } = unitNamed(name)
    const { mark, reason } = study(assessor, code)
    typed.mark(assessor, 'A1', code, { mark, reason })
    return [mark, reason]
  })
  await paste(page, `${first} 得分`, rows)
  await person.reads(`粘贴了 ${count} 项，0 项有误`)
  await person.pictures('grid, pasted')
}

/** A block of 组织建设: levels, their points and reasons. */
export async function pasteOrganisation({ person, assessor, scoring, typed }: Desk): Promise<void> {
  const { page } = person
  await openGrid(person, scoring, '组织建设')
  const { first, rows, count } = await blockOf(page, (name) => {
    const { code } = unitNamed(name)
    const judgement = organisation(assessor, code)
    typed.mark(assessor, 'A2', code, judgement)
    const { mark, reason } = judgement
    return typeof mark === 'string' ? [mark, '', reason] : [mark.level, mark.points, reason]
  })
  await paste(page, `${first} 档次`, rows)
  await person.reads(`粘贴了 ${count} 项，0 项有误`)
  await person.looks('grid, levels pasted')
}

/** Full marks for all of an indicator in one stroke. */
export async function giveFull(
  { person, assessor, scoring, typed }: Desk,
  {
    indicator,
    code,
    mark,
  }: { indicator: string; code: string; mark: Parameters<Typed['mark']>[3]['mark'] },
): Promise<void> {
  const { page } = person
  await openGrid(person, scoring, indicator)
  const open = await openUnits(page)
  await person.presses('全部满分')
  await person.reads(`${open.length} 项填为满分`)
  await saved(page)
  await person.looks(`grid, full ${code}`)
  for (const name of open) typed.mark(assessor, code, unitNamed(name).code, { mark, reason: '' })
}

async function openUnits(page: Page): Promise<string[]> {
  const units = await unitsOf(page)
  return units.flatMap(({ name, open }) => (open ? [name] : []))
}

/** The rows of a spreadsheet beside the grid's, from the first unit that is open on. */
async function blockOf(page: Page, texts: (unit: string) => readonly string[]) {
  const units = await unitsOf(page)
  const from = units.findIndex(({ open }) => open)
  const rows = units.slice(from).map(({ name, open }) => (open ? texts(name) : ['']))
  const count = units.filter(({ open }) => open).length
  return { first: units[from]?.name ?? '', rows, count }
}
