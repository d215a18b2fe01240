/** Everything views/scoring/unit.hbs prints. */

import type { Unit } from '../../domain/bundle.ts'
import type { Duty } from '../../domain/duty.ts'
import { shown } from '../../domain/methods/amounts.ts'
import { findMethod } from '../../domain/methods/registry.ts'
import type { StoredEvent } from '../../store/events.ts'
import { phrasesOf } from './cell-help.ts'
import type { Cell } from './cells.ts'
import { type Desk, lockedWords, progressOf } from './desk.ts'
import { recordsClosed, unitEventRows } from './event-rows.ts'
import { progressView, scoringPath, trail } from './overview-view.ts'
import { jsonOrNone, outcome, type PageState, rowsOf, scriptView } from './page-view.ts'

/** One unit, its indicators down the page. */
export function unitPageView(
  desk: Desk,
  unit: Unit,
  cells: readonly Cell[],
  state: PageState = {},
  events: readonly StoredEvent[] = [],
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
    events: unitEventRows(desk, unit, { events, said: state.said ?? new Map() }),
    // Said at the head of the page too, where marks are closed as well.
    recordsClosed: desk.closed === null ? recordsClosed(desk) : null,
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
