import type { FastifyPluginAsync, FastifyReply } from 'fastify'
import { addAssessor } from '../../actions/add-assessor.ts'
import { changeAssessor } from '../../actions/change-assessor.ts'
import { removeAssessor } from '../../actions/remove-assessor.ts'
import type { Actor } from '../../domain/actor.ts'
import { assessorNotInCycle } from '../../errors.ts'
import { typedText } from '../../form.ts'
import { assessorEntryCounts } from '../../store/cycle-roster.ts'
import { type AssessorFault, assessorsView, assessorView, typedAssessor } from './assessor-view.ts'
import { mendable, rosterPage } from './roster-page.ts'

interface ById {
  Params: { id: string }
}

interface ByCode {
  Params: { id: string; code: string }
}

const FIELD_LABELS = { code: '代码', name: '姓名', group: '评价主体' } as const

/** The assessors of one cycle: taken in, renamed, taken out. */
export const cycleAssessorRoutes: FastifyPluginAsync = async (app) => {
  const reading = { access: ['organiser', 'auditor'] as const }
  const config = { access: ['organiser'] as const, fieldLabels: FIELD_LABELS }

  app.get<ById>('/cycles/:id/assessors', { config: reading }, async ({ params, actor }, reply) =>
    showAssessors(params.id, actor, reply),
  )

  app.post<ById>('/cycles/:id/assessors', { config }, async ({ params, body, actor }, reply) => {
    const typed = typedAssessor(body)
    try {
      await addAssessor(app.db, { cycleId: params.id, ...typed, actor, at: app.now() })
    } catch (error) {
      return showAssessors(params.id, actor, reply, { fault: mendable(error), typed })
    }
    return reply.seeOther(`/cycles/${params.id}/assessors`, `已增加考核员「${typed.name}」。`)
  })

  app.get<ByCode>(
    '/cycles/:id/assessors/:code',
    { config: reading },
    async ({ params, actor }, reply) => showAssessor(params, actor, reply),
  )

  app.post<ByCode>(
    '/cycles/:id/assessors/:code',
    { config },
    async ({ params, body, actor }, reply) => {
      const typed = { ...typedAssessor(body), code: params.code }
      let taken: number
      try {
        const change = { cycleId: params.id, ...typed, actor, at: app.now() }
        taken = await changeAssessor(app.db, change)
      } catch (error) {
        return showAssessor(params, actor, reply, { fault: mendable(error), typed })
      }
      const gone = taken === 0 ? '' : `；新的评价主体不打的 ${taken} 项分工已收回`
      return reply.seeOther(`/cycles/${params.id}/assessors`, `已保存「${typed.name}」${gone}。`)
    },
  )

  app.post<ByCode>(
    '/cycles/:id/assessors/:code/removal',
    { config },
    async ({ params: { id, code }, body, actor }, reply) => {
      const confirmed = typedText(body, 'confirmed') === 'yes'
      try {
        await removeAssessor(app.db, { cycleId: id, code, confirmed, actor, at: app.now() })
      } catch (error) {
        return showAssessor({ id, code }, actor, reply, { fault: mendable(error) })
      }
      return reply.seeOther(`/cycles/${id}/assessors`, '考核员已移出本周期，账号不变。')
    },
  )

  async function showAssessors(
    id: string,
    actor: Actor,
    reply: FastifyReply,
    fault?: AssessorFault,
  ) {
    const page = await rosterPage(app.db, { id, actor, work: 'staff' })
    const counts = await assessorEntryCounts(app.db, id)
    const view = assessorsView({ page, counts, ...(fault && { fault }) })
    return reply.page('cycle-roster/assessors', view, fault?.fault.status ?? 200)
  }

  async function showAssessor(
    { id, code }: ByCode['Params'],
    actor: Actor,
    reply: FastifyReply,
    fault?: AssessorFault,
  ) {
    const page = await rosterPage(app.db, { id, actor, work: 'staff' })
    const assessor = page.bundle.assessors.find((each) => each.code === code)
    if (!assessor) throw assessorNotInCycle(code)
    const counts = await assessorEntryCounts(app.db, id)
    const view = assessorView({ page, assessor, counts, ...(fault && { fault }) })
    return reply.page('cycle-roster/assessor', view, fault?.fault.status ?? 200)
  }
}
