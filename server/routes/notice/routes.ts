import type { FastifyPluginAsync, FastifyReply } from 'fastify'
import { settleNotice } from '../../actions/settle-notice.ts'
import { type Actor, hasRole, type Role } from '../../domain/actor.ts'
import { hasReached, STAGE_NAMES } from '../../domain/stage.ts'
import { AppError, cycleNotFound, noticeNotOut } from '../../errors.ts'
import { ledgerEnd } from '../../store/audit-days.ts'
import { stageDates } from '../../store/cycle-stages.ts'
import { cyclesOf } from '../../store/cycles.ts'
import { evaluatedCycle } from '../../store/evaluation.ts'
import { publicNotice } from '../../store/public-notices.ts'
import { FIELD_LABELS, type TypedNotice, typedNotice } from './form.ts'
import { noticeView } from './view.ts'

const INVOLVED: readonly Role[] = ['organiser', 'lead', 'assessor', 'leader', 'unit', 'auditor']

interface ById {
  Params: { id: string }
}

/** The public notice (公示) of a cycle's result: a draft for who runs it, for the others once it is out. */
export const noticeRoutes: FastifyPluginAsync = async (app) => {
  app.get<ById>('/cycles/:id/notice', { config: { access: INVOLVED } }, async (request, reply) =>
    show(request.params.id, request.actor, reply),
  )

  app.post<ById>(
    '/cycles/:id/notice',
    { config: { access: ['organiser'], fieldLabels: FIELD_LABELS } },
    async ({ params: { id }, body, actor }, reply) => {
      const typed = typedNotice(body)
      try {
        await settleNotice(app.db, { cycleId: id, notice: typed.notice, actor, at: app.now() })
      } catch (error) {
        if (!(error instanceof AppError) || error.status !== 422) throw error
        return show(id, actor, reply, { ...typed, fault: error })
      }
      return reply.seeOther(`/cycles/${id}/notice`, '公示的安排已保存。')
    },
  )

  async function show(id: string, actor: Actor, reply: FastifyReply, typed?: TypedNotice) {
    const cycle = (await cyclesOf(app.db, actor)).find((each) => each.id === id)
    const runs = hasRole(actor, 'organiser')
    if (!cycle || (cycle.rehearsal && !runs)) throw cycleNotFound(id)
    if (!runs && !hasReached(cycle.stage, 'notice')) {
      throw noticeNotOut(cycle.name, STAGE_NAMES[cycle.stage])
    }
    const evaluated = await evaluatedCycle(app.db, id)
    const dates = (await stageDates(app.db, id)).find(({ stage }) => stage === 'notice')
    const notice = await publicNotice(app.db, id)
    const proof = { seal: evaluated.seal, ledger: await ledgerEnd(app.db) }
    const view = noticeView({ evaluated, notice, dates, proof, runs, typed })
    return reply.page('notice/show', view, typed?.fault ? 422 : 200)
  }
}
