import type { Event } from './bundle.ts'
import { Cells } from './cells.ts'
import { compare } from './decimal.ts'
import { EntryFault } from './fault.ts'
import type { LedgerEntry } from './ledger-award.ts'
import { checkEntry, Locator, type Place, requireKey } from './read-entries.ts'
import { printed } from './shape.ts'

/** One event as it counts. */
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
  const matters = new HighestOnly()
  events.forEach((event, position) => {
    if (!checkEntry(event, position, 'events', TEXTS, OTHERS, place.report)) return
    const cell = locator.cell(event, position)
    if (!requireKey(event, 'rule', position, 'events', place.report) || cell < 0) return
    const { unit, indicator } = locator
    if (indicator.method.entry !== 'events') return
    const rule = indicator.method.rules.get(event.rule)
    if (!rule) {
      const problem = `没有规则「${event.rule}」,应是${[...indicator.method.rules.keys()].join('、')}之一。`
      locator.report(position, { code: 'UNKNOWN_RULE', problem, key: 'rule' })
      return
    }
    const worth = unlistedNames(event) ?? rule.worth(event, unit.unit.measures)
    if (worth instanceof EntryFault) {
      locator.report(position, worth)
      return
    }
    cellOf[position] = cell
    const row: LedgerRow = { rule, worth, counts: true }
    rows[position] = row
    if (!event.matter) return
    const raises = (rule.sign === 'add') === (indicator.section !== 'penalty')
    const scope = place.scheme.matterScope === 'scheme' ? '' : indicator.code
    matters.enter(`${unit.index} ${raises} ${scope} ${event.matter}`, position, rows)
  })
  return { rows, cells: new Cells(count, cellOf), winner: (position) => matters.winner(position) }
}

/** Highest only (就高不重复): of the events about one matter the one worth most counts, the first on a tie. */
class HighestOnly {
  readonly #matters = new Map<string, { winner: number }>()
  readonly #matterOf = new Map<number, { winner: number }>()

  enter(key: string, position: number, rows: readonly (LedgerRow | undefined)[]): void {
    const matter = this.#matters.get(key)
    if (!matter) {
      const first = { winner: position }
      this.#matters.set(key, first)
      this.#matterOf.set(position, first)
      return
    }
    this.#matterOf.set(position, matter)
    const [held, entered] = [rows[matter.winner], rows[position]]
    if (!held || !entered) return
    const wins = compare(entered.worth, held.worth) > 0
    held.counts = !wins
    entered.counts = wins
    if (wins) matter.winner = position
  }

  /** The event that counts for the matter of the one at `position`: itself if it counts. */
  winner(position: number): number {
    return this.#matterOf.get(position)?.winner ?? position
  }
}

function unlistedNames(event: Event): EntryFault | undefined {
  for (const key of ['factors', 'surcharges'] as const) {
    const names: unknown = event[key]
    if (names === undefined) continue
    if (!Array.isArray(names) || names.some((name) => typeof name !== 'string')) {
      return new EntryFault(
        'WRONG_TYPE',
        `的「${key}」应是名称的列表,您填了 ${printed(names)}。`,
        key,
      )
    }
  }
  return undefined
}
