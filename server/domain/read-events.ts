import type { Event } from './bundle.ts'
import { Cells } from './cells.ts'
import { compare, type Decimal } from './decimal.ts'
import { EntryFault } from './fault.ts'
import { keyName } from './key-names.ts'
import type { LedgerEntry } from './ledger-award.ts'
import { checkEntry, Locator, type Place, requireKey } from './read-entries.ts'
import { printed } from './shape.ts'

/** One event as it counts; equal ones are shared. */
export type LedgerRow = LedgerEntry

const TEXTS = new Set([
  'unit',
  'indicator',
  'rule',
  'tier',
  'matter',
  'reason',
  'document',
  'date',
  'foundBy',
])
const OTHERS = new Set(['count', 'points', 'value', 'factors', 'surcharges'])

/** Reads all events and settles which of several about one matter counts. @param count of cells */
export function readEvents(
  events: readonly Event[],
  place: Place,
  count: number,
): { rows: (LedgerRow | undefined)[]; cells: Cells; winner: (position: number) => number } {
  const locator = new Locator(place, 'events')
  const cellOf = new Int32Array(events.length).fill(-1)
  const rows: (LedgerRow | undefined)[] = new Array(events.length)
  const matters = new Matters(events.length)
  const shared = new Map<Decimal, LedgerRow>()
  events.forEach((event, position) => {
    if (!checkEntry(event, position, 'events', TEXTS, OTHERS, place.report)) return
    const cell = locator.cell(event, position)
    if (!requireKey(event, 'rule', position, 'events', place.report) || cell < 0) return
    const { unit, indicator } = locator
    if (indicator.method.entry !== 'events') return
    const rule = indicator.method.rules.get(event.rule)
    if (!rule) {
      const known = [...indicator.method.rules.values()]
      const wanted = known.map(({ code, name }) => `${code}(${name})`).join('、')
      const problem = `没有规则「${event.rule}」,应是下列之一:${wanted}。`
      locator.report(position, { code: 'UNKNOWN_RULE', problem, key: 'rule' })
      return
    }
    // The interchange format asks a reason of every event, not only where the points are discretionary.
    if (!event.reason?.trim()) {
      const problem = `按规则「${rule.name}」的台账记录须写明理由(事由)。`
      locator.report(position, { code: 'MISSING_REASON', problem, key: 'reason' })
    }
    const worth = unlistedNames(event) ?? rule.worth(event, unit.unit.measures)
    if (worth instanceof EntryFault) {
      locator.report(position, worth)
      return
    }
    cellOf[position] = cell
    // A rule gives the same number for the same tier each time; one reckoned from the event is its own.
    const given = event.count === undefined && event.value === undefined && !event.factors
    let row = given ? shared.get(worth) : undefined
    if (row?.rule !== rule) {
      row = { rule, worth, counts: true }
      if (given) shared.set(worth, row)
    }
    rows[position] = row
    if (event.matter) matters.enter(event.matter, position)
  })
  const cells = new Cells(count, cellOf)
  const winners = settleMatters(rows, cells, matters, place)
  return { rows, cells, winner: (position) => winners.get(position) ?? position }
}

/** The matters that events are about, numbered from 1. */
class Matters {
  /** by position; 0: about none */
  readonly of: Int32Array
  readonly #numbers = new Map<string, number>()

  constructor(events: number) {
    this.of = new Int32Array(events)
  }

  get any(): boolean {
    return this.#numbers.size > 0
  }

  enter(matter: string, position: number): void {
    let number = this.#numbers.get(matter)
    if (number === undefined) this.#numbers.set(matter, (number = this.#numbers.size + 1))
    this.of[position] = number
  }
}

/**
 * Highest only (就高不重复): of a unit's events about one matter in one direction the one worth most
 * counts, the first entered on a tie. Replaces the rows of the others by rows that do not count.
 *
 * @returns by the position of each event that does not count: the one that counts instead
 */
function settleMatters(
  rows: (LedgerRow | undefined)[],
  cells: Cells,
  matters: Matters,
  { scheme, units }: Place,
): Map<number, number> {
  const winners = new Map<number, number>()
  if (!matters.any) return winners
  const { indicators } = scheme
  const best = new Map<number, number>()
  const losers: [position: number, key: number][] = []
  for (const { index } of units) {
    best.clear()
    losers.length = 0
    indicators.forEach((indicator, place) => {
      const cell = index * indicators.length + place
      if (cells.size(cell) === 0) return
      const scope = scheme.matterScope === 'scheme' ? 0 : 1 + place
      for (let nth = 0; nth < cells.size(cell); nth += 1) {
        const position = cells.position(cell, nth)
        const matter = matters.of[position] as number
        const entered = rows[position]
        if (matter === 0 || !entered) continue
        const raises = (entered.rule.sign === 'add') === (indicator.section !== 'penalty')
        const key = (matter * 2 + Number(raises)) * (indicators.length + 1) + scope
        const before = best.get(key)
        const held = before === undefined ? undefined : rows[before]
        if (before === undefined || !held) {
          best.set(key, position)
          continue
        }
        const order = compare(entered.worth, held.worth) || before - position
        best.set(key, order > 0 ? position : before)
        losers.push([order > 0 ? before : position, key])
      }
    })
    for (const [position, key] of losers) {
      const row = rows[position]
      if (row) rows[position] = { ...row, counts: false }
      winners.set(position, best.get(key) ?? position)
    }
  }
  return winners
}

function unlistedNames(event: Event): EntryFault | undefined {
  if (event.factors === undefined && event.surcharges === undefined) return undefined
  for (const key of ['factors', 'surcharges'] as const) {
    const names: unknown = event[key]
    if (names === undefined) continue
    if (!Array.isArray(names) || names.some((name) => typeof name !== 'string')) {
      return new EntryFault(
        'WRONG_TYPE',
        `的${keyName(key)}应是名称的列表,您填了 ${printed(names)}。`,
        key,
      )
    }
  }
  return undefined
}
