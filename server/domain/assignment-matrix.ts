/** Assignments (分工) as a table of cells: assessor × indicator, or the units of one of these. */

import { type Assignable, assignableIndicators, type Parts, recusalReason } from './assignable.ts'

/** Which table: all assessors and indicators, or the units of one indicator or assessor. */
export type MatrixPage = { by: 'all' } | { by: 'indicator' | 'assessor'; code: string }

/** shut: nothing there can be given, nor is anything to be taken */
export type MatrixState = 'none' | 'some' | 'all' | 'shut'

export interface MatrixCell {
  state: MatrixState
  /** units that are given */
  given: number
  /** units that can be given, and those that are given all the same */
  of: number
  /** units he is recused from */
  recused: number
  /** why it is shut, in words; null where it is not */
  why: string | null
}

export interface MatrixLine {
  code: string
  name: string
}

export interface Matrix {
  page: MatrixPage
  rows: readonly MatrixLine[]
  columns: readonly MatrixLine[]
  /** row by row */
  cells: readonly (readonly MatrixCell[])[]
}

/** What one cell stands for; every unit of the indicator where it names none. */
export interface MatrixPlace {
  assessor: string
  indicator: string
  unit: string | null
}

/** A cell that a person set, and to what. */
export interface MatrixChange {
  row: number
  column: number
  to: 'all' | 'none'
}

/** @returns undefined if there is no such assessor, or no indicator of that code that assessors mark */
export function assignmentMatrix(page: MatrixPage, parts: Parts): Matrix | undefined {
  const all = assignableIndicators(parts)
  const indicators = all.map(({ code, indicator }) => ({ code, name: indicator.name }))
  const assessors = parts.assessors.map(({ code, name }) => ({ code, name }))
  const units = parts.units.map(({ code, name }) => ({ code, name }))
  const byCode = new Map(all.map((each) => [each.code, each]))
  const build = (rows: readonly MatrixLine[], columns: readonly MatrixLine[]): Matrix => ({
    page,
    rows,
    columns,
    cells: rows.map((row) =>
      columns.map((column) => {
        const place = placeOf(page, row.code, column.code)
        const indicator = byCode.get(place.indicator)
        return indicator ? cellOf(parts, indicator, place) : SHUT
      }),
    ),
  })
  if (page.by === 'all') return build(assessors, indicators)
  if (page.by === 'assessor') {
    const known = assessors.some(({ code }) => code === page.code)
    return known ? build(units, indicators) : undefined
  }
  const own = byCode.get(page.code)
  return (
    own &&
    build(
      units.filter(({ code }) => own.units.includes(code)),
      assessors,
    )
  )
}

/** What a cell of a page stands for. */
export function placeOf(page: MatrixPage, row: string, column: string): MatrixPlace {
  if (page.by === 'all') return { assessor: row, indicator: column, unit: null }
  if (page.by === 'indicator') return { assessor: column, indicator: page.code, unit: row }
  return { assessor: page.code, indicator: column, unit: row }
}

const SHUT: MatrixCell = { state: 'shut', given: 0, of: 0, recused: 0, why: '不由考核员打分' }

function cellOf(parts: Parts, indicator: Assignable, place: MatrixPlace): MatrixCell {
  const { roster } = parts
  const { assessor, unit } = place
  const isGiven = (code: string) =>
    roster.byName && roster.isAssigned(assessor, indicator.code, code)
  const units = unit === null ? parts.units.map(({ code }) => code) : [unit]
  const given = units.filter(isGiven).length
  const recused = units.filter((code) => indicator.isRecused(assessor, code)).length
  const open = units.filter((code) => whyNot(parts, indicator, assessor, code) === null)
  const of = new Set([...open, ...units.filter(isGiven)]).size
  if (of === 0) {
    const why =
      unit === null
        ? (whyNobody(indicator, assessor) ?? '能考核的单位他都须回避')
        : whyNot(parts, indicator, assessor, unit)
    return { state: 'shut', given, of, recused, why }
  }
  return {
    state: given === 0 ? 'none' : given < of ? 'some' : 'all',
    given,
    of,
    recused,
    why: null,
  }
}

/** Why a unit in an indicator cannot be given to an assessor, in words; null if it can. */
export function whyNot(
  parts: Parts,
  indicator: Assignable,
  assessor: string,
  unit: string,
): string | null {
  const own = whyNobody(indicator, assessor)
  if (own !== null) return own
  if (!indicator.units.includes(unit)) return '指标不考核这个单位'
  const reason = recusalReason(parts, assessor, unit)
  return reason === undefined ? null : `回避：${reason}`
}

function whyNobody({ units, assessors }: Assignable, assessor: string): string | null {
  if (units.length === 0) return '指标不考核本周期的任何单位'
  return assessors.includes(assessor) ? null : '评价主体不在这项指标的名单上'
}

/** What a page showed when a person began: enough to tell what he changed from what others did. */
export interface SeenMatrix {
  rows: readonly string[]
  columns: readonly string[]
  /** one letter a cell, row by row: none, some, all, x for shut */
  states: string
}

const LETTERS: Readonly<Record<MatrixState, string>> = { none: '0', some: '1', all: '2', shut: 'x' }

export function seenOf({ rows, columns, cells }: Matrix): SeenMatrix {
  return {
    rows: rows.map(({ code }) => code),
    columns: columns.map(({ code }) => code),
    states: cells.flatMap((row) => row.map(({ state }) => LETTERS[state])).join(''),
  }
}

/**
 * The cells a person set otherwise than he saw them.
 *
 * @param checked cells with a tick, as `row.column`; a tick that was there for some units leaves them
 * @param whole cells of which he wants every unit, as `row.column`
 */
export function typedChanges(
  { columns, states }: SeenMatrix,
  checked: ReadonlySet<string>,
  whole: ReadonlySet<string>,
): MatrixChange[] {
  return [...states].flatMap((state, index): MatrixChange[] => {
    if (state === 'x') return []
    const row = Math.floor(index / columns.length)
    const column = index % columns.length
    const at = `${row}.${column}`
    if (!checked.has(at)) return state === '0' ? [] : [{ row, column, to: 'none' }]
    if (state === '0' || (state === '1' && whole.has(at))) return [{ row, column, to: 'all' }]
    return []
  })
}

/** What others changed since: cells that are otherwise now than they were seen, by their places. */
export function changedSince(
  seen: SeenMatrix,
  now: Matrix,
): { place: MatrixPlace; was: string; is: string }[] {
  const { rows, columns, states } = seenOf(now)
  const keys = rows.flatMap((row) => columns.map((column) => keyOf(row, column)))
  const is = new Map(keys.map((key, index) => [key, states[index] ?? 'x']))
  return seen.rows.flatMap((row, r) =>
    seen.columns.flatMap((column, c) => {
      const was = seen.states[r * seen.columns.length + c] ?? 'x'
      const then = is.get(keyOf(row, column)) ?? 'x'
      return was === then ? [] : [{ place: placeOf(now.page, row, column), was, is: then }]
    }),
  )
}

function keyOf(row: string, column: string): string {
  return JSON.stringify([row, column])
}

/** What a letter of `states` means, in words. */
export function stateWords(letter: string): string {
  if (letter === '0') return '没有分给'
  if (letter === '1') return '分了一部分'
  return letter === '2' ? '已分给' : '不能分'
}
