import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import type { Duty } from '../../domain/duty.ts'
import { recused, unitNotInCycle } from '../../errors.ts'
import { ledgerEvents } from '../../store/events.ts'
import { type Cell, fieldsOf } from './cells.ts'
import { type Desk, deskOf, ownDuties } from './desk.ts'
import { eventsPageView } from './events-page-view.ts'
import { keptLabels } from './kept.ts'
import { nextUnfinished } from './next-unfinished.ts'
import { overviewPath, overviewView, scoringPath, type Way } from './overview-view.ts'
import { findDuty, findUnit, indicatorCells, noDuty, saveForm, unitCells } from './page-cells.ts'
import { indicatorPageView, type PageState } from './page-view.ts'
import { savedNotice } from './saved-notice.ts'
import { indicatorStatements, unitStatements } from './self-statements.ts'
import { unitPageView } from './unit-page-view.ts'

const access = ['assessor', 'lead', 'organiser'] as const
const config = { access }
const formConfig = { access, fieldLabels: keptLabels }

interface OfCycle {
  Params: { id: string }
  Querystring: { by?: string; columns?: string }
}
interface ByIndicator extends OfCycle {
  Params: { id: string; code: string }
}
interface ByUnit extends OfCycle {
  Params: { id: string; unit: string }
}

/** Entering marks, values and ballots: the overview, one indicator for all units, one unit as a whole. */
export const scoringRoutes: FastifyPluginAsync = async (app) => {
  app.get<OfCycle>('/cycles/:id/scoring', { config }, async (request, reply) => {
    const desk = await deskOf(app.db, request.params.id, request.actor)
    const way: Way = request.query.by === 'unit' ? 'unit' : 'indicator'
    return reply.page('scoring/overview', overviewView(desk, way))
  })

  const byIndicator = '/cycles/:id/scoring/indicators/:code'

  app.get<ByIndicator>(byIndicator, { config }, async (request, reply) => {
    const { id, code } = request.params
    const desk = await deskOf(app.db, id, request.actor)
    const said = await indicatorStatements(app.db, desk, request.actor, code)
    const ledger = desk.ledgers.find(({ indicator }) => indicator.code === code)
    if (ledger) {
      const events = await ledgerEvents(app.db, id, { indicator: code })
      return reply.page('scoring/events', eventsPageView(desk, ledger, { events, said }))
    }
    const duty = findDuty(desk, code)
    const marksOnly = request.query.columns === 'marks'
    const view = indicatorPageView(desk, duty, indicatorCells(desk, duty), { marksOnly, said })
    return reply.page('scoring/indicator', view)
  })

  app.post<ByIndicator>(byIndicator, { config: formConfig }, async (request, reply) => {
    const { id, code } = request.params
    const before = await deskOf(app.db, id, request.actor)
    const asked = findDuty(before, code)
    const cells = indicatorCells(before, asked)
    const state = await save(request, cells, unitNotInCycle)
    const desk = await deskOf(app.db, id, request.actor)
    const duty = desk.duties.find(({ indicator }) => indicator.code === code) ?? asked
    const marksOnly = request.query.columns === 'marks'
    const now = indicatorCells(desk, duty)
    const said = await indicatorStatements(app.db, desk, request.actor, code)
    const view = indicatorPageView(desk, duty, now, { ...state, marksOnly, said })
    if (isFaulty(state)) return reply.page('scoring/indicator', view, 422)
    const notice = savedNotice(state.saving, now)
    if (!wantsNext(request)) return reply.seeOther(view.path + (view.firstEmpty ?? ''), notice)
    const all = duty.entry === 'mark' ? ownDuties(desk) : lineWork(desk)
    const next = nextUnfinished(all, duty, desk, (each) => ({ duties: [each], units: desk.units }))
    const path =
      next && `${scoringPath(desk)}/indicators/${encodeURIComponent(next.indicator.code)}`
    const mode = marksOnly ? '?columns=marks' : ''
    return onwards(reply, path && path + mode, overviewPath(desk, 'indicator'), notice)
  })

  const byUnit = '/cycles/:id/scoring/units/:unit'

  app.get<ByUnit>(byUnit, { config }, async (request, reply) => {
    const desk = await deskOf(app.db, request.params.id, request.actor)
    const unit = findUnit(desk, request.params.unit)
    const said = await unitStatements(app.db, desk, request.actor, unit.code)
    const events = await ledgerEvents(app.db, desk.cycle.id, { unit: unit.code })
    const view = unitPageView(desk, unit, unitCells(desk, unit), { said }, events)
    return reply.page('scoring/unit', view)
  })

  app.post<ByUnit>(byUnit, { config: formConfig }, async (request, reply) => {
    const before = await deskOf(app.db, request.params.id, request.actor)
    const unit = findUnit(before, request.params.unit)
    if (before.recused.has(unit.code)) throw recused(unit.name)
    const state = await save(request, unitCells(before, unit), (code) => noDuty(before, code))
    const desk = await deskOf(app.db, request.params.id, request.actor)
    const now = unitCells(desk, unit)
    const said = await unitStatements(app.db, desk, request.actor, unit.code)
    const events = await ledgerEvents(app.db, desk.cycle.id, { unit: unit.code })
    const view = unitPageView(desk, unit, now, { ...state, said }, events)
    if (isFaulty(state)) return reply.page('scoring/unit', view, 422)
    const notice = savedNotice(state.saving, now)
    if (!wantsNext(request)) return reply.seeOther(view.path, notice)
    const current = desk.units.find(({ code }) => code === unit.code)
    const duties = ownDuties(desk)
    const next = nextUnfinished(desk.units, current, desk, (each) => ({ duties, units: [each] }))
    const path = next && `${scoringPath(desk)}/units/${encodeURIComponent(next.code)}`
    return onwards(reply, path, overviewPath(desk, 'unit'), notice)
  })

  function save(
    request: FastifyRequest<ByIndicator | ByUnit>,
    cells: readonly Cell[],
    strange: (code: string) => Error,
  ) {
    const fields = fieldsOf(request.body)
    const sent = { cycleId: request.params.id, fields, actor: request.actor, at: app.now() }
    return saveForm(app.db, sent, cells, strange)
  }
}

function onwards(reply: FastifyReply, next: string | undefined, overview: string, notice: string) {
  if (next !== undefined) return reply.seeOther(next, notice)
  return reply.seeOther(overview, `${notice}没有剩下要填的了。`)
}

function isFaulty({ saving, faults = [] }: PageState): boolean {
  return (saving?.unsaved.size ?? 0) > 0 || faults.length > 0
}

function wantsNext({ body }: FastifyRequest): boolean {
  return fieldsOf(body).get('onward') === 'next'
}

function lineWork({ duties }: Desk): Duty[] {
  return duties.filter(({ entry }) => entry !== 'mark')
}
