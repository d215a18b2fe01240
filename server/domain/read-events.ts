import type { Event } from './bundle.ts'
import { Cells } from './cells.ts'
import { compare, type Decimal, ZERO } from './decimal.ts'
import { blankEvent, copyEvent } from './event-keys.ts'
import { EntryFault } from './fault.ts'
import type { PreparedRule } from './methods/rule.ts'
import { checkEntry, Locator, type Place, requireKey } from './read-entries.ts'

/** Events by position. */
export interface EventRows {
  /** undefined where the event is faulty */
  rules: (PreparedRule | undefined)[]
  /** each event's worth in points without sign, exact */
  worths: (Decimal | undefined)[]
  /** 1: highest only lets another event about the same matter count instead */
  beaten: Uint8Array
}

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
): EventRows & { cells: Cells; winner: (position: number) => number } {
  const locator = new Locator(place, 'events')
  const cellOf = new Int32Array(events.length).fill(-1)
  const rules: (PreparedRule | undefined)[] = new Array(events.length)
  const worths: (Decimal | undefined)[] = new Array(events.length)
  const matters = new Matters(events.length)
  const event = blankEvent()
  for (let position = 0; position < events.length; position += 1) {
    const given = events[position]
    if (!copyEvent(given, event)) {
      checkEntry(given, position, 'events', TEXTS, OTHERS, place.report)
      continue
    }
    const cell = locator.cell(event, position)
    if (!requireKey(event, 'rule', position, 'events', place.report) || cell < 0) continue
    const { unit, indicator } = locator
    if (indicator.method.entry !== 'events') continue
    const rule = indicator.method.rules.get(event.rule as string)
    if (!rule) {
      const known = [...indicator.method.rules.values()]
      const wanted = known.map(({ code, name }) => `${code}(${name})`).join('、')
      const problem = `没有规则「${event.rule}」,应是下列之一:${wanted}。`
      locator.report(position, { code: 'UNKNOWN_RULE', problem, key: 'rule' })
      continue
    }
    // The interchange format asks a reason of every event, not only where the points are discretionary.
    if (!event.reason?.trim()) {
      const problem = `按规则「${rule.name}」的台账记录须写明理由(事由)。`
      locator.report(position, { code: 'MISSING_REASON', problem, key: 'reason' })
    }
    const worth = rule.worth(event, unit.unit.measures)
    if (worth instanceof EntryFault) {
      locator.report(position, worth)
      continue
    }
    cellOf[position] = cell
    rules[position] = rule
    worths[position] = worth
    if (event.matter) matters.enter(event.matter, position)
  }
  const cells = new Cells(count, cellOf)
  const rows = { rules, worths, beaten: new Uint8Array(events.length) }
  const winners = settleMatters(rows, cells, matters, place)
  return { ...rows, cells, winner: (position) => winners.get(position) ?? position }
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
 * counts, the first entered on a tie. Marks the others as beaten.
 *
 * @returns by the position of each event that does not count: the one that counts instead
 */
function settleMatters(
  { rules, worths, beaten }: EventRows,
  cells: Cells,
  matters: Matters,
  { scheme, units }: Place,
): Map<number, number> {
  const winners = new Map<number, number>()
  if (!matters.any) return winners
  const size = scheme.indicators.length
  const ledgers = scheme.indicators.filter(({ method }) => method.entry === 'events')
  const best = new Map<number, number>()
  const losers: { position: number; key: number }[] = []
  for (const { index } of units) {
    best.clear()
    losers.length = 0
    for (const indicator of ledgers) {
      const cell = index * size + indicator.index
      const count = cells.size(cell)
      for (let nth = 0; nth < count; nth += 1) {
        const position = cells.position(cell, nth)
        const matter = matters.of[position] as number
        if (matter === 0) continue
        const raises = (rules[position]?.sign === 'add') === (indicator.section !== 'penalty')
        const scope = scheme.matterScope === 'scheme' ? 0 : 1 + indicator.index
        const key = (matter * 2 + Number(raises)) * (size + 1) + scope
        const before = best.get(key)
        if (before === undefined) {
          best.set(key, position)
          continue
        }
        const more = compare(worths[position] ?? ZERO, worths[before] ?? ZERO)
        const wins = more > 0 || (more === 0 && position < before)
        if (wins) best.set(key, position)
        losers.push({ position: wins ? before : position, key })
      }
    }
    for (const { position, key } of losers) {
      beaten[position] = 1
      winners.set(position, best.get(key) ?? position)
    }
  }
  return winners
}
