import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import type { Unit } from '../../domain/bundle.ts'
import type { Duty } from '../../domain/duty.ts'
import {
  type AppError,
  indicatorNotInScheme,
  markNotYours,
  notAnAssessor,
  recused,
  unitNotInCycle,
} from '../../errors.ts'
import { accountNames } from '../../store/account-names.ts'
import { type Cell, cellsOf, fieldsOf, strangeKeys, typedCells } from './cells.ts'
import { type Desk, deskOf, ownDuties } from './desk.ts'
import { keptLabels } from './kept.ts'
import { overviewPath, overviewView, scoringPath, type Way } from './overview-view.ts'
import { indicatorPageView, nextUnfinished, type PageState, unitPageView } from './page-view.ts'
import { type Saving, saveCells } from './save.ts'
import { savedNotice } from './saved-notice.ts'

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
    if (desk.ledgers.some(({ indicator }) => indicator.code === code)) {
      return reply.redirect(`/cycles/${id}/ledger?indicator=${encodeURIComponent(code)}`, 303)
    }
    const duty = findDuty(desk, code)
    const marksOnly = request.query.columns === 'marks'
    const view = indicatorPageView(desk, duty, indicatorCells(desk, duty), { marksOnly })
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
    const view = indicatorPageView(desk, duty, now, { ...state, marksOnly })
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
    return reply.page('scoring/unit', unitPageView(desk, unit, unitCells(desk, unit)))
  })

  app.post<ByUnit>(byUnit, { config: formConfig }, async (request, reply) => {
    const before = await deskOf(app.db, request.params.id, request.actor)
    const unit = findUnit(before, request.params.unit)
    if (before.recused.has(unit.code)) throw recused(unit.name)
    const state = await save(request, unitCells(before, unit), (code) => noDuty(before, code))
    const desk = await deskOf(app.db, request.params.id, request.actor)
    const now = unitCells(desk, unit)
    const view = unitPageView(desk, unit, now, state)
    if (isFaulty(state)) return reply.page('scoring/unit', view, 422)
    const notice = savedNotice(state.saving, now)
    if (!wantsNext(request)) return reply.seeOther(view.path, notice)
    const current = desk.units.find(({ code }) => code === unit.code)
    const duties = ownDuties(desk)
    const next = nextUnfinished(desk.units, current, desk, (each) => ({ duties, units: [each] }))
    const path = next && `${scoringPath(desk)}/units/${encodeURIComponent(next.code)}`
    return onwards(reply, path, overviewPath(desk, 'unit'), notice)
  })

  /** Saves what the form brings for these cells; what is not among them is a fault of the form. */
  async function save(
    request: FastifyRequest<ByIndicator | ByUnit>,
    cells: readonly Cell[],
    strange: (code: string) => Error,
  ): Promise<PageState & { saving: Saving }> {
    const fields = fieldsOf(request.body)
    const saving = await saveCells(app.db, {
      cycleId: request.params.id,
      cells: typedCells(cells, fields),
      ...{ fields, actor: request.actor, at: app.now() },
    })
    const faults = strangeKeys(cells, fields).map((key) => strange(key).message)
    const changed = [...saving.unsaved.values()].some(({ conflict }) => conflict)
    return { saving, faults, names: changed ? await accountNames(app.db) : new Map() }
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

/** @throws {AppError} if there is no such indicator, or it is not his to fill in */
function findDuty(desk: Desk, code: string): Duty {
  const duty = desk.duties.find(({ indicator }) => indicator.code === code)
  if (!duty) throw noDuty(desk, code)
  return duty
}

/** Why a person does not fill in an indicator. */
function noDuty({ others, marking, assessor, cycle }: Desk, code: string): AppError {
  const other = others.find(({ indicator }) => indicator.code === code)
  if (!other) return indicatorNotInScheme(code)
  return marking && !assessor ? notAnAssessor(cycle.name) : markNotYours(other.indicator.name)
}

function findUnit({ units }: Desk, code: string): Unit {
  const unit = units.find((each) => each.code === code)
  if (!unit) throw unitNotInCycle(code)
  return unit
}

function indicatorCells(desk: Desk, duty: Duty): Cell[] {
  const places = desk.units.map((unit) => ({ unit, duty }))
  return cellsOf(desk, places, ({ unit }) => unit.code)
}

function unitCells(desk: Desk, unit: Unit): Cell[] {
  if (desk.recused.has(unit.code)) return []
  const places = desk.duties.map((duty) => ({ unit, duty }))
  return cellsOf(desk, places, ({ duty }) => duty.indicator.code)
}
