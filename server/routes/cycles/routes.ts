import type { FastifyPluginAsync, FastifyReply } from 'fastify'
import { changeVisibility } from '../../actions/change-visibility.ts'
import type { Actor, Role } from '../../domain/actor.ts'
import { type AppError, cycleNotFound, visibilityMissing } from '../../errors.ts'
import { ownUnitsByAssessor } from '../../store/accounts.ts'
import { cycleBundle } from '../../store/bundle.ts'
import { type Cycle, cyclesOf, findCycle } from '../../store/cycles.ts'
import { evaluatedCycle } from '../../store/evaluation.ts'
import { markPaces } from '../../store/mark-progress.ts'
import { findScheme } from '../../store/schemes.ts'
import { ledTeam } from '../../store/teams.ts'
import { bundleFileName, FIELD_LABELS, typedVisibility } from './form.ts'
import { importRoutes } from './import-routes.ts'
import { cycleListView } from './list-view.ts'
import { newCycleRoutes } from './new-routes.ts'
import { publicationRoutes } from './publication-routes.ts'
import { rehearsalRoutes } from './rehearsal-routes.ts'
import { cycleView } from './show-view.ts'
import { stageRoutes } from './stage-routes.ts'
import { successorRoutes } from './successor-routes.ts'
import { versionRoutes } from './version-routes.ts'

const INVOLVED: readonly Role[] = ['organiser', 'lead', 'assessor', 'leader', 'unit', 'auditor']

interface ById {
  Params: { id: string }
}

/** Cycles (考核周期): where each stands, who has what to do, when it is published. */
export const cycleRoutes: FastifyPluginAsync = async (app) => {
  const reading = { access: INVOLVED }
  const organising = { access: ['organiser'] as const, fieldLabels: FIELD_LABELS }

  app.get('/cycles', { config: reading }, async ({ actor }, reply) => {
    const ownUnits = await ownUnitsByAssessor(app.db)
    const evaluated = []
    for (const cycle of await cyclesOf(app.db, actor)) {
      evaluated.push(await evaluatedCycle(app.db, cycle.id))
    }
    return reply.page('cycles/list', cycleListView(evaluated, ownUnits, actor))
  })

  app.get<ById>('/cycles/:id', { config: reading }, async ({ params, actor }, reply) => {
    const { id } = await findOwnCycle(params.id, actor)
    return showCycle(id, actor, reply)
  })

  app.post<ById>(
    '/cycles/:id/visibility',
    { config: organising },
    async ({ params, body, actor }, reply) => {
      const cycle = await findOwnCycle(params.id, actor)
      const visibleFrom = typedVisibility(body)
      if (!visibleFrom) return showCycle(cycle.id, actor, reply, visibilityMissing())
      await changeVisibility(app.db, { cycleId: cycle.id, visibleFrom, actor, at: app.now() })
      return reply.seeOther(`/cycles/${cycle.id}`, '已保存单位可见的时间。')
    },
  )

  app.get<ById>(
    '/cycles/:id/bundle.json',
    { config: { access: ['organiser', 'auditor'] } },
    async ({ params, actor }, reply) => {
      const cycle = await findOwnCycle(params.id, actor)
      const bundle = await cycleBundle(app.db, cycle.id)
      return reply
        .header('content-disposition', bundleFileName(cycle))
        .type('application/json; charset=utf-8')
        .send(`${JSON.stringify(bundle, null, 1)}\n`)
    },
  )

  await app.register(newCycleRoutes)
  await app.register(importRoutes)
  await app.register(publicationRoutes)
  await app.register(stageRoutes)
  await app.register(successorRoutes)
  await app.register(versionRoutes)
  await app.register(rehearsalRoutes)

  async function showCycle(id: string, actor: Actor, reply: FastifyReply, fault?: AppError) {
    const evaluated = await evaluatedCycle(app.db, id)
    const ownUnits = await ownUnitsByAssessor(app.db)
    const paces = { of: await markPaces(app.db, id), now: app.now() }
    const { cycle } = evaluated
    const latest = (await findScheme(app.db, cycle.schemeCode))?.version ?? cycle.schemeVersion
    const leads = (await ledTeam(app.db, id, actor)) !== undefined
    const shown = { evaluated, ownUnits, paces, leads, actor, latest }
    const view = cycleView({ ...shown, ...(fault && { fault }) })
    return reply.page('cycles/show', view, fault?.status ?? 200)
  }

  /** A cycle the person has to do with. @throws {AppError} for any other, as if it did not exist */
  async function findOwnCycle(id: string, actor: Actor): Promise<Cycle> {
    const cycle = await findCycle(app.db, id)
    const own = cycle && (await cyclesOf(app.db, actor)).some((each) => each.id === id)
    if (!cycle || !own) throw cycleNotFound(id)
    return cycle
  }
}
