import type { FastifyPluginAsync, FastifyReply } from 'fastify'
import { discardRehearsal } from '../../actions/discard-rehearsal.ts'
import { startCycle } from '../../actions/start-cycle.ts'
import { AppError, cycleNotFound, FaultyEntries } from '../../errors.ts'
import { typedText, typedTexts } from '../../form.ts'
import { findCycle } from '../../store/cycles.ts'
import { evaluatedCycle } from '../../store/evaluation.ts'
import { findScheme } from '../../store/schemes.ts'
import { FIELD_LABELS, typedYear } from './form.ts'
import { type SuccessorTyped, successorView } from './successor-view.ts'

interface ById {
  Params: { id: string }
}

/** Starting a cycle from another one, and throwing a rehearsal away. */
export const successorRoutes: FastifyPluginAsync = async (app) => {
  const config = { access: ['organiser'] as const, fieldLabels: FIELD_LABELS }

  app.get<ById>('/cycles/:id/successor', { config }, async ({ params }, reply) =>
    showSuccessor(params.id, reply),
  )

  app.post<ById>('/cycles/:id/successor', { config }, async ({ params, body, actor }, reply) => {
    try {
      const id = await startCycle(app.db, {
        from: params.id,
        name: typedText(body, 'name'),
        year: typedYear(body),
        units: typedTexts(body, 'units'),
        assessors: typedTexts(body, 'assessors'),
        assignments: typedText(body, 'assignments') === 'yes',
        rehearsal: typedText(body, 'rehearsal') === 'yes',
        actor,
        at: app.now(),
      })
      return reply.seeOther(`/cycles/${id}`, '已新建考核周期，现在是「筹备」阶段。')
    } catch (error) {
      if (error instanceof FaultyEntries) {
        return showSuccessor(params.id, reply, { body, faults: error.faults })
      }
      if (!(error instanceof AppError) || error.status !== 422) throw error
      return showSuccessor(params.id, reply, { body, fault: error })
    }
  })

  app.post<ById>('/cycles/:id/removal', { config }, async ({ params, body, actor }, reply) => {
    const confirmed = typedText(body, 'confirmed') === 'yes'
    await discardRehearsal(app.db, { cycleId: params.id, confirmed, actor, at: app.now() })
    return reply.seeOther('/cycles', '演练已丢弃。')
  })

  async function showSuccessor(id: string, reply: FastifyReply, typed?: SuccessorTyped) {
    const cycle = await findCycle(app.db, id)
    const latest = cycle && (await findScheme(app.db, cycle.schemeCode))
    if (!latest) throw cycleNotFound(id)
    const view = successorView(await evaluatedCycle(app.db, id), latest, typed)
    return reply.page('cycles/successor', view, typed ? 422 : 200)
  }
}
