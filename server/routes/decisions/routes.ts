import type { FastifyPluginAsync, FastifyReply } from 'fastify'
import { liftDecision } from '../../actions/lift-decision.ts'
import { recordAdjustment } from '../../actions/record-adjustment.ts'
import { recordVeto } from '../../actions/record-veto.ts'
import type { Actor } from '../../domain/actor.ts'
import { AppError, decisionWaits } from '../../errors.ts'
import { typedText } from '../../form.ts'
import { accountNames } from '../../store/account-names.ts'
import { listAccounts } from '../../store/accounts.ts'
import { confirmationRoutes } from './confirmation-routes.ts'
import { KINDS, type Kind } from './decision-facts.ts'
import { decisionsOf, openDecisionOf } from './decisions-of.ts'
import { decisionEffect } from './effect.ts'
import {
  adjustmentForm,
  type Faulty,
  FIELD_LABELS,
  typedAdjustment,
  typedVeto,
  vetoForm,
} from './form.ts'
import { liftingView } from './lifting-view.ts'
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
        return seeEffect(reply, id, made, '已记录一票否决，待另一人确认；确认后的影响见下。')
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
        return seeEffect(reply, id, made, '已记录等次调整，待另一人确认；确认后的影响见下。')
      } catch (error) {
        return showAgain(error, id, actor, reply, (fault) => ({ adjustment: { typed, fault } }))
      }
    },
  )

  await app.register(confirmationRoutes)

  for (const kind of ['vetoes', 'adjustments'] as const) {
    const path = `/cycles/:id/${kind}/:decision/lifting`
    app.get<ByDecision>(path, { config: deciding }, async ({ params }, reply) =>
      reply.page('decisions/lifting', await lifting(kind, params)),
    )

    app.post<ByDecision>(path, { config: deciding }, async ({ params, body, actor }, reply) => {
      const { id: cycleId, decision } = params
      const reason = typedText(body, 'reason')
      const lift = { cycleId, kind: KINDS[kind], id: decision, reason, actor, at: app.now() }
      try {
        await liftDecision(app.db, lift)
      } catch (error) {
        if (!(error instanceof AppError) || error.code !== 'CHANGE_REASON_MISSING') throw error
        return reply.page('decisions/lifting', await lifting(kind, params, error), error.status)
      }
      const asked = kind === 'vetoes' ? '已提出解除一票否决' : '已提出取消等次调整'
      return seeEffect(reply, cycleId, decision, `${asked}，待另一人确认；确认后的影响见下。`)
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
    const { evaluated, vetoes, adjustments } = await decisionsOf(app.db, id)
    const accounts = await listAccounts(app.db)
    const { scheme, units } = evaluated.bundle
    const view = decisionsView({
      evaluated,
      vetoes,
      adjustments,
      actor,
      names: await accountNames(app.db),
      organisers: accounts.filter(
        ({ roles, disabledAt }) => disabledAt === null && roles.includes('organiser'),
      ).length,
      effect: decisionEffect(evaluated, vetoes, adjustments, effect),
      forms: {
        veto: vetoForm(scheme, units, faulty.veto),
        adjustment: adjustmentForm(scheme, units, faulty.adjustment),
      },
    })
    const fault = faulty.veto?.fault ?? faulty.adjustment?.fault
    return reply.page('decisions/list', view, fault?.status ?? 200)
  }

  async function lifting(kind: Kind, params: ByDecision['Params'], fault?: AppError) {
    const found = await openDecisionOf(app.db, kind, params)
    if (found.decided.waits !== null) throw decisionWaits()
    return liftingView({ kind, ...found, ...(fault && { fault }) })
  }
}
