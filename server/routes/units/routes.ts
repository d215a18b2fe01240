import type { FastifyPluginAsync } from 'fastify'
import { addUnit } from '../../actions/add-unit.ts'
import { changeUnit } from '../../actions/change-unit.ts'
import { AppError, unitNotFound } from '../../errors.ts'
import { pagingOf } from '../../paging.ts'
import { participations } from '../../store/cycle-units.ts'
import { allCycles } from '../../store/cycles.ts'
import { evaluatedCycle } from '../../store/evaluation.ts'
import { findUnit, rosterCategories, rosterUnits } from '../../store/units.ts'
import { BLANK, FIELD_LABELS, typedUnit, unitForm } from './form.ts'
import { changeUnitView, newUnitView, unitListView } from './view.ts'

interface ByCode {
  Params: { code: string }
}

/** The roster of units (单位名册): the organiser keeps it, the auditor reads it. */
export const unitRoutes: FastifyPluginAsync = async (app) => {
  const reading = { access: ['organiser', 'auditor'] as const }
  const writing = { access: ['organiser'] as const, fieldLabels: FIELD_LABELS }

  app.get<{ Querystring: { q?: string; category?: string; page?: string } }>(
    '/units',
    { config: reading },
    async ({ query, actor }, reply) => {
      const sought = (query.q ?? '').trim()
      const category = query.category ?? ''
      const filter = { text: sought, ...(category === '' ? {} : { category }) }
      const found = await rosterUnits(app.db, filter)
      return reply.page(
        'units/list',
        unitListView({
          found,
          filter: { sought, category },
          categories: await rosterCategories(app.db),
          paging: pagingOf(query.page, found.length, 100),
          cycles: await allCycles(app.db),
          participations: await participations(app.db),
          actor,
        }),
      )
    },
  )

  app.get('/units/new', { config: writing }, async (_request, reply) =>
    reply.page('units/new', newUnitView(unitForm(BLANK, await rosterCategories(app.db)))),
  )

  app.post('/units', { config: writing }, async ({ body, actor }, reply) => {
    const unit = typedUnit(body)
    try {
      await addUnit(app.db, { unit, actor, at: app.now() })
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      const form = unitForm(unit, await rosterCategories(app.db), error)
      return reply.page('units/new', newUnitView(form), error.status)
    }
    return reply.seeOther('/units', `已新增单位「${unit.name}」。`)
  })

  app.get<ByCode>('/units/:code', { config: reading }, async ({ params, actor }, reply) => {
    const unit = await findUnit(app.db, params.code)
    if (!unit) throw unitNotFound(params.code)
    const form = unitForm(unit, await rosterCategories(app.db))
    return reply.page('units/show', changeUnitView(unit, form, await standings(unit.code), actor))
  })

  app.post<ByCode>('/units/:code', { config: writing }, async ({ params, body, actor }, reply) => {
    const present = await findUnit(app.db, params.code)
    if (!present) throw unitNotFound(params.code)
    const unit = { ...typedUnit(body), code: present.code }
    try {
      await changeUnit(app.db, { unit, actor, at: app.now() })
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      const form = unitForm(unit, await rosterCategories(app.db), error)
      const view = changeUnitView(present, form, await standings(unit.code), actor)
      return reply.page('units/show', view, error.status)
    }
    return reply.seeOther('/units', `已保存单位「${unit.name}」。`)
  })

  /** The cycles a unit takes part in, with its place in each. */
  async function standings(code: string) {
    const taking = (await participations(app.db)).filter(({ unitCode }) => unitCode === code)
    const cycles = (await allCycles(app.db)).filter(({ id }) =>
      taking.some(({ cycleId }) => cycleId === id),
    )
    const found = []
    for (const cycle of cycles) found.push(await evaluatedCycle(app.db, cycle.id))
    return found
  }
}
