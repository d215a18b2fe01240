import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import { changeVisibility } from '../../actions/change-visibility.ts'
import { importBundle } from '../../actions/import-bundle.ts'
import type { Actor, Role } from '../../domain/actor.ts'
import { type AppError, cycleNotFound, FaultyEntries, visibilityMissing } from '../../errors.ts'
import { typedDocument, typedText } from '../../form.ts'
import { ownUnitsByAssessor } from '../../store/accounts.ts'
import { cycleBundle } from '../../store/bundle.ts'
import { type Cycle, cyclesOf, findCycle } from '../../store/cycles.ts'
import { evaluatedCycle } from '../../store/evaluation.ts'
import { markPaces } from '../../store/mark-progress.ts'
import { findScheme } from '../../store/schemes.ts'
import { ledTeam } from '../../store/teams.ts'
import { bundleFileName, FIELD_LABELS, newCycleView, typedVisibility } from './form.ts'
import { cycleListView } from './list-view.ts'
import { publicationRoutes } from './publication-routes.ts'
import { rehearsalRoutes } from './rehearsal-routes.ts'
import { cycleView } from './show-view.ts'
import { stageRoutes } from './stage-routes.ts'
import { successorRoutes } from './successor-routes.ts'
import { versionRoutes } from './version-routes.ts'

const INVOLVED: readonly Role[] = ['organiser', 'lead', 'assessor', 'leader', 'unit', 'auditor']
/** 120 units × 130 indicators × 9 assessors are about 10 MB. */
const UPLOAD_LIMIT = 32 * 1024 * 1024

interface ById {
  Params: { id: string }
}

/** Cycles (考核周期): where each stands, who has what to do, when it is published. */
export const cycleRoutes: FastifyPluginAsync = async (app) => {
  const reading = { access: INVOLVED }
  const organising = { access: ['organiser'] as const, fieldLabels: FIELD_LABELS }
  const importing = { ...organising, uploadLimit: UPLOAD_LIMIT }

  app.get('/cycles', { config: reading }, async ({ actor }, reply) => {
    const ownUnits = await ownUnitsByAssessor(app.db)
    const evaluated = []
    for (const cycle of await cyclesOf(app.db, actor)) {
      evaluated.push(await evaluatedCycle(app.db, cycle.id))
    }
    return reply.page('cycles/list', cycleListView(evaluated, ownUnits, actor))
  })

  app.get('/cycles/new', { config: importing }, async (_request, reply) =>
    reply.page('cycles/new', newCycleView()),
  )

  app.post('/cycles', { config: importing, bodyLimit: UPLOAD_LIMIT }, importCycle)

  async function importCycle({ body, actor }: FastifyRequest, reply: FastifyReply) {
    const typed = typedDocument(body, '考核数据包')
    if ('error' in typed) return reply.page('cycles/new', newCycleView(body, typed), 422)
    const [name, visibleFrom] = [typedText(body, 'name').trim(), typedVisibility(body)]
    const given = { ...(name && { name }), ...(visibleFrom && { visibleFrom }) }
    try {
      const bundle = typed.value
      const id = await importBundle(app.db, { bundle, ...given, actor, at: app.now() })
      return reply.seeOther(`/cycles/${id}`, '已导入，考核周期已建立，可以开始打分。')
    } catch (error) {
      if (!(error instanceof FaultyEntries)) throw error
      return reply.page('cycles/new', newCycleView(body, undefined, error.faults), 422)
    }
  }

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
