import type { FastifyPluginAsync } from 'fastify'
import { addEvent } from '../../actions/add-event.ts'
import { beijingDate } from '../../domain/beijing-time.ts'
import { BLANK_EVENT, EVENT_LABELS, readEvent } from '../../domain/typed-event.ts'
import { AppError } from '../../errors.ts'
import { typedText } from '../../form.ts'
import { pagingOf } from '../../paging.ts'
import { accountNames } from '../../store/account-names.ts'
import { ledgerEvents } from '../../store/events.ts'
import { withdrawers } from '../../store/withdrawers.ts'
import { eventFates, ledgerBook } from './book.ts'
import { ledgerChangeRoutes } from './change-routes.ts'
import { refusedFaults, typedEvent } from './event-form.ts'
import { eventPage, openBook, placeFields, placeIn, placeToWrite } from './event-page.ts'
import { settled } from './event-view.ts'
import { ledgerFilter, shownEvents, soughtIn } from './filter.ts'
import { ledgerPath, listView } from './list-view.ts'
import { cameFrom, wayBack } from './way-back.ts'

const readers = { access: ['assessor', 'lead', 'organiser', 'auditor'] } as const
const writers = { access: ['assessor', 'lead', 'organiser'] } as const
const formConfig = { ...writers, fieldLabels: EVENT_LABELS }

interface OfCycle {
  Params: { id: string }
  Querystring: Record<string, string | undefined>
}

/** The ledger of a cycle: recorded facts to find, add, correct and withdraw; nothing is ever deleted. */
export const ledgerRoutes: FastifyPluginAsync = async (app) => {
  await app.register(ledgerChangeRoutes)

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
    const book = await openBook(app.db, request.params.id, request.actor)
    const chosen = settled(book, placeIn(book, request.query))
    const blank = { ...BLANK_EVENT, from: cameFrom(request.query.from) }
    return reply.page('ledger/event', await eventPage(app.db, book, chosen, blank))
  })

  app.post<OfCycle>('/cycles/:id/ledger', { config: formConfig }, async (request, reply) => {
    const { body, actor } = request
    const book = await ledgerBook(app.db, request.params.id, actor)
    const typed = typedEvent(body)
    const place = placeToWrite(book, placeFields(body))
    const { event, faults } = readEvent(place, typed, beijingDate(app.now()))
    if (faults.size > 0)
      return reply.page('ledger/event', await eventPage(app.db, book, place, typed, faults), 422)
    try {
      const id = await addEvent(app.db, { cycleId: book.cycle.id, event, actor, at: app.now() })
      const notice = '已记一条台账。'
      const same = new URLSearchParams({ unit: event.unit, indicator: event.indicator })
      const list = `${ledgerPath(book)}?${same}&marked=${id}#e-${id}`
      if (typedText(body, 'onward') !== 'again') {
        return reply.seeOther(wayBack(book, typed.from, place) ?? list, notice)
      }
      same.set('rule', event.rule)
      if (typed.from !== '') same.set('from', typed.from)
      return reply.seeOther(`${ledgerPath(book)}/new?${same}`, `${notice}可以接着再记一条。`)
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      const view = await eventPage(app.db, book, place, typed, refusedFaults(error))
      return reply.page('ledger/event', view, error.status)
    }
  })
}
