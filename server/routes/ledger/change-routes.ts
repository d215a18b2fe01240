import type { FastifyPluginAsync } from 'fastify'
import { correctEvent } from '../../actions/correct-event.ts'
import { withdrawEvent } from '../../actions/withdraw-event.ts'
import { beijingDate } from '../../domain/beijing-time.ts'
import { EVENT_LABELS, readEvent, typedFrom } from '../../domain/typed-event.ts'
import { AppError } from '../../errors.ts'
import { typedText } from '../../form.ts'
import { ledgerBook } from './book.ts'
import { refusedFaults, typedEvent } from './event-form.ts'
import {
  eventPage,
  NO_FAULTS,
  openBook,
  placeFields,
  placeIn,
  placeToWrite,
  shownEvent,
  standingEvent,
} from './event-page.ts'
import { settled, withdrawalView } from './event-view.ts'
import { ledgerPath } from './list-view.ts'

const config = { access: ['assessor', 'lead', 'organiser'] } as const
const formConfig = { ...config, fieldLabels: EVENT_LABELS }

interface OfEvent {
  Params: { id: string; event: string }
  Querystring: Record<string, string | undefined>
}

/** Correcting and withdrawing a recorded fact; the old record always stays. */
export const ledgerChangeRoutes: FastifyPluginAsync = async (app) => {
  const correction = '/cycles/:id/ledger/:event/correction'

  app.get<OfEvent>(correction, { config }, async (request, reply) => {
    const book = await openBook(app.db, request.params.id, request.actor)
    const old = await standingEvent(app.db, book, request.params.event)
    const { unit, indicator, rule } = { ...old.event, ...request.query }
    const elsewhere = indicator !== old.event.indicator && request.query.rule === undefined
    const chosen = settled(book, placeIn(book, { unit, indicator, rule: elsewhere ? '' : rule }))
    return reply.page(
      'ledger/event',
      await eventPage(app.db, book, chosen, typedFrom(old.event), NO_FAULTS, old),
    )
  })

  app.post<OfEvent>(correction, { config: formConfig }, async (request, reply) => {
    const { body, actor } = request
    const book = await ledgerBook(app.db, request.params.id, actor)
    const old = await shownEvent(app.db, book, request.params.event)
    const typed = typedEvent(body)
    const place = placeToWrite(book, placeFields(body))
    const { event, faults } = readEvent(place, typed, beijingDate(app.now()))
    if (typed.texts.changeReason.trim() === '') {
      const missing = new Map([...faults, ['changeReason', '更正台账记录须写明理由。'] as const])
      return reply.page(
        'ledger/event',
        await eventPage(app.db, book, place, typed, missing, old),
        422,
      )
    }
    if (faults.size > 0) {
      return reply.page(
        'ledger/event',
        await eventPage(app.db, book, place, typed, faults, old),
        422,
      )
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
      const view = await eventPage(app.db, book, place, typed, refusedFaults(error), old)
      return reply.page('ledger/event', view, error.status)
    }
  })

  const withdrawal = '/cycles/:id/ledger/:event/withdrawal'

  app.get<OfEvent>(withdrawal, { config }, async (request, reply) => {
    const book = await openBook(app.db, request.params.id, request.actor)
    const old = await standingEvent(app.db, book, request.params.event)
    return reply.page('ledger/withdrawal', withdrawalView(book, old, '', NO_FAULTS))
  })

  app.post<OfEvent>(
    withdrawal,
    { config: { ...config, fieldLabels: { reason: '撤销理由' } } },
    async (request, reply) => {
      const { actor } = request
      const book = await ledgerBook(app.db, request.params.id, actor)
      const old = await shownEvent(app.db, book, request.params.event)
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
}
