import type { FastifyPluginAsync, FastifyReply } from 'fastify'
import { liftAdjustment } from '../../actions/lift-adjustment.ts'
import { liftVeto } from '../../actions/lift-veto.ts'
import { recordAdjustment } from '../../actions/record-adjustment.ts'
import { recordVeto } from '../../actions/record-veto.ts'
import type { Actor } from '../../domain/actor.ts'
import { AppError, adjustmentNotFound, cycleNotFound, vetoNotFound } from '../../errors.ts'
import { typedText } from '../../form.ts'
import { findCycle } from '../../store/cycles.ts'
import { cycleAdjustments, cycleVetoes } from '../../store/decisions.ts'
import { evaluatedCycle } from '../../store/evaluation.ts'
import { decisionEffect } from './effect.ts'
import {
  adjustmentForm,
  type Faulty,
  FIELD_LABELS,
  typedAdjustment,
  typedVeto,
  vetoForm,
} from './form.ts'
import { type Kind, liftingView } from './lifting-view.ts'
import { decisionsView } from './view.ts'

interface ById {
  Params: { id: string }
  Querystring: { effect?: string }
}

interface ByDecision {
  Params: { id: string; decision: string }
}

/** What is decided about units (一票否决, 等次调整): added and lifted with reasons, never deleted. */
export const decisionRoutes: FastifyPluginAsync = async (app) => {
  const reading = { access: ['organiser', 'auditor'] as const }
  const deciding = { access: ['organiser'] as const, fieldLabels: FIELD_LABELS }

  app.get<ById>('/cycles/:id/decisions', { config: reading }, async (request, reply) =>
    showDecisions(request.params.id, request.actor, reply, request.query.effect),
  )

  app.post<ById>(
    '/cycles/:id/vetoes',
    { config: deciding },
    async ({ params: { id }, body, actor }, reply) => {
      const typed = typedVeto(body)
      try {
        const made = await recordVeto(app.db, { cycleId: id, ...typed, actor, at: app.now() })
        return seeEffect(reply, id, made, '已记录一票否决，影响见下。')
      } catch (error) {
        return showAgain(error, id, actor, reply, (fault) => ({ veto: { typed, fault } }))
      }
    },
  )

  app.post<ById>(
    '/cycles/:id/adjustments',
    { config: deciding },
    async ({ params: { id }, body, actor }, reply) => {
      const typed = typedAdjustment(body)
      try {
        const made = await recordAdjustment(app.db, { cycleId: id, ...typed, actor, at: app.now() })
        return seeEffect(reply, id, made, '已记录等次调整，影响见下。')
      } catch (error) {
        return showAgain(error, id, actor, reply, (fault) => ({ adjustment: { typed, fault } }))
      }
    },
  )

  for (const kind of ['vetoes', 'adjustments'] as const) {
    const path = `/cycles/:id/${kind}/:decision/lifting`
    app.get<ByDecision>(path, { config: deciding }, async ({ params }, reply) =>
      reply.page('decisions/lifting', await lifting(kind, params)),
    )

    app.post<ByDecision>(path, { config: deciding }, async ({ params, body, actor }, reply) => {
      const { id: cycleId, decision } = params
      const reason = typedText(body, 'reason')
      const lift = { cycleId, reason, actor, at: app.now() }
      try {
        if (kind === 'vetoes') await liftVeto(app.db, { ...lift, vetoId: decision })
        else await liftAdjustment(app.db, { ...lift, adjustmentId: decision })
      } catch (error) {
        if (!(error instanceof AppError) || error.code !== 'CHANGE_REASON_MISSING') throw error
        return reply.page('decisions/lifting', await lifting(kind, params, error), error.status)
      }
      const done = kind === 'vetoes' ? '已解除一票否决' : '已取消等次调整'
      return seeEffect(reply, cycleId, decision, `${done}，影响见下。`)
    })
  }

  function seeEffect(reply: FastifyReply, cycleId: string, decision: string, notice: string) {
    return reply.seeOther(`/cycles/${cycleId}/decisions?effect=${decision}`, notice)
  }

  async function showAgain(
    error: unknown,
    id: string,
    actor: Actor,
    reply: FastifyReply,
    faulty: (fault: AppError) => Faulty,
  ) {
    if (!(error instanceof AppError) || error.status !== 422) throw error
    return showDecisions(id, actor, reply, undefined, faulty(error))
  }

  async function showDecisions(
    id: string,
    actor: Actor,
    reply: FastifyReply,
    effect?: string,
    faulty: Faulty = {},
  ) {
    const { evaluated, vetoes, adjustments } = await decisionsOf(id)
    const { scheme, units } = evaluated.bundle
    const view = decisionsView({
      evaluated,
      vetoes,
      adjustments,
      actor,
      effect: decisionEffect(evaluated, vetoes, adjustments, effect),
      forms: {
        veto: vetoForm(scheme, units, faulty.veto),
        adjustment: adjustmentForm(scheme, units, faulty.adjustment),
      },
    })
    const fault = faulty.veto?.fault ?? faulty.adjustment?.fault
    return reply.page('decisions/list', view, fault?.status ?? 200)
  }

  async function lifting(kind: Kind, { id, decision }: ByDecision['Params'], fault?: AppError) {
    const { evaluated, vetoes, adjustments } = await decisionsOf(id)
    const found = (kind === 'vetoes' ? vetoes : adjustments).find((each) => each.id === decision)
    if (!found || found.liftedAt !== null) {
      throw kind === 'vetoes' ? vetoNotFound() : adjustmentNotFound()
    }
    const effect = decisionEffect(evaluated, vetoes, adjustments, decision)
    return liftingView({ kind, evaluated, decided: found, effect, ...(fault && { fault }) })
  }

  async function decisionsOf(id: string) {
    if (!(await findCycle(app.db, id))) throw cycleNotFound(id)
    return {
      evaluated: await evaluatedCycle(app.db, id),
      vetoes: await cycleVetoes(app.db, id, { lifted: true }),
      adjustments: await cycleAdjustments(app.db, id, { lifted: true }),
    }
  }
}
