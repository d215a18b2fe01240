/** Reads marks, values, tallies and events into cells, checking each against its indicator. */

import type { Bundle } from './bundle.ts'
import type { Cells } from './cells.ts'
import { type EntryFault, pointer, type Report } from './fault.ts'
import { keyName } from './key-names.ts'
import type { PreparedUnit } from './prepare-bundle.ts'
import { existsFor, type PreparedIndicator, type PreparedScheme } from './prepared-scheme.ts'
import { type AgreedRow, readAgreed } from './read-agreed.ts'
import { type EventRows, readEvents } from './read-events.ts'
import type { readAssessors } from './read-lists.ts'
import { type MarkRows, readMarks } from './read-marks.ts'
import { readTallies, type TallyRow } from './read-tallies.ts'
import { readValues, type ValueRows } from './read-values.ts'

/** What entries are read against. */
export interface Place {
  scheme: PreparedScheme
  units: readonly PreparedUnit[]
  unitByCode: ReadonlyMap<string, number>
  /** codes of units too faulty to read: their entries cannot be checked */
  unreadUnits: ReadonlySet<string>
  report: Report
}

export interface Entries {
  marks: MarkRows & { cells: Cells }
  /** by cell: what counts instead of its marks */
  agreed: ReadonlyMap<number, AgreedRow>
  values: ValueRows
  tallies: { rows: readonly (TallyRow | undefined)[]; cells: Cells }
  events: EventRows & {
    cells: Cells
    /** the event that counts for the matter of the one at `position`: itself if it counts */
    winner(position: number): number
  }
}

export type EntryList = PreparedIndicator['entry'] | 'agreed'

const WORDS: Record<EntryList, string> = {
  marks: '打分',
  values: '数值',
  tallies: '测评票数',
  events: '台账记录',
  agreed: '议定值',
}

export function readEntries(
  bundle: Bundle,
  assessors: ReturnType<typeof readAssessors>,
  place: Place,
): Entries {
  const count = place.units.length * place.scheme.indicators.length
  const marks = readMarks(bundle.marks ?? [], assessors, place, count)
  const tallies = readTallies(bundle.tallies ?? [], place, count)
  const values = readValues(bundle.values ?? [], place, count)
  const events = readEvents(bundle.events ?? [], place, count)
  const agreed = readAgreed(bundle.agreed ?? [], place)
  return { marks, agreed, values, tallies, events }
}

/** The cell of a unit and an indicator, both by index. */
export function cellOf(scheme: PreparedScheme, unit: number, indicator: number): number {
  return unit * scheme.indicators.length + indicator
}

/** Finds the cells of the entries of one list, remembering the last unit and indicator. */
export class Locator {
  readonly #place: Place
  readonly #list: EntryList
  /** the kind of indicator that has such entries */
  readonly #entry: PreparedIndicator['entry']
  #unitCode: unknown
  #unit: PreparedUnit | undefined
  #indicatorCode: unknown
  #indicator: PreparedIndicator | undefined
  /** of the unit and indicator found last; -1: none */
  #cell = -1

  constructor(place: Place, list: EntryList) {
    this.#place = place
    this.#list = list
    this.#entry = list === 'agreed' ? 'marks' : list
  }

  /** The unit and indicator found last; read them right after `cell` has found one. */
  get unit(): PreparedUnit {
    return this.#unit as PreparedUnit
  }

  get indicator(): PreparedIndicator {
    return this.#indicator as PreparedIndicator
  }

