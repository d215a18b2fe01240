/** The cells of a scoring page, and what a form brings for them. */

import type { Unit } from '../../domain/bundle.ts'
import type { CellState, Duty } from '../../domain/duty.ts'
import { isOpenMark, returnOf } from '../../store/open-marks.ts'
import { type Desk, type StoredEntry, stateOf } from './desk.ts'
import { partsOf, type Texts, textsOf } from './texts.ts'

/** One entry to be made: a unit in an indicator, by group where ballots are counted by group. */
export interface Cell {
  /** tells the cell from the others of its page: part of its fields' names */
  key: string
  unit: Unit
  duty: Duty
  group: string | null
  state: CellState
  stored: StoredEntry | undefined
  /** his mark stays as it is: his team is submitted, or it was not returned in 复核 */
  locked: boolean
  /** what his lead gave it back for, while it waits for his answer */
  returned: string | null
}

/** @param keyOf a unit's code where the page is about an indicator, or the other way round */
export function cellsOf(
  desk: Desk,
  places: readonly { unit: Unit; duty: Duty }[],
  keyOf: (place: { unit: Unit; duty: Duty }) => string,
): Cell[] {
  return places.flatMap(({ unit, duty }) => {
    const state = stateOf(desk, duty, unit)
    if (state === 'absent') return []
    const key = keyOf({ unit, duty })
    const cell = { unit: unit.code, indicator: duty.indicator.code }
    const open = state === 'open'
    const locked = open && duty.entry === 'mark' && !isOpenMark(desk.open, cell)
    const returned = open ? (returnOf(desk.open, cell)?.remark ?? null) : null
    return duty.ballotGroups.map((group) => ({
      key: group === null ? key : `${key}/${group}`,
      ...{ unit, duty, group, state, locked, returned },
      // What is there of his own unit is not read to him.
      stored: open ? desk.stored(duty, unit, group) : undefined,
    }))
  })
}

/** What a cell showed when its page was made: kept in the page, so that only what changed is saved. */
export interface Seen {
  /** the unit or the indicator, for showing the form again without its page */
  name: string
  /** null: there was nothing yet */
  version: number | null
  texts: Texts
}

/** What a form brings for one cell. */
export interface TypedCell {
  cell: Cell
  /** parts that the page did not show are as they are stored */
  texts: Texts
  seen: Seen
  /** what to do about a change elsewhere; `mine` for the version that was shown beside it */
  choice: { keep: 'theirs' } | { keep: 'mine'; version: number | null } | null
}

/** The fields of a form by name, the first value of each. */
export function fieldsOf(body: unknown): Map<string, string> {
  const fields = new Map<string, string>()
  if (typeof body !== 'object' || body === null) return fields
  for (const [name, value] of Object.entries(body)) {
    fields.set(name, String(Array.isArray(value) ? value[0] : value))
  }
  return fields
}

/** What a form brings for the cells of its page; cells of which it brings nothing are left out. */
export function typedCells(
  cells: readonly Cell[],
  fields: ReadonlyMap<string, string>,
): TypedCell[] {
  return cells.flatMap((cell) => {
    const { main, remark } = partsOf(cell.duty)
    const parts = remark === null ? main : [...main, remark]
    const typed = parts.flatMap((part) => {
      const text = fields.get(`${part}/${cell.key}`)
      return text === undefined ? [] : [[part, text] as const]
    })
    if (typed.length === 0) return []
    const seen = readSeen(fields.get(`seen/${cell.key}`), cell)
    const texts = { ...textsOf(cell.duty, cell.stored), ...Object.fromEntries(typed) }
    return [{ cell, texts, seen, choice: readChoice(fields.get(`choice/${cell.key}`)) }]
  })
}

/** The keys of the cells that a form brings something for. */
export function keysOf(fields: ReadonlyMap<string, string>): Set<string> {
  const keys = new Set<string>()
  for (const name of fields.keys()) {
    const key = /^(?:mark|points|reason|value|source|\d+)\/(.+)$/s.exec(name)?.[1]
    if (key !== undefined) keys.add(key)
  }
  return keys
}

/** Those that belong to none of its page's cells: a unit or an indicator that is not there. */
export function strangeKeys(cells: readonly Cell[], fields: ReadonlyMap<string, string>): string[] {
  const known = new Set(cells.map(({ key }) => key))
  return [...keysOf(fields)].filter((key) => !known.has(key))
}

/** Whether nothing was typed into the cell since its page was made. */
export function isUntouched(
  { cell, texts, seen }: TypedCell,
  fields: ReadonlyMap<string, string>,
): boolean {
  return Object.entries(texts).every(
    ([part, text]) =>
      !fields.has(`${part}/${cell.key}`) || text.trim() === (seen.texts[part] ?? '').trim(),
  )
}

/** What the hidden field of a cell holds. */
export function seenText(cell: Cell, name: string): string {
  const seen: Seen = {
    name,
    version: cell.stored?.version ?? null,
    texts: textsOf(cell.duty, cell.stored),
  }
  return JSON.stringify(seen)
}

/** A page that does not say what it showed is taken to have shown nothing. */
function readSeen(text: string | undefined, cell: Cell): Seen {
  const blank = { name: '', version: null, texts: textsOf(cell.duty, undefined) }
  if (text === undefined) return blank
  try {
    const seen: unknown = JSON.parse(text)
    if (typeof seen !== 'object' || seen === null) return blank
    const { name, version, texts } = { name: '', version: null, texts: null, ...seen }
    if (typeof texts !== 'object' || texts === null) return blank
    const entries = Object.entries(texts).map(([part, value]) => [part, String(value)])
    return {
      name: String(name),
      version: Number.isSafeInteger(version) ? Number(version) : null,
      texts: Object.fromEntries(entries),
    }
  } catch {
    return blank
  }
}

function readChoice(text: string | undefined): TypedCell['choice'] {
  if (text === 'theirs') return { keep: 'theirs' }
  const version = /^mine:(\d{1,9}|none)$/.exec(text ?? '')?.[1]
  if (version === undefined) return null
  return { keep: 'mine', version: version === 'none' ? null : Number(version) }
}
