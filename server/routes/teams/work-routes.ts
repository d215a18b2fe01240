import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import { reopenTeam } from '../../actions/reopen-team.ts'
import { returnMark } from '../../actions/return-mark.ts'
import { submitTeam } from '../../actions/submit-team.ts'
import { withdrawReturn } from '../../actions/withdraw-return.ts'
import { AppError } from '../../errors.ts'
import { typedText } from '../../form.ts'
import { markPaces } from '../../store/mark-progress.ts'
import { cellId } from './check-view.ts'
import { soughtIn, soughtQuery } from './sought.ts'
import { teamWork } from './work.ts'
import { type WorkFault, workPath, workView } from './work-view.ts'

interface OfCycle {
  Params: { id: string }
  Querystring: Record<string, string | undefined>
}
interface OfReturn extends OfCycle {
  Params: { id: string; return: string }
}

const FIELD_LABELS = { remark: '退回的理由', reason: '撤回提交的理由' } as const

/** What a lead (组长) does for his own team: looks through its marks, gives back single ones, hands them in. */
export const teamWorkRoutes: FastifyPluginAsync = async (app) => {
  const config = { access: ['lead'] as const, fieldLabels: FIELD_LABELS }
  const path = '/cycles/:id/team'

  app.get<OfCycle>(path, { config }, async (request, reply) => show(request, reply))

  app.post<OfCycle>(`${path}/returns`, { config }, async (request, reply) => {
    const { params, body, actor } = request
    const [unit, indicator] = [typedText(body, 'unit'), typedText(body, 'indicator')]
    const [assessor, remark] = [typedText(body, 'assessor'), typedText(body, 'remark')]
    const cell = cellId({ unit, indicator, assessor })
    const codes = { unitCode: unit, indicatorCode: indicator, assessor }
    const given = { cycleId: params.id, ...codes, remark, actor, at: app.now() }
    try {
      await returnMark(app.db, given)
    } catch (error) {
      return show(request, reply, { form: 'return', error: mendable(error), cell, remark })
    }
    return reply.seeOther(
      `${backTo(request)}#${encodeURIComponent(cell)}`,
      '已退回，等考核员答复。',
    )
  })

  app.post<OfReturn>(`${path}/returns/:return/withdrawal`, { config }, async (request, reply) => {
    const { params, actor } = request
    const given = { cycleId: params.id, returnId: params.return, actor, at: app.now() }
    await withdrawReturn(app.db, given)
    return reply.seeOther(`${backTo(request)}#marks`, '已收回退回。')
  })

  app.post<OfCycle>(`${path}/submission`, { config }, async (request, reply) => {
    const { params, actor } = request
    try {
      await submitTeam(app.db, { cycleId: params.id, actor, at: app.now() })
    } catch (error) {
      return show(request, reply, { form: 'submission', error: mendable(error) })
    }
    return reply.seeOther(workPath(params), '本组的打分已提交。')
  })

  app.post<OfCycle>(`${path}/submission/withdrawal`, { config }, async (request, reply) => {
    const { params, body, actor } = request
    const reason = typedText(body, 'reason')
    try {
      await reopenTeam(app.db, { cycleId: params.id, team: null, reason, actor, at: app.now() })
    } catch (error) {
      return show(request, reply, { form: 'reopening', error: mendable(error), reason })
    }
    return reply.seeOther(workPath(params), '已撤回提交，组员又可以改动打分。')
  })

  async function show(
    { params, query, actor }: FastifyRequest<OfCycle>,
    reply: FastifyReply,
    fault?: WorkFault,
  ) {
    const work = await teamWork(app.db, params.id, actor)
    const paces = { of: await markPaces(app.db, params.id), now: app.now() }
    const view = workView({ work, paces, sought: soughtIn(query), page: query.page, fault })
    return reply.page('teams/work', view, fault?.error.status ?? 200)
  }
}

/** The page of the list that a form was on. */
function backTo({ params, query }: FastifyRequest<OfCycle>): string {
  const sought = soughtQuery(soughtIn(query))
  const page = /^\d{1,9}$/.test(query.page ?? '') ? `page=${query.page}` : ''
  const all = [sought, page].filter((each) => each !== '').join('&')
  return all === '' ? workPath(params) : `${workPath(params)}?${all}`
}

/** @throws what the person cannot mend on the page */
function mendable(error: unknown): AppError {
  if (error instanceof AppError && (error.status === 422 || error.status === 409)) return error
  throw error
}
