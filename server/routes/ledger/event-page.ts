/** What the pages that change the ledger have in common: where a fact goes, and which event is meant. */

import type { Actor } from '../../domain/actor.ts'
import type { EventFaults, EventPlace, TypedEvent } from '../../domain/typed-event.ts'
import {
  eventChangedElsewhere,
  eventNotFound,
  indicatorNotInScheme,
  recused,
  ruleNotInIndicator,
  stageNotOpen,
  unitNotInCycle,
} from '../../errors.ts'
import { typedText } from '../../form.ts'
import type { Database } from '../../store/database.ts'
import { findEvent, ledgerEvents, type StoredEvent } from '../../store/events.ts'
import { isShown, type LedgerBook, ledgerBook } from './book.ts'
import { eventForm } from './event-fields.ts'
import { type Chosen, chosenIn, eventView, wholePlace } from './event-view.ts'
import type { CameFrom } from './way-back.ts'

export const NO_FAULTS: EventFaults = new Map()

export type PlaceFields = Readonly<
  Partial<Record<'unit' | 'indicator' | 'rule', string | undefined>>
>

export function placeIn(
  book: LedgerBook,
  { unit = '', indicator = '', rule = '' }: PlaceFields,
): Chosen {
  return chosenIn(book, { unit, indicator, rule })
}

/** @throws {AppError} if the form names nothing that is there, or the person's own unit */
export function placeToWrite(book: LedgerBook, fields: PlaceFields): EventPlace {
  const { unit, placed, rule } = placeIn(book, fields)
  if (!unit) throw unitNotInCycle(fields.unit ?? '')
  if (!placed) throw indicatorNotInScheme(fields.indicator ?? '')
  if (book.recused.has(unit.code)) throw recused(unit.name)
  if (!rule) throw ruleNotInIndicator(placed.indicator.name, fields.rule ?? '')
  return { unit, placed, rule }
}

export function placeFields(body: unknown): PlaceFields {
  const [unit = '', indicator = '', rule = ''] = ['unit', 'indicator', 'rule'].map((name) =>
    typedText(body, name),
  )
  return { unit, indicator, rule }
}

/** @throws {AppError} if the ledger is closed */
export async function openBook(db: Database, cycleId: string, actor: Actor): Promise<LedgerBook> {
  const book = await ledgerBook(db, cycleId, actor)
  if (book.readOnly !== null && book.readOnly !== 'reader') {
    throw stageNotOpen(book.cycle.name, book.readOnly.closed)
  }
  return book
}

/** @throws {AppError} if there is no such event, or it is about the person's own unit */
export async function shownEvent(db: Database, book: LedgerBook, id: string): Promise<StoredEvent> {
  const found = await findEvent(db, book.cycle.id, id)
  const unit = found && book.units.find(({ code }) => code === found.event.unit)
  // As if it were not there: another team's is no business of his.
  if (!found || !unit) throw eventNotFound()
  if (book.recused.has(unit.code)) throw recused(unit.name)
  return found
}

/** @throws {AppError} also if it was corrected or withdrawn */
export async function standingEvent(
  db: Database,
  book: LedgerBook,
  id: string,
): Promise<StoredEvent> {
  const found = await shownEvent(db, book, id)
  if (found.replacedBy === null && found.withdrawnAt === null) return found
  const { unit, placed } = placeIn(book, found.event)
  throw eventChangedElsewhere(unit?.name ?? '', placed?.indicator.name ?? '')
}

/** The page of one event, with its form where the place is settled. */
export async function eventPage(
  db: Database,
  book: LedgerBook,
  chosen: Chosen,
  typed: TypedEvent & { from?: CameFrom },
  faults: EventFaults = NO_FAULTS,
  old?: StoredEvent,
) {
  const place = wholePlace(chosen)
  return eventView({
    ...{
      book,
      chosen,
      from: typed.from ?? '',
      old,
      current: old && (await successor(db, book, old)),
    },
    form: place ? eventForm(place, typed, faults, old !== undefined) : null,
    matters: place ? await mattersOf(db, book, place.unit.code) : [],
  })
}

/** What stands in the place of an event that somebody corrected meanwhile. */
async function successor(
  db: Database,
  book: LedgerBook,
  old: StoredEvent,
): Promise<StoredEvent | undefined> {
  const now = await findEvent(db, book.cycle.id, old.id)
  if (!now || now.replacedBy === null) return undefined
  const next = await findEvent(db, book.cycle.id, now.replacedBy)
  if (!next || !isShown(book, next.event.unit)) return undefined
  return next.replacedBy === null ? next : ((await successor(db, book, next)) ?? next)
}

async function mattersOf(db: Database, book: LedgerBook, unit: string): Promise<string[]> {
  const events = await ledgerEvents(db, book.cycle.id, { unit })
  return [...new Set(events.flatMap(({ event }) => event.matter ?? []))]
}
