/** Everything views/scoring/indicator.hbs and views/scoring/unit.hbs print. */

import type { Unit } from '../../domain/bundle.ts'
import type { Duty } from '../../domain/duty.ts'
import { indicatorSentence } from '../../domain/indicator-sentence.ts'
import { shown } from '../../domain/methods/amounts.ts'
import { findMethod } from '../../domain/methods/registry.ts'
import { fullTexts, phrasesOf } from './cell-help.ts'
import { cellView, columnNames } from './cell-view.ts'
import type { Cell } from './cells.ts'
import { type Desk, lockedWords, progressOf } from './desk.ts'
import { progressView, scoringPath, trail } from './overview-view.ts'
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
  /** what the unit says of itself, by indicator */
  said?: ReadonlyMap<string, SelfStatement>
}

function rowsOf(
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

function jsonOrNone(texts: object | null): string {
  return texts === null ? '' : JSON.stringify(texts)
}

/** Where and as what the page's script saves cells one by one. */
function scriptView(desk: Desk, about: 'indicator' | 'unit', code: string) {
  return { saving: `${scoringPath(desk)}/cells`, about, code }
}

/** The head of a form that was not saved whole: how much was, and a link to each cell that was not. */
function outcome(cells: readonly Cell[], { saving, faults = [] }: PageState) {
  const errors = cells.flatMap(({ key, state }, index) => {
    const unsaved = saving?.unsaved.get(key)
    if (!unsaved) return []
    const href = state === 'open' ? `#r${index}-${unsaved.part}` : `#r${index}`
    return [{ href, message: unsaved.message }]
  })
  const general = faults.map((message) => ({ href: '#entries', message }))
  const saved = saving?.saved ?? 0
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
    rule: indicatorSentence(indicator, duty.section),
    note: indicator.note ?? null,
    owner: indicator.owner ?? null,
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
      hint: cell.unit.category,
      href: `${scoringPath(desk)}/units/${encodeURIComponent(cell.unit.code)}`,
    })),
    ...outcome(cells, state),
  }
}

/** One unit, its indicators down the page. */
export function unitPageView(
  desk: Desk,
  unit: Unit,
  cells: readonly Cell[],
  state: PageState = {},
) {
  const rows = rowsOf(desk, cells, state, ({ duty }) => duty.indicator.name, true)
  const blocks = [
    {
      title: '我的打分',
      id: 'marks',
      remarkName: '理由',
      is: (cell: Cell) => cell.duty.entry === 'mark',
    },
    {
      title: '条线数据',
      id: 'line',
      remarkName: '来源',
      is: (cell: Cell) => cell.duty.entry !== 'mark',
    },
  ]
  const own = desk.duties.filter(({ entry, optional }) => entry === 'mark' && !optional)
  const counted = own.length > 0 ? own : desk.duties
  const base = `${scoringPath(desk)}/units`
  const place = desk.units.indexOf(unit)
  const neighbour = (other: Unit | undefined) =>
    other ? { href: `${base}/${encodeURIComponent(other.code)}`, label: other.name } : null
  return {
    title: unit.name,
    breadcrumbs: trail(desk, true, 'unit'),
    path: `${base}/${encodeURIComponent(unit.code)}`,
    script: scriptView(desk, 'unit', unit.code),
    category: unit.category,
    recused: desk.recused.has(unit.code),
    closed: desk.closed,
    locked: own.length > 0 ? lockedWords(desk) : null,
    answers: `/cycles/${desk.cycle.id}/returns`,
    progress: progressView(progressOf(desk, counted, [unit])),
    neighbours: {
      previous: neighbour(desk.units[place - 1]),
      next: neighbour(desk.units[place + 1]),
    },
    blocks: blocks
      .map(({ is, ...block }) => ({
        ...block,
        rows: rows
          .filter(({ cell }) => is(cell))
          .map(({ cell, view, full }) => ({
            ...view,
            full,
            returned: cell.returned,
            phrases: jsonOrNone(cell.duty.entry === 'mark' ? phrasesOf(cell.duty.indicator) : null),
            counts:
              cell.state === 'open' && counted.includes(cell.duty) ? cell.duty.indicator.code : '',
            name: cell.duty.indicator.name,
            hint: indicatorHint(cell.duty),
            note: cell.duty.indicator.note ?? null,
            said: state.said?.get(cell.duty.indicator.code) ?? null,
            href: `${scoringPath(desk)}/indicators/${encodeURIComponent(cell.duty.indicator.code)}`,
          })),
      }))
      .filter(({ rows: some }) => some.length > 0),
    ledger: `/cycles/${desk.cycle.id}/ledger?unit=${encodeURIComponent(unit.code)}`,
    ...outcome(cells, state),
  }
}

function indicatorHint(duty: Duty): string {
  const { points } = duty.indicator
  const worth = points === undefined ? '' : `${shown(points)} 分；`
  return `${worth}${methodSentence(duty)}`
}

/** How one mark counts: how several become one is the same down the page, and told where it matters. */
function methodSentence({ indicator: { method, points }, section }: Duty): string {
  const full = points === undefined ? null : shown(points)
  return findMethod(method.type)?.sentence(method, full, section) ?? ''
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