  /** The entry's cell, or -1 after reporting why it has none. */
  cell(entry: { unit: unknown; indicator: unknown }, position: number): number {
    const sameUnit = entry.unit === this.#unitCode
    // Entries of one cell mostly follow each other.
    if (this.#cell >= 0 && sameUnit && entry.indicator === this.#indicatorCode) return this.#cell
    this.#cell = -1
    const { scheme, units, unitByCode } = this.#place
    if (!sameUnit) {
      this.#unitCode = entry.unit
      const index = unitByCode.get(entry.unit as string)
      this.#unit = index === undefined ? undefined : units[index]
    }
    if (entry.indicator !== this.#indicatorCode) {
      this.#indicatorCode = entry.indicator
      this.#indicator = scheme.byCode.get(entry.indicator as string)
    }
    const unit = this.#unit
    const indicator = this.#indicator
    if (
      unit === undefined ||
      indicator === undefined ||
      indicator.entry !== this.#entry ||
      (indicator.categories !== null && !existsFor(indicator, unit.category.name)) ||
      unit.notApplicable?.has(indicator.index)
    ) {
      this.#explain(entry, position)
      return -1
    }
    this.#cell = unit.index * scheme.indicators.length + indicator.index
    return this.#cell
  }

  /** Reports what a method found wrong with an entry, at its key, naming unit and indicator. */
  report(position: number, fault: Pick<EntryFault, 'code' | 'problem' | 'key'>): void {
    const { code, problem, key } = fault
    const path = `/${this.#list}/${position}${key === '' ? '' : `/${key}`}`
    const unit = this.#unit?.unit.name ?? String(this.#unitCode)
    const indicator = this.#indicator?.name ?? String(this.#indicatorCode)
    this.#place.report(path, code, `「${unit}」的「${indicator}」${problem}`)
  }

  #explain(entry: { unit: unknown; indicator: unknown }, position: number): void {
    const { scheme, unreadUnits, report } = this.#place
    const path = `/${this.#list}/${position}`
    const word = `第 ${position + 1} 条${WORDS[this.#list]}`
    const [unit, indicator] = [this.#unit, this.#indicator]
    const there = (key: 'unit' | 'indicator') =>
      requireKey(entry, key, position, this.#list, report)
    if (!unit && there('unit') && !unreadUnits.has(entry.unit as string)) {
      const what = indicator ? `${word}(「${indicator.name}」)` : word
      report(`${path}/unit`, 'UNKNOWN_UNIT', `${what}的单位「${entry.unit}」不存在。`)
    }
    if (!indicator && there('indicator') && !scheme.unreadable.has(entry.indicator as string)) {
      const what = unit ? `「${unit.unit.name}」的${word}` : word
      const message = `${what}的指标「${entry.indicator}」不存在。`
      report(`${path}/indicator`, 'UNKNOWN_INDICATOR', message)
    }
    if (!unit || !indicator) return
    if (indicator.method.entry !== this.#entry) {
      const wanted = `不收${WORDS[this.#list]},应填${WORDS[indicator.method.entry]}。`
      this.report(position, { code: 'WRONG_ENTRY', problem: wanted, key: 'indicator' })
    } else if (!existsFor(indicator, unit.category.name)) {
      const problem = `不考核「${unit.category.name}」,请删去这条记录。`
      this.report(position, { code: 'NOT_FOR_CATEGORY', problem, key: 'indicator' })
    } else {
      const problem = '已列为不适用,不能再有记录。'
      this.report(position, { code: 'NOT_APPLICABLE', problem, key: 'indicator' })
    }
  }
}

/** How many keys an entry has. */
export function keyCount(entry: object): number {
  let count = 0
  for (const _ in entry) count += 1
  return count
}

/** 1 for a text, 0 for nothing there, NaN for anything else: sums to the number of sound optional texts. */
export function optionalText(value: unknown): number {
  return value === undefined ? 0 : typeof value === 'string' ? 1 : Number.NaN
}

/** Reports keys that an entry may not have and texts that are no text. @returns whether it is sound */
export function checkEntry(
  entry: unknown,
  position: number,
  list: EntryList,
  texts: ReadonlySet<string>,
  others: ReadonlySet<string>,
  report: Report,
): boolean {
  if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) {
    report(`/${list}/${position}`, 'NOT_AN_OBJECT', `第 ${position + 1} 条${WORDS[list]}应是对象。`)
    return false
  }
  let sound = true
  for (const key in entry) {
    const isText = texts.has(key)
    if (isText ? typeof (entry as Record<string, unknown>)[key] === 'string' : others.has(key))
      continue
    sound = false
    const path = `/${list}/${position}${pointer(key)}`
    const word = `第 ${position + 1} 条${WORDS[list]}`
    if (isText) report(path, 'WRONG_TYPE', `${word}的${keyName(key)}应是文字。`)
    else report(path, 'UNKNOWN_KEY', `${word}有不认识的键「${key}」,请删去或改正。`)
  }
  return sound
}

/** Reports a required key that is not there. @returns whether it is there */
export function requireKey(
  entry: object,
  key: string,
  position: number,
  list: EntryList,
  report: Report,
): boolean {
  if ((entry as Record<string, unknown>)[key] !== undefined) return true
  report(
    `/${list}/${position}/${key}`,
    'MISSING_KEY',
    `第 ${position + 1} 条${WORDS[list]}缺少${keyName(key)}。`,
  )
  return false
}
