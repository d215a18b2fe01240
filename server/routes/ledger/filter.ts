import { findRule, isRealDay, raisesTotal } from '../../domain/event-worth.ts'
import type { Rule } from '../../domain/scheme.ts'
import type { LedgerFilter, StoredEvent } from '../../store/events.ts'
import { findLedger, isShown, type LedgerBook } from './book.ts'

/** What a person looks for, as the address says it. */
export interface Sought {
  unit: string
  indicator: string
  /** a kind of rule, or `raise` and `lower` for what it does to the total */
  kind: string
  foundBy: string
  from: string
  to: string
  q: string
  history: boolean
}

export const KINDS: readonly (readonly [string, string])[] = [
  ['lower', '扣分'],
  ['raise', '加分'],
  ['count', '按次数'],
  ['tiers', '按情形'],
  ['range', '酌情'],
  ['excess', '按超出或不足部分'],
  ['value', '按数值'],
  ['bands', '按数值分段'],
]

type Query = Readonly<Record<string, unknown>>

export function soughtIn(query: Query): Sought {
  const text = (name: string) => {
    const value = query[name]
    return typeof value === 'string' ? value.trim() : ''
  }
  return {
    ...{ unit: text('unit'), indicator: text('indicator'), kind: text('kind') },
    ...{ foundBy: text('foundBy'), from: text('from'), to: text('to'), q: text('q') },
    history: text('history') !== '',
  }
}

/** The part of an address that says what is looked for. */
export function soughtQuery(sought: Sought): string {
  const { history, ...texts } = sought
  const query = new URLSearchParams(Object.entries(texts).filter(([, value]) => value !== ''))
  if (history) query.set('history', '1')
  return query.toString()
}

export function isNarrowed(sought: Sought): boolean {
  return soughtQuery({ ...sought, history: false }) !== ''
}

/** What the store looks for; a day that is none is left out. */
export function ledgerFilter({
  unit,
  indicator,
  foundBy,
  from,
  to,
  q,
  history,
}: Sought): LedgerFilter {
  return {
    ...(unit === '' ? {} : { unit }),
    ...(indicator === '' ? {} : { indicator }),
    ...(foundBy === '' ? {} : { foundBy }),
    ...(isRealDay(from) ? { from } : {}),
    ...(isRealDay(to) ? { to } : {}),
    ...(q === '' ? {} : { text: q }),
    history,
  }
}

/** The events that a person may see and looks for, the newest first, each before what it replaced. */
export function shownEvents(
  book: LedgerBook,
  events: readonly StoredEvent[],
  { kind }: Sought,
): StoredEvent[] {
  return events
    .filter(({ event }) => isShown(book, event.unit) && isOfKind(book, event, kind))
    .sort((a, b) => b.position - a.position)
}

function isOfKind(book: LedgerBook, event: StoredEvent['event'], kind: string): boolean {
  if (kind === '') return true
  const placed = findLedger(book, event.indicator)
  const rule: Rule | undefined = placed && findRule(placed.indicator, event.rule)
  if (!placed || !rule) return false
  if (kind === 'raise' || kind === 'lower') {
    return raisesTotal(rule, placed.section) === (kind === 'raise')
  }
  return rule.kind === kind
}
