/** What views/partials/assignment-matrix.hbs prints: a table of cells that are given or not. */

import {
  changedSince,
  type Matrix,
  type MatrixCell,
  type MatrixPlace,
  type MatrixState,
  placeOf,
  seenOf,
  stateWords,
} from '../../domain/assignment-matrix.ts'
import { actionName } from '../../domain/audit-words.ts'
import { beijingTime } from '../../domain/beijing-time.ts'
import type { RecordedAudit } from '../../store/audit.ts'
import type { TypedMatrix } from './matrix-form.ts'

/** So many lines of a conflict are named; the table shows all of them. */
const MOST_LINES = 30

export interface ShownMatrix {
  matrix: Matrix
  cycleId: string
  /** as `rosterVersion` says it */
  version: string
  /** the newest entry of the ledger of writes */
  newest: number
  editable: boolean
  /** whether anything is assigned by name at all */
  byName: boolean
  /** what was not saved, and what others did meanwhile */
  unsaved?: { typed: TypedMatrix; others: readonly RecordedAudit[] }
}

export function matrixView(shown: ShownMatrix) {
  const { matrix, cycleId, version, newest, editable, byName, unsaved } = shown
  const { page, rows, columns, cells } = matrix
  const mine = new Map(
    (unsaved?.typed.changes ?? []).map(({ to, ...place }) => [JSON.stringify(place), to]),
  )
  const toOf = (r: number, c: number) =>
    mine.get(JSON.stringify(placeOf(page, rows[r]?.code ?? '', columns[c]?.code ?? '')))
  const path = `/cycles/${cycleId}/assignments`
  const units = page.by !== 'all'
  const sums = (list: readonly MatrixCell[]) =>
    String(list.reduce((sum, { given }) => sum + given, 0))
  return {
    path: `${path}/cells`,
    by: page.by,
    code: page.by === 'all' ? '' : page.code,
    seen: JSON.stringify(seenOf(matrix)),
    version,
    since: String(newest),
    editable,
    label:
      page.by === 'all' ? '考核员和指标' : page.by === 'indicator' ? '单位和考核员' : '单位和指标',
    corner: page.by === 'all' ? '考核员' : '单位',
    sum: page.by === 'indicator' ? '几人打分' : '合计',
    columns: columns.map(({ code, name }, c) => ({
      id: `c${c}`,
      code: page.by === 'indicator' ? '' : code,
      name,
      href: units ? null : `${path}/indicators/${encodeURIComponent(code)}`,
      sum: sums(cells.map((row) => row[c] ?? NO_CELL)),
    })),
    rows: rows.map(({ code, name }, r) => ({
      id: `r${r}`,
      name,
      href: units ? null : `${path}/assessors/${encodeURIComponent(code)}`,
      sum: !byName && !units ? '不限' : sums(cells[r] ?? []),
      cells: (cells[r] ?? []).map((cell, c) =>
        cellView(cell, { at: `${r}.${c}`, labels: `r${r} c${c}`, units, to: toOf(r, c) }),
      ),
    })),
    conflict: unsaved ? conflictView(matrix, unsaved) : null,
  }
}

const NO_CELL: MatrixCell = { state: 'shut', given: 0, of: 0, recused: 0, why: null }

interface Placed {
  at: string
  labels: string
  /** whether a cell is a single unit */
  units: boolean
  /** what the person set it to without having it saved */
  to: 'all' | 'none' | undefined
}

function cellView(cell: MatrixCell, { at, labels, units, to }: Placed) {
  const { state, given, of, recused, why } = cell
  const wanted: MatrixState = state === 'shut' || to === undefined ? state : to
  const changed = wanted !== state
  return {
    at,
    labels,
    shut: state === 'shut' ? { why: why ?? '', text: recused > 0 ? '回避' : '—' } : null,
    checked: wanted === 'all' || wanted === 'some',
    whole: changed && state === 'some' && wanted === 'all',
    tone: `matrix-${state}${changed ? ' matrix-changed' : ''}`,
    /** what the script and a reader without one count with */
    text: units ? '' : countText(wanted, given, of),
    plain: units ? (state === 'none' ? '—' : '✓') : countText(state, given, of) || '—',
    given: String(given),
    of: String(of),
    recused: !units && recused > 0 ? `回避 ${recused}` : null,
  }
}

function countText(state: MatrixState, given: number, of: number): string {
  if (state === 'none' || state === 'shut') return ''
  return state === 'all' ? String(of) : `${given}/${of}`
}

/** What others changed meanwhile and what the person wants, cell by cell. */
function conflictView(matrix: Matrix, { typed, others }: NonNullable<ShownMatrix['unsaved']>) {
  const name = namesOf(matrix)
  const theirs = changedSince(typed.seen, matrix).map(
    ({ place, was, is }) => `${name(place)}：您打开时${stateWords(was)}，现在${stateWords(is)}`,
  )
  const mine = typed.changes.map(
    ({ to, ...place }) => `${name(place)}：您要${to === 'all' ? '分给' : '收回'}`,
  )
  return {
    entries: others.map(
      ({ at, actor_name: who, action, subject }) =>
        `${beijingTime(at)} ${who}：${actionName(action)}（${subject}）`,
    ),
    theirs: shortened(theirs),
    mine: shortened(mine),
  }
}

function shortened(lines: readonly string[]): string[] {
  if (lines.length <= MOST_LINES) return [...lines]
  return [...lines.slice(0, MOST_LINES), `还有 ${lines.length - MOST_LINES} 格，见表中标出的`]
}

function namesOf({ page, rows, columns }: Matrix): (place: MatrixPlace) => string {
  const names = new Map([...rows, ...columns].map(({ code, name }) => [code, name]))
  const named = (code: string) => names.get(code) ?? code
  return ({ assessor, indicator, unit }) => {
    if (page.by === 'indicator') return `「${named(unit ?? '')}」·${named(assessor)}`
    if (page.by === 'assessor') return `「${named(unit ?? '')}」·${named(indicator)}`
    return `${named(assessor)}·${named(indicator)}`
  }
}
