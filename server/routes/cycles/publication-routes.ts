import type { FastifyPluginAsync, FastifyReply } from 'fastify'
import { publishResult } from '../../actions/publish-result.ts'
import { withdrawPublication } from '../../actions/withdraw-publication.ts'
import { AppError, cycleNotFound, publicationUnconfirmed } from '../../errors.ts'
import { typedText } from '../../form.ts'
import { ownUnitsByAssessor } from '../../store/accounts.ts'
import { findCycle } from '../../store/cycles.ts'
import { evaluatedCycle } from '../../store/evaluation.ts'
import { FIELD_LABELS } from './form.ts'
import { publicationView } from './publication-view.ts'

interface ById {
  Params: { id: string }
}

/** Publishing a cycle's result, and taking it back: each says beforehand what it does. */
export const publicationRoutes: FastifyPluginAsync = async (app) => {
  const config = { access: ['organiser'] as const, fieldLabels: FIELD_LABELS }

  app.get<ById>('/cycles/:id/publication', { config }, async ({ params }, reply) =>
    showPublication(params.id, reply),
  )

  app.post<ById>(
    '/cycles/:id/publication',
    { config },
    async ({ params: { id }, body, actor }, reply) => {
      const revision = Number(typedText(body, 'revision'))
      try {
        if (typedText(body, 'confirmed') !== 'yes') throw publicationUnconfirmed()
        await publishResult(app.db, { cycleId: id, revision, actor, at: app.now() })
      } catch (error) {
        if (!(error instanceof AppError) || !SHOWN_AGAIN.includes(error.code)) throw error
        return showPublication(id, reply, { fault: error })
      }
      return reply.seeOther(`/cycles/${id}`, '结果已公布。各项记录不再改动。')
    },
  )

  app.post<ById>(
    '/cycles/:id/publication/withdrawal',
    { config },
    async ({ params: { id }, body, actor }, reply) => {
      const reason = typedText(body, 'reason')
      try {
        await withdrawPublication(app.db, { cycleId: id, reason, actor, at: app.now() })
      } catch (error) {
        if (!(error instanceof AppError) || error.code !== 'CHANGE_REASON_MISSING') throw error
        return showPublication(id, reply, { fault: error, reason })
      }
      return reply.seeOther(
        `/cycles/${id}`,
        '已撤回公布，现在是「公示」阶段。要改动记录，请在“阶段”页逐级退回。',
      )
    },
  )

  async function showPublication(
    id: string,
    reply: FastifyReply,
    typed: { fault?: AppError; reason?: string } = {},
  ) {
    if (!(await findCycle(app.db, id))) throw cycleNotFound(id)
    const view = publicationView(
      await evaluatedCycle(app.db, id),
      await ownUnitsByAssessor(app.db),
      typed,
    )
    return reply.page('cycles/publication', view, typed.fault?.status ?? 200)
  }
}

const SHOWN_AGAIN: readonly string[] = ['PUBLICATION_UNCONFIRMED', 'CYCLE_CHANGED']
