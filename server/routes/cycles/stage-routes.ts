import type { FastifyPluginAsync, FastifyReply } from 'fastify'
import { moveStage } from '../../actions/move-stage.ts'
import { planStages } from '../../actions/plan-stages.ts'
import { STAGE_NAMES, STAGES, stageMoves } from '../../domain/stage.ts'
import { AppError, cycleNotFound } from '../../errors.ts'
import { typedText } from '../../form.ts'
import { ownUnitsByAssessor } from '../../store/accounts.ts'
import { type StageDates, stageDates } from '../../store/cycle-stages.ts'
import { findCycle } from '../../store/cycles.ts'
import { waitingDecisions } from '../../store/decisions.ts'
import { evaluatedCycle } from '../../store/evaluation.ts'
import { cycleSelfAssessments } from '../../store/self-assessments.ts'
import { FIELD_LABELS } from './form.ts'
import { type StageFault, stageView } from './stage-view.ts'
import { teamLines } from './team-lines.ts'

interface ById {
  Params: { id: string }
}

/** A cycle's stages: when each is planned, on to the next, back to the one before. */
export const stageRoutes: FastifyPluginAsync = async (app) => {
  const config = { access: ['organiser'] as const, fieldLabels: FIELD_LABELS }

  app.get<ById>('/cycles/:id/stage', { config }, async ({ params }, reply) =>
    showStages(params.id, reply),
  )

  app.post<ById>(
    '/cycles/:id/stage',
    { config },
    async ({ params: { id }, body, actor }, reply) => {
      const cycle = await findCycle(app.db, id)
      const to = STAGES.find((stage) => stage === typedText(body, 'to'))
      if (!cycle || !to) throw cycleNotFound(id)
      const reason = typedText(body, 'reason')
      const confirmed = typedText(body, 'confirmed') === 'yes'
      const revision = Number(typedText(body, 'revision'))
      const form = to === stageMoves(cycle.stage).back ? 'back' : 'forward'
      try {
        const move = { cycleId: id, to, reason, confirmed, revision, actor, at: app.now() }
        await moveStage(app.db, move)
      } catch (error) {
        if (!(error instanceof AppError)) throw error
        return showStages(id, reply, { fault: error, form, reason })
      }
      return reply.seeOther(`/cycles/${id}/stage`, `现在是「${STAGE_NAMES[to]}」阶段。`)
    },
  )

  app.post<ById>(
    '/cycles/:id/stage/dates',
    { config },
    async ({ params: { id }, body, actor }, reply) => {
      const dates = typedDates(body)
      try {
        await planStages(app.db, { cycleId: id, dates, actor, at: app.now() })
      } catch (error) {
        if (!(error instanceof AppError) || error.status !== 422) throw error
        return showStages(id, reply, { fault: error, form: 'dates', dates })
      }
      return reply.seeOther(`/cycles/${id}/stage`, '各阶段的日期已保存。')
    },
  )

  async function showStages(id: string, reply: FastifyReply, typed?: StageFault) {
    if (!(await findCycle(app.db, id))) throw cycleNotFound(id)
    const evaluated = await evaluatedCycle(app.db, id)
    const ownUnits = await ownUnitsByAssessor(app.db)
    const staged = {
      evaluated,
      ownUnits,
      teams: await teamLines(app.db, evaluated, ownUnits),
      unconfirmed: (await waitingDecisions(app.db, id)).map(({ decision: { unit } }) => {
        return evaluated.bundle.units.find(({ code }) => code === unit)?.name ?? unit
      }),
      dates: await stageDates(app.db, id),
      assessments: await cycleSelfAssessments(app.db, id),
    }
    const view = stageView(staged, typed)
    return reply.page('cycles/stage', view, typed?.fault.status ?? 200)
  }
}

function typedDates(body: unknown): StageDates[] {
  const day = (name: string) => typedText(body, name).trim() || null
  return STAGES.map((stage) => {
    return { stage, startsOn: day(`starts/${stage}`), endsOn: day(`ends/${stage}`) }
  })
}
