/** Everything views/scoring/indicator.hbs prints, and what the page of one unit has in common with it. */

import type { Duty } from '../../domain/duty.ts'
import { shown } from '../../domain/methods/amounts.ts'
import { fullTexts, phrasesOf } from './cell-help.ts'
import { cellView, columnNames } from './cell-view.ts'
import type { Cell } from './cells.ts'
import { type Desk, lockedWords, progressOf } from './desk.ts'
import { progressView, scoringPath, trail } from './overview-view.ts'
import { panelView } from './panel-view.ts'
import type { Saving } from './save.ts'
import type { SelfStatement } from './self-statements.ts'
import { hasRanges } from './texts.ts'

/** What a page shows besides what is stored. */
export interface PageState {
  saving?: Saving
  /** what is wrong with the form as a whole */
  faults?: readonly string[]
  /** names of accounts, for saying who changed a cell meanwhile */
  names?: ReadonlyMap<string, string>
  /** only the marks, so that the Tab key goes straight down */
  marksOnly?: boolean
  /** what units say of themselves: by indicator on the page of one unit, by unit on that of one indicator */
  said?: ReadonlyMap<string, SelfStatement>
}

/**
 * The cells of a page as they are shown, each with the texts of full marks.
 *
 * @param nameOf tells a cell from the others of its page
 * @param captions whether each input says itself what it is for
 */
export function rowsOf(
  desk: Desk,
  cells: readonly Cell[],
  { saving, names = new Map(), marksOnly = false }: PageState,
  nameOf: (cell: Cell) => string,
  captions: boolean,
) {
  const full = new Map(desk.duties.map((duty) => [duty, jsonOrNone(fullTexts(duty))]))
  return cells.map((cell, index) => ({
    cell,
    full: cell.state === 'open' && !cell.locked ? (full.get(cell.duty) ?? '') : '',
    view: cellView(cell, {
      name: nameOf(cell),
      index,
      captions,
      withoutRemark: marksOnly,
      readOnly: desk.closed !== null || cell.locked,
      unsaved: saving?.unsaved.get(cell.key),
      changedBy: names.get(cell.stored?.updatedBy ?? '') ?? '他人',
    }),
  }))
}

/** What an attribute of the page holds for its script; '' for nothing. */
export function jsonOrNone(texts: object | null): string {
  return texts === null ? '' : JSON.stringify(texts)
}

/** Where and as what the page's script saves cells one by one. */
export function scriptView(desk: Desk, about: 'indicator' | 'unit', code: string) {
  return { saving: `${scoringPath(desk)}/cells`, about, code }
}

/** The head of a form that was not saved whole: how much was, and a link to each cell that was not. */
export function outcome(cells: readonly Cell[], { saving, faults = [] }: PageState) {
  const errors = cells.flatMap(({ key, state }, index) => {
    const unsaved = saving?.unsaved.get(key)
    if (!unsaved) return []
    const href = state === 'open' ? `#r${index}-${unsaved.part}` : `#r${index}`
    return [{ href, message: unsaved.message }]
  })
  const general = faults.map((message) => ({ href: '#entries', message }))
  const saved = saving?.saved.size ?? 0
  return {
    errors: [...errors, ...general],
    summary:
      saved > 0
        ? `其余 ${saved} 项已保存。以下 ${errors.length + general.length} 项没有保存，填写的内容都还在：`
        : '以下内容没有保存，填写的内容都还在：',
  }
}

/** One indicator, its units down the page. */
export function indicatorPageView(
  desk: Desk,
  duty: Duty,
  cells: readonly Cell[],
  state: PageState = {},
) {
  const { indicator, entry } = duty
  const path = `${scoringPath(desk)}/indicators/${encodeURIComponent(indicator.code)}`
  const rows = rowsOf(desk, cells, state, ({ unit }) => unit.name, false)
  const marksOnly = state.marksOnly ?? false
  const columns = columnNames({ duty })
  const first = rows.find(({ cell, view }) => view.seen !== null && cell.stored === undefined)
  return {
    title: indicator.name,
    breadcrumbs: trail(desk, true),
    ...{ path: marksOnly ? `${path}?columns=marks` : path, columns },
    script: scriptView(desk, 'indicator', indicator.code),
    phrases: jsonOrNone(entry === 'mark' ? phrasesOf(indicator) : null),
    points: indicator.points === undefined ? null : shown(indicator.points),
    panel: panelView(duty),
    range: rangeText(duty),
    closed: desk.closed,
    locked: entry === 'mark' ? lockedWords(desk) : null,
    answers: `/cycles/${desk.cycle.id}/returns`,
    optional: duty.optional,
    progress: progressView(progressOf(desk, [duty])),
    firstEmpty: first ? `#${first.view.id}` : null,
    modes:
      entry === 'tally' || desk.closed
        ? null
        : [
            {
              href: path,
              label: entry === 'mark' ? '得分和理由' : '数值和来源',
              current: !marksOnly,
            },
            {
              href: `${path}?columns=marks`,
              label: entry === 'mark' ? '只填得分' : '只填数值',
              current: marksOnly,
            },
          ],
    remarkName: entry === 'tally' || marksOnly ? null : entry === 'mark' ? '理由' : '来源',
    grouped: duty.ballotGroups.some((group) => group !== null),
    width: columns.length + 3,
    neighbours: neighbours(desk, duty),
    rows: rows.map(({ cell, view, full }) => ({
      ...view,
      full,
      returned: cell.returned,
      name: cell.unit.name,
      // One unit is done when every group's ballots are there.
      counts: cell.state === 'open' ? cell.unit.code : '',
      said: cell.state === 'open' ? (state.said?.get(cell.unit.code) ?? null) : null,
      href: `${scoringPath(desk)}/units/${encodeURIComponent(cell.unit.code)}`,
    })),
    ...outcome(cells, state),
  }
}

/** Bounds at the head of the column, so that nobody has to make a mistake to learn them. */
function rangeText({ indicator: { method, points } }: Duty): string | null {
  if (method.type === 'levels') return hasRanges(method) ? '有分数范围的档次，须另填分数' : null
  if (method.type !== 'direct') return null
  const top = shown(method.scale ?? points ?? 0)
  return method.step === undefined ? `0–${top}` : `0–${top}，步长 ${shown(method.step)}`
}

function neighbours(desk: Desk, duty: Duty) {
  const same = desk.duties.filter(({ entry }) => (entry === 'mark') === (duty.entry === 'mark'))
  const place = same.findIndex(({ indicator }) => indicator.code === duty.indicator.code)
  const link = (other: Duty | undefined) =>
    other
      ? {
          href: `${scoringPath(desk)}/indicators/${encodeURIComponent(other.indicator.code)}`,
          label: other.indicator.name,
        }
      : null
  return { previous: link(same[place - 1]), next: link(same[place + 1]) }
}
