import type { FastifyPluginAsync } from 'fastify'
import { addEvent } from '../../actions/add-event.ts'
import { correctEvent } from '../../actions/correct-event.ts'
import { withdrawEvent } from '../../actions/withdraw-event.ts'
import { beijingDate } from '../../domain/beijing-time.ts'
import {
  AppError,
  cycleClosed,
  eventChangedElsewhere,
  eventNotFound,
  indicatorNotInScheme,
  recused,
  ruleNotInIndicator,
  unitNotInCycle,
} from '../../errors.ts'
import { typedText } from '../../form.ts'
import { pagingOf } from '../../paging.ts'
import { accountNames } from '../../store/account-names.ts'
import { findEvent, ledgerEvents, type StoredEvent } from '../../store/events.ts'
import { withdrawers } from '../../store/withdrawers.ts'
import { eventFates, isShown, type LedgerBook, ledgerBook } from './book.ts'
import {
  BLANK_EVENT,
  type EventFaults,
  type EventPlace,
  eventForm,
  FIELD_LABELS,
  readEvent,
  refusedFaults,
  type TypedEvent,
  typedEvent,
  typedFrom,
} from './event-form.ts'
import {
  type Chosen,
  chosenIn,
  eventView,
  settled,
  wholePlace,
  withdrawalView,
} from './event-view.ts'
import { ledgerFilter, shownEvents, soughtIn } from './filter.ts'
import { ledgerPath, listView } from './list-view.ts'

const readers = { access: ['assessor', 'lead', 'organiser', 'auditor'] } as const
const writers = { access: ['assessor', 'lead', 'organiser'] } as const
const formConfig = { ...writers, fieldLabels: FIELD_LABELS }

interface OfCycle {
  Params: { id: string }
  Querystring: Record<string, string | undefined>
}
interface OfEvent extends OfCycle {
  Params: { id: string; event: string }
}

