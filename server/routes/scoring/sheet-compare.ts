/** Compares a sheet that came back three ways: as issued, as it is in the system now, as it stands in the file. */

import type { Mark, MarkGiven, Unit } from '../../domain/bundle.ts'
import { check } from '../../domain/check-bundle.ts'
import type { Duty } from '../../domain/duty.ts'
import type { Scheme } from '../../domain/scheme.ts'
import type { ReturnedCell, ReturnedSheet, SheetTexts } from '../../domain/score-sheet.ts'
import { isOpenMark } from '../../store/open-marks.ts'
import { type Desk, type StoredEntry, stateOf } from './desk.ts'
import { asIssued, filledFrom, formTexts, sheetTextsOf } from './sheet-texts.ts'
import { type CellFault, type Reading, readTexts } from './texts.ts'

/** What becomes of a row: nothing, a mark that can be taken, a choice between two, or a refusal. */
export type Verdict =
  | { kind: 'unchanged'; changedInSystem: boolean }
  | { kind: 'new' | 'changed' | 'conflict'; mark: MarkGiven; reason: string }
  | { kind: 'refused'; why: string }

export interface ComparedCell {
  /** its place in the sheet, from 0 */
  index: number
  row: number
  unitCode: string
  indicatorCode: string
  unit: string
  indicator: string
  issued: SheetTexts
  now: SheetTexts
  /** the version of what is there now; null: nothing */
  version: number | null
  /** what stands in the file, together with what stays because nothing stands there */
  typed: SheetTexts
  verdict: Verdict
  duty: Duty | null
}

/** Every row of a sheet with what becomes of it. */
export function compareSheet(desk: Desk, scheme: Scheme, sheet: ReturnedSheet): ComparedCell[] {
  const units = new Map(desk.units.map((unit) => [unit.code, unit]))
  const duties = new Map(desk.duties.map((duty) => [duty.indicator.code, duty]))
  const compared = sheet.cells.map((cell, index) =>
    compareCell(desk, cell, index, units.get(cell.unit), duties.get(cell.indicator)),
  )
  return withFaults(desk, scheme, compared)
}

function compareCell(
  desk: Desk,
  cell: ReturnedCell,
  index: number,
  unit: Unit | undefined,
  duty: Duty | undefined,
): ComparedCell {
  const state = unit && duty ? stateOf(desk, duty, unit) : 'absent'
  const stored = unit && duty && state === 'open' ? desk.stored(duty, unit, null) : undefined
  const typed = asIssued(cell.typed, cell.texts)
  const about = {
    ...{ index, row: cell.row, unitCode: cell.unit, indicatorCode: cell.indicator },
    unit: unit?.name ?? cell.unit,
    indicator: duty?.indicator.name ?? cell.indicator,
    issued: cell.texts,
    duty: duty ?? null,
  }
  const locked = !isOpenMark(desk.open, cell)
  if (!duty || state !== 'open' || locked) {
    const changed = cell.problem !== null || !isSame(filledFrom(typed, cell.texts), cell.texts)
    const why = (state === 'open' ? SHUT.locked : SHUT[state]) ?? SHUT.absent
    const verdict: Verdict = changed
      ? { kind: 'refused', why: why ?? '' }
      : { kind: 'unchanged', changedInSystem: false }
    return { ...about, now: cell.texts, version: null, typed, verdict }
  }
  const now = sheetTextsOf(duty, stored)
  const verdict = verdictOf(duty, { ...cell, typed }, now, stored)
  return { ...about, now, version: stored?.version ?? null, typed: filledFrom(typed, now), verdict }
}

const SHUT: Readonly<Record<string, string>> = {
  absent: '这一格现在不由您打分，不能写入。',
  recused: '这是您所在或登记了回避的单位，按回避规定不能写入。',
  locked: '本组已经提交，或者现在只有退回的打分可以改动，这一格不能写入。',
  'not-applicable': '这项指标现在对该单位不适用，不能写入。',
}

function verdictOf(
  duty: Duty,
  { texts: issued, typed, version, problem }: ReturnedCell,
  now: SheetTexts,
  stored: StoredEntry | undefined,
): Verdict {
  if (problem !== null) return { kind: 'refused', why: problem }
  const current = stored?.version ?? null
  const untouched = isSameReading(duty, filledFrom(typed, issued), issued)
  const filled = filledFrom(typed, now)
  if (untouched || isSameReading(duty, filled, now)) {
    return { kind: 'unchanged', changedInSystem: untouched && !isSameReading(duty, issued, now) }
  }
  const reading = readTexts(duty, formTexts(duty, filled))
  if (reading && 'part' in reading) return { kind: 'refused', why: reading.problem }
  if (reading?.kind !== 'mark') return { kind: 'unchanged', changedInSystem: false }
  const { mark, reason } = reading
  if (current !== version) return { kind: 'conflict', mark, reason }
  return { kind: current === null ? 'new' : 'changed', mark, reason }
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

/** Whether two rows say the same, however it is written. */
function isSameReading(duty: Duty, one: SheetTexts, other: SheetTexts): boolean {
  return isSame(one, other) || isSame(readingOf(duty, one), readingOf(duty, other))
}

function readingOf(duty: Duty, texts: SheetTexts): Reading | CellFault | null {
  return readTexts(duty, formTexts(duty, texts))
}

/** Bounds, steps and levels are checked by the rule of a whole bundle, all marks of the sheet at once. */
function withFaults(desk: Desk, scheme: Scheme, compared: readonly ComparedCell[]): ComparedCell[] {
  const { assessor, units } = desk
  if (!assessor) return [...compared]
  const taken = compared.filter(({ verdict }) => 'mark' in verdict)
  const marks = taken.flatMap(({ unitCode, indicatorCode, verdict }): Mark[] =>
    'mark' in verdict
      ? [
          {
            ...{ unit: unitCode, indicator: indicatorCode, assessor: assessor.code },
            mark: verdict.mark,
          },
        ]
      : [],
  )
  const whys = new Map<number, string>()
  for (const { path, message } of check({ scheme, units, assessors: [assessor], marks })) {
    const place = Number(/^\/marks\/(\d+)/.exec(path)?.[1] ?? Number.NaN)
    const cell = taken[place]
    if (cell && !whys.has(cell.index)) whys.set(cell.index, shortMessage(cell, message))
  }
  return compared.map((cell) => {
    const why = whys.get(cell.index)
    return why === undefined ? cell : { ...cell, verdict: { kind: 'refused', why } }
  })
}

/** In its own row a message need not name the unit and the indicator. */
function shortMessage({ unit, indicator }: ComparedCell, message: string): string {
  const place = `「${unit}」的「${indicator}」`
  return message.startsWith(place) ? message.slice(place.length).replace(/^的/, '') : message
}
