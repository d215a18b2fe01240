import type { Event } from './bundle.ts'
import { Cells } from './cells.ts'
import { compare } from './decimal.ts'
import { EntryFault } from './fault.ts'
import { keyName } from './key-names.ts'
import type { LedgerEntry } from './ledger-award.ts'
import type { PreparedRule } from './methods/rule.ts'
import type { PreparedIndicator } from './prepared-scheme.ts'
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
  const matters = new HighestOnly(place, rows)
  const shared = new Map<PreparedRule, LedgerRow>()
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
    let row = shared.get(rule)
    if (row?.worth !== worth) {
      row = { rule, worth, counts: true }
      shared.set(rule, row)
    }
    rows[position] = row
    if (event.matter) matters.enter(event.matter, unit.index, indicator, position)
  })
  return {
    rows,
    cells: new Cells(count, cellOf),
    winner: (position) => matters.winner(position),
  }
}

/** Highest only (就高不重复): of the events about one matter the one worth most counts, the first on a tie. */
class HighestOnly {
  readonly #place: Place
  readonly #rows: (LedgerRow | undefined)[]
  readonly #names = new Map<string, number>()
  readonly #winners: Map<number, { winner: number }>[] = []
  readonly #matterOf = new Map<number, { winner: number }>()

  constructor(place: Place, rows: (LedgerRow | undefined)[]) {
    this.#place = place
    this.#rows = rows
  }

  enter(matter: string, unit: number, indicator: PreparedIndicator, position: number): void {
    const entered = this.#rows[position]
    if (!entered) return
    const { scheme } = this.#place
    let name = this.#names.get(matter)
    if (name === undefined) this.#names.set(matter, (name = this.#names.size))
    const raises = (entered.rule.sign === 'add') === (indicator.section !== 'penalty')
    const scope = scheme.matterScope === 'scheme' ? 0 : 1 + indicator.index
    const key = (name * 2 + Number(raises)) * (scheme.indicators.length + 1) + scope
    const ofUnit = (this.#winners[unit] ??= new Map())
    const group = ofUnit.get(key)
    if (!group) {
      const first = { winner: position }
      ofUnit.set(key, first)
      this.#matterOf.set(position, first)
      return
    }
    this.#matterOf.set(position, group)
    const held = this.#rows[group.winner]
    if (!held) return
    const wins = compare(entered.worth, held.worth) > 0
    const loser = wins ? group.winner : position
    this.#rows[loser] = { ...(wins ? held : entered), counts: false }
    if (wins) group.winner = position
  }

  /** The event that counts for the matter of the one at `position`: itself if it counts. */
  winner(position: number): number {
    return this.#matterOf.get(position)?.winner ?? position
  }
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
