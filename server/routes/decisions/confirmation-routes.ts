import type { FastifyPluginAsync } from 'fastify'
import { confirmDecision } from '../../actions/confirm-decision.ts'
import { type DropDecision, dropDecision } from '../../actions/drop-decision.ts'
import type { Actor } from '../../domain/actor.ts'
import { AppError, decisionNotWaiting } from '../../errors.ts'
import { typedText } from '../../form.ts'
import { accountNames } from '../../store/account-names.ts'
import type { Awaited } from '../../store/decisions.ts'
import { confirmationView } from './confirmation-view.ts'
import { KINDS, type Kind } from './decision-facts.ts'
import { openDecisionOf } from './decisions-of.ts'

interface ByDecision {
  Params: { id: string; decision: string }
}

/** What the second person says to a decision or its lifting, and who entered it may take back. */
export const confirmationRoutes: FastifyPluginAsync = async (app) => {
  const config = { access: ['organiser'] as const, fieldLabels: { reason: '不予确认的理由' } }

  for (const kind of ['vetoes', 'adjustments'] as const) {
    const path = `/cycles/:id/${kind}/:decision`
    const addressed = ({ id, decision }: ByDecision['Params'], body: unknown, actor: Actor) => {
      return {
        ...{ cycleId: id, kind: KINDS[kind], id: decision, actor, at: app.now() },
        what: awaited(body),
      }
    }

    app.get<ByDecision>(`${path}/confirmation`, { config }, async ({ params, actor }, reply) =>
      reply.page('decisions/confirmation', await waiting(kind, params, actor)),
    )

    app.post<ByDecision>(`${path}/confirmation`, { config }, async (request, reply) => {
      const { params, body, actor } = request
      const address = addressed(params, body, actor)
      await confirmDecision(app.db, address)
      const done = address.what === 'record' ? '已确认，这项决定从现在起算数。' : '已确认解除。'
      return reply.seeOther(`/cycles/${params.id}/decisions?effect=${params.decision}`, done)
    })

    app.post<ByDecision>(`${path}/refusal`, { config }, async (request, reply) => {
      const { params, body, actor } = request
      const reason = typedText(body, 'reason')
      const drop: DropDecision = { ...addressed(params, body, actor), how: 'refused', reason }
      try {
        await dropDecision(app.db, drop)
      } catch (error) {
        if (!(error instanceof AppError) || error.code !== 'CHANGE_REASON_MISSING') throw error
        const view = await waiting(kind, params, actor, error)
        return reply.page('decisions/confirmation', view, error.status)
      }
      return reply.seeOther(`/cycles/${params.id}/decisions`, '没有确认，结果不变。')
    })

    app.post<ByDecision>(`${path}/withdrawal`, { config }, async (request, reply) => {
      const { params, body, actor } = request
      await dropDecision(app.db, { ...addressed(params, body, actor), how: 'withdrawn' })
      return reply.seeOther(`/cycles/${params.id}/decisions`, '已撤回，结果不变。')
    })
  }

  async function waiting(kind: Kind, params: ByDecision['Params'], actor: Actor, fault?: AppError) {
    const found = await openDecisionOf(app.db, kind, params)
    if (found.decided.waits === null) throw decisionNotWaiting()
    const names = await accountNames(app.db)
    return confirmationView({ kind, ...found, names, actor, ...(fault && { fault }) })
  }
}

/** @throws {AppError} if the form does not say what was looked at */
function awaited(body: unknown): Awaited {
  const what = typedText(body, 'what')
  if (what !== 'record' && what !== 'lift') throw decisionNotWaiting()
  return what
}