/** The ledger of a cycle: recorded facts to find, add, correct and withdraw; nothing is ever deleted. */
export const ledgerRoutes: FastifyPluginAsync = async (app) => {
  app.get<OfCycle>('/cycles/:id/ledger', { config: readers }, async (request, reply) => {
    const book = await ledgerBook(app.db, request.params.id, request.actor)
    const sought = soughtIn(request.query)
    const events = await ledgerEvents(app.db, book.cycle.id, ledgerFilter(sought))
    const found = shownEvents(book, events, sought)
    const paging = pagingOf(request.query.page, found.length)
    const shown = found.slice(paging.offset, paging.offset + paging.size)
    const units = new Set(shown.map(({ event }) => event.unit))
    const all = sought.history
      ? await ledgerEvents(app.db, book.cycle.id, { history: true })
      : found
    const view = listView({
      byId: new Map(all.map((each) => [each.id, each])),
      ...{ book, sought, found, paging, marked: request.query.marked ?? '' },
      fates: book.seesAwards ? await eventFates(app.db, book.cycle.id, units) : new Map(),
      names: await accountNames(app.db),
      withdrawnBy: sought.history ? await withdrawers(app.db, book.cycle.id) : new Map(),
    })
    return reply.page('ledger/list', view)
  })

  app.get<OfCycle>('/cycles/:id/ledger/new', { config: writers }, async (request, reply) => {
    const book = await openBook(request.params.id, request.actor)
    const chosen = settled(book, placeIn(book, request.query))
    return reply.page('ledger/event', await page(book, chosen, BLANK_EVENT))
  })

  app.post<OfCycle>('/cycles/:id/ledger', { config: formConfig }, async (request, reply) => {
    const { body, actor } = request
    const book = await ledgerBook(app.db, request.params.id, actor)
    const typed = typedEvent(body)
    const place = placeToWrite(book, placeFields(body))
    const { event, faults } = readEvent(place, typed, today())
    if (faults.size > 0)
      return reply.page('ledger/event', await page(book, place, typed, faults), 422)
    try {
      const id = await addEvent(app.db, { cycleId: book.cycle.id, event, actor, at: app.now() })
      const notice = '已记一条台账。'
      const same = new URLSearchParams({ unit: event.unit, indicator: event.indicator })
      return typedText(body, 'then') === 'again'
        ? reply.seeOther(`${ledgerPath(book)}/new?${same}`, `${notice}可以接着再记一条。`)
        : reply.seeOther(`${ledgerPath(book)}?${same}&marked=${id}#e-${id}`, notice)
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      const view = await page(book, place, typed, refusedFaults(error))
      return reply.page('ledger/event', view, error.status)
    }
  })

  const correction = '/cycles/:id/ledger/:event/correction'

  app.get<OfEvent>(correction, { config: writers }, async (request, reply) => {
    const book = await openBook(request.params.id, request.actor)
    const old = await standingEvent(book, request.params.event)
    const { unit, indicator, rule } = { ...old.event, ...request.query }
    const elsewhere = indicator !== old.event.indicator && request.query.rule === undefined
    const chosen = settled(book, placeIn(book, { unit, indicator, rule: elsewhere ? '' : rule }))
    return reply.page('ledger/event', await page(book, chosen, typedFrom(old.event), NONE, old))
  })

  app.post<OfEvent>(correction, { config: formConfig }, async (request, reply) => {
    const { body, actor } = request
    const book = await ledgerBook(app.db, request.params.id, actor)
    const old = await shownEvent(book, request.params.event)
    const typed = typedEvent(body)
    const place = placeToWrite(book, placeFields(body))
    const { event, faults } = readEvent(place, typed, today())
    if (typed.texts.changeReason.trim() === '') {
      const missing = new Map([...faults, ['changeReason', '更正台账记录须写明理由。'] as const])
      return reply.page('ledger/event', await page(book, place, typed, missing, old), 422)
    }
    if (faults.size > 0) {
      return reply.page('ledger/event', await page(book, place, typed, faults, old), 422)
    }
    try {
      const [reason, at] = [typed.texts.changeReason, app.now()]
      const write = { cycleId: book.cycle.id, eventId: old.id, event, reason, actor, at }
      const id = await correctEvent(app.db, write)
      const same = new URLSearchParams({ unit: event.unit, indicator: event.indicator })
      const list = `${ledgerPath(book)}?${same}&history=1&marked=${id}#e-${id}`
      return reply.seeOther(list, '已更正，原来的记录保留在下面。')
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      const view = await page(book, place, typed, refusedFaults(error), old)
      return reply.page('ledger/event', view, error.status)
    }
  })

  const withdrawal = '/cycles/:id/ledger/:event/withdrawal'

  app.get<OfEvent>(withdrawal, { config: writers }, async (request, reply) => {
    const book = await openBook(request.params.id, request.actor)
    const old = await standingEvent(book, request.params.event)
    return reply.page('ledger/withdrawal', withdrawalView(book, old, '', NONE))
  })

  app.post<OfEvent>(
    withdrawal,
    { config: { ...writers, fieldLabels: { reason: '撤销理由' } } },
    async (request, reply) => {
      const { actor } = request
      const book = await ledgerBook(app.db, request.params.id, actor)
      const old = await shownEvent(book, request.params.event)
      const reason = typedText(request.body, 'reason')
      try {
        const write = { cycleId: book.cycle.id, eventId: old.id, reason, actor, at: app.now() }
        await withdrawEvent(app.db, write)
      } catch (error) {
        if (!(error instanceof AppError)) throw error
        const field = error.code === 'CHANGE_REASON_MISSING' ? 'reason' : ''
        const view = withdrawalView(book, old, reason, new Map([[field, error.message]]))
        return reply.page('ledger/withdrawal', view, error.status)
      }
      const { unit, indicator } = old.event
      const place = new URLSearchParams({ unit, indicator, history: '1' })
      const list = `${ledgerPath(book)}?${place}#e-${old.id}`
      return reply.seeOther(list, '已撤销，这条记录不再计分。')
    },
  )

  function today(): string {
    return beijingDate(app.now())
  }

  /** @throws {AppError} if the ledger is closed */
  async function openBook(cycleId: string, actor: Parameters<typeof ledgerBook>[2]) {
    const book = await ledgerBook(app.db, cycleId, actor)
    if (book.readOnly === 'closed') throw cycleClosed(book.cycle.name)
    return book
  }

  /** @throws {AppError} if there is no such event, or it is about the person's own unit */
  async function shownEvent(book: LedgerBook, id: string): Promise<StoredEvent> {
    const found = await findEvent(app.db, book.cycle.id, id)
    if (!found) throw eventNotFound()
    const unit = book.units.find(({ code }) => code === found.event.unit)
    if (unit && unit.code === book.ownUnit) throw recused(unit.name)
    return found
  }

  /** @throws {AppError} also if it was corrected or withdrawn */
  async function standingEvent(book: LedgerBook, id: string): Promise<StoredEvent> {
    const found = await shownEvent(book, id)
    if (found.replacedBy === null && found.withdrawnAt === null) return found
    const { unit, placed } = placeIn(book, found.event)
    throw eventChangedElsewhere(unit?.name ?? '', placed?.indicator.name ?? '')
  }

  /** The page of one event, with its form where the place is settled. */
  async function page(
    book: LedgerBook,
    chosen: Chosen,
    typed: TypedEvent,
    faults: EventFaults = NONE,
    old?: StoredEvent,
  ) {
    const place = wholePlace(chosen)
    return eventView({
      ...{ book, chosen, old, current: old && (await successor(book, old)) },
      form: place ? eventForm(place, typed, faults, old !== undefined) : null,
      matters: place ? await mattersOf(book, place.unit.code) : [],
    })
  }

  /** What stands in the place of an event that somebody corrected meanwhile. */
  async function successor(book: LedgerBook, old: StoredEvent): Promise<StoredEvent | undefined> {
    const now = await findEvent(app.db, book.cycle.id, old.id)
    if (!now || now.replacedBy === null) return undefined
    const next = await findEvent(app.db, book.cycle.id, now.replacedBy)
    if (!next || !isShown(book, next.event.unit)) return undefined
    return next.replacedBy === null ? next : ((await successor(book, next)) ?? next)
  }

  async function mattersOf(book: LedgerBook, unit: string): Promise<string[]> {
    const events = await ledgerEvents(app.db, book.cycle.id, { unit })
    return [...new Set(events.flatMap(({ event }) => event.matter ?? []))]
  }
}

const NONE: EventFaults = new Map()

type PlaceFields = Readonly<Partial<Record<'unit' | 'indicator' | 'rule', string | undefined>>>

function placeIn(book: LedgerBook, { unit = '', indicator = '', rule = '' }: PlaceFields): Chosen {
  return chosenIn(book, { unit, indicator, rule })
}

/** @throws {AppError} if the form names nothing that is there, or the person's own unit */
function placeToWrite(book: LedgerBook, fields: PlaceFields): EventPlace {
  const { unit, placed, rule } = placeIn(book, fields)
  if (!unit) throw unitNotInCycle(fields.unit ?? '')
  if (!placed) throw indicatorNotInScheme(fields.indicator ?? '')
  if (unit.code === book.ownUnit) throw recused(unit.name)
  if (!rule) throw ruleNotInIndicator(placed.indicator.name, fields.rule ?? '')
  return { unit, placed, rule }
}

function placeFields(body: unknown): PlaceFields {
  const [unit = '', indicator = '', rule = ''] = ['unit', 'indicator', 'rule'].map((name) =>
    typedText(body, name),
  )
  return { unit, indicator, rule }
}
