import type { FastifyPluginAsync, FastifyReply } from 'fastify'
import { answerReturn } from '../../actions/answer-return.ts'
import type { Actor } from '../../domain/actor.ts'
import { AppError, cycleNotFound, notAnAssessor } from '../../errors.ts'
import { typedText } from '../../form.ts'
import { findAssessor } from '../../store/assessors.ts'
import { recusedUnits } from '../../store/assignments.ts'
import { cycleUnits } from '../../store/cycle-units.ts'
import { findCycle } from '../../store/cycles.ts'
import { markReturns } from '../../store/mark-returns.ts'
import { assessorMarks } from '../../store/marks.ts'
import { findScheme } from '../../store/schemes.ts'
import { type AnswerFault, returnsView } from './returns-view.ts'

interface OfCycle {
  Params: { id: string }
}
interface OfReturn {
  Params: { id: string; return: string }
}

/** What was given back to an assessor, and his answers. */
export const returnRoutes: FastifyPluginAsync = async (app) => {
  const config = { access: ['assessor', 'lead'] as const, fieldLabels: { words: '答复' } }
  const path = '/cycles/:id/returns'

  app.get<OfCycle>(path, { config }, async ({ params, actor }, reply) =>
    show(params.id, actor, reply),
  )

  app.post<OfReturn>(
    `${path}/:return/answer`,
    { config },
    async ({ params, body, actor }, reply) => {
      const words = typedText(body, 'words')
      const given = { cycleId: params.id, returnId: params.return, words, actor, at: app.now() }
      try {
        await answerReturn(app.db, given)
      } catch (error) {
        if (!(error instanceof AppError) || error.status !== 422) throw error
        return show(params.id, actor, reply, { id: params.return, words, error })
      }
      return reply.seeOther(`/cycles/${params.id}/returns`, '已答复。')
    },
  )

  async function show(id: string, actor: Actor, reply: FastifyReply, fault?: AnswerFault) {
    const cycle = await findCycle(app.db, id)
    const stored = cycle && (await findScheme(app.db, cycle.schemeCode, cycle.schemeVersion))
    if (!cycle || !stored) throw cycleNotFound(id)
    const { assessorCode: code } = actor
    const assessor = code === null ? undefined : await findAssessor(app.db, id, code)
    if (!assessor) throw notAnAssessor(cycle.name)
    const view = returnsView({
      ...{ cycle, scheme: stored.scheme, fault },
      units: await cycleUnits(app.db, id),
      recused: await recusedUnits(app.db, id, actor),
      returns: await markReturns(app.db, id, [assessor.code]),
      marks: await assessorMarks(app.db, { cycleId: id, assessor: assessor.code }),
    })
    return reply.page('teams/returns', view, fault?.error.status ?? 200)
  }
}
