import type { FastifyPluginAsync, FastifyReply } from 'fastify'
import { decideResult } from '../../actions/decide-result.ts'
import type { Actor } from '../../domain/actor.ts'
import { AppError, cycleNotFound } from '../../errors.ts'
import { typedText } from '../../form.ts'
import { accountNames } from '../../store/account-names.ts'
import { findCycle } from '../../store/cycles.ts'
import { waitingDecisions } from '../../store/decisions.ts'
import { evaluatedCycle } from '../../store/evaluation.ts'
import { cycleSeals, findSealedResult } from '../../store/sealed-results.ts'
import { FIELD_LABELS, resultDecisionView, type Typed } from './view.ts'

interface ById {
  Params: { id: string }
}

/** The decision (审定) of a cycle's result: seals it, and shows what was sealed before. */
export const resultDecisionRoutes: FastifyPluginAsync = async (app) => {
  const reading = { access: ['organiser', 'auditor'] as const }
  const deciding = { access: ['organiser'] as const, fieldLabels: FIELD_LABELS }

  app.get<ById>('/cycles/:id/decision', { config: reading }, async ({ params, actor }, reply) =>
    show(params.id, actor, reply),
  )

  app.post<ById>(
    '/cycles/:id/decision',
    { config: deciding },
    async ({ params: { id }, body, actor }, reply) => {
      const typed = { reason: typedText(body, 'reason'), told: typedText(body, 'told') }
      const revision = Number(typedText(body, 'revision'))
      try {
        const at = app.now()
        const seal = await decideResult(app.db, { cycleId: id, revision, ...typed, actor, at })
        return reply.seeOther(`/cycles/${id}/decision`, `已审定，封存为第 ${seal.version} 版。`)
      } catch (error) {
        if (!(error instanceof AppError) || error.status === 403 || error.status === 404)
          throw error
        return show(id, actor, reply, { ...typed, fault: error })
      }
    },
  )

  async function show(id: string, actor: Actor, reply: FastifyReply, typed?: Typed) {
    if (!(await findCycle(app.db, id))) throw cycleNotFound(id)
    const evaluated = await evaluatedCycle(app.db, id)
    const seals = await cycleSeals(app.db, id)
    const sealed = await findSealedResult(app.db, id)
    const unconfirmed = (await waitingDecisions(app.db, id)).length
    const names = await accountNames(app.db)
    const found = { evaluated, seals, sealed, unconfirmed, names, actor, typed }
    const view = resultDecisionView(found)
    return reply.page('result-decision/show', view, typed?.fault.status ?? 200)
  }
}
