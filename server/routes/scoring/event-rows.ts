/** Facts of the ledger on scoring pages: what is recorded of a unit in an indicator, and the way to record more. */

import type { Unit } from '../../domain/bundle.ts'
import { type CellState, cellState } from '../../domain/duty.ts'
import { eventWords } from '../../domain/event-words.ts'
import { eventWorth, findRule } from '../../domain/event-worth.ts'
import { indicatorSentence } from '../../domain/indicator-sentence.ts'
import type { PlacedIndicator } from '../../domain/placed-indicators.ts'
import { closedWords } from '../../domain/stage.ts'
import type { StoredEvent } from '../../store/events.ts'
import type { Desk } from './desk.ts'
import { scoringPath } from './overview-view.ts'
import type { SelfStatement } from './self-statements.ts'

/** How many facts a row shows; the ledger has them all. */
const MOST_SHOWN = 3

export interface RecordedFacts {
  events: readonly StoredEvent[]
  /** what units say of themselves, by indicator or by unit */
  said: ReadonlyMap<string, SelfStatement>
}

/** The ledger's rows on the page of one unit. */
export function unitEventRows(desk: Desk, unit: Unit, { events, said }: RecordedFacts) {
  return desk.ledgers.flatMap((placed) => {
    const { code, name, note } = placed.indicator
    const state = cellState(placed, unit, desk.recused)
    if (state === 'absent') return []
    return {
      ...rowView(desk, placed, unit, { state, events, from: 'unit' }),
      id: `events-${code}`,
      name,
      href: `${scoringPath(desk)}/indicators/${encodeURIComponent(code)}`,
      rule: indicatorSentence(placed.indicator, placed.section),
      note: note ?? null,
      said: said.get(code) ?? null,
    }
  })
}

/** The rows of the page of one indicator of the ledger. */
export function indicatorEventRows(
  desk: Desk,
  placed: PlacedIndicator,
  { events, said }: RecordedFacts,
) {
  return desk.units.flatMap((unit) => {
    const state = cellState(placed, unit, desk.recused)
    if (state === 'absent') return []
    return {
      ...rowView(desk, placed, unit, { state, events, from: 'indicator' }),
      id: `events-${unit.code}`,
      name: unit.name,
      href: `${scoringPath(desk)}/units/${encodeURIComponent(unit.code)}`,
      said: state === 'open' ? (said.get(unit.code) ?? null) : null,
    }
  })
}

/** Why nothing can be recorded now, in words; null: it can. */
export function recordsClosed({ cycle }: Desk): string | null {
  return closedWords('record', cycle.stage)
}

const STATE_WORDS: Readonly<Partial<Record<CellState, string>>> = {
  recused: '回避',
  'not-applicable': '不适用',
}

function rowView(
  desk: Desk,
  placed: PlacedIndicator,
  unit: Unit,
  { state, events, from }: { state: CellState; events: readonly StoredEvent[]; from: string },
) {
  const { code, name } = placed.indicator
  const place = new URLSearchParams({ unit: unit.code, indicator: code })
  const ledger = `/cycles/${desk.cycle.id}/ledger`
  // The newest first: it is the one just recorded.
  const own = events
    .filter(({ event }) => event.unit === unit.code && event.indicator === code)
    .sort((a, b) => b.position - a.position)
  const open = state === 'open'
  const list = `${ledger}?${place}`
  place.set('from', from)
  return {
    quiet: STATE_WORDS[state] ?? null,
    count: own.length,
    list,
    facts: open ? own.slice(0, MOST_SHOWN).map((each) => factView(placed, unit, each)) : [],
    more: Math.max(0, own.length - MOST_SHOWN),
    add:
      open && recordsClosed(desk) === null
        ? { href: `${ledger}/new?${place}`, label: `${unit.name} ${name}` }
        : null,
  }
}

function factView({ indicator, section }: PlacedIndicator, unit: Unit, { event }: StoredEvent) {
  const rule = findRule(indicator, event.rule)
  return {
    worth: (rule && eventWorth(rule, section, event, unit)) ?? '—',
    rule: rule ? eventWords(rule, event) : event.rule,
    reason: [event.reason, event.document].filter(Boolean).join('，') || '—',
    date: event.date ?? '',
  }
}
