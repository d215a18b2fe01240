import type { FastifyPluginAsync, FastifyReply } from 'fastify'
import { assignMarks } from '../../actions/assign-marks.ts'
import { declareRecusal, liftRecusal } from '../../actions/declare-recusal.ts'
import { assignBySuggestion } from '../../actions/suggest-assignments.ts'
import type { Actor } from '../../domain/actor.ts'
import { AppError, cycleNotFound } from '../../errors.ts'
import { typedText } from '../../form.ts'
import { ownUnitsByAssessor } from '../../store/accounts.ts'
import { findCycle } from '../../store/cycles.ts'
import { evaluatedCycle } from '../../store/evaluation.ts'
import { cycleTeams } from '../../store/teams.ts'
import { assessorChoices, codesOf, indicatorChoices, unitChoices } from './choices.ts'
import { matrixOf, matrixRoutes } from './matrix-routes.ts'
import { assignmentsView, type Typed } from './view.ts'

interface ById {
  Params: { id: string }
}

const FIELD_LABELS = {
  assessors: '考核员',
  indicators: '指标',
  units: '单位',
  markers: '打分人数',
  assessor: '考核员',
  unit: '单位',
  reason: '理由',
} as const

/** Who marks what by name (分工), and who is tied to which unit (回避). */
export const assignmentRoutes: FastifyPluginAsync = async (app) => {
  const config = { access: ['organiser'] as const, fieldLabels: FIELD_LABELS }

  await app.register(matrixRoutes)

  app.post<ById>('/cycles/:id/assignments', { config }, async (request, reply) => {
    const { params, body, actor } = request
    const values = typedValues(body, ['assessors', 'indicators', 'units'])
    const how = typedText(body, 'how') === 'take' ? 'take' : 'give'
    const { bundle } = await cycleOr404(params.id)
    const chosen = {
      assessors: codesOf(
        assessorChoices(bundle.assessors, await cycleTeams(app.db, params.id)),
        values.assessors ?? '',
      ),
      indicators: codesOf(indicatorChoices(bundle.scheme), values.indicators ?? ''),
      units: codesOf(unitChoices(bundle.units), values.units ?? ''),
    }
    return write(params.id, actor, reply, { form: 'assignment', values }, async () => {
      const by = { cycleId: params.id, actor, at: app.now() }
      const count = await assignMarks(app.db, { ...by, ...chosen, how })
      return how === 'give' ? `已分给 ${count} 个打分项。` : `已收回 ${count} 个打分项。`
    })
  })

  app.post<ById>('/cycles/:id/assignments/suggestion', { config }, async (request, reply) => {
    const { params, body, actor } = request
    const values = typedValues(body, ['markers'])
    return write(params.id, actor, reply, { form: 'suggestion', values }, async () => {
      const count = await assignBySuggestion(app.db, {
        cycleId: params.id,
        markers: Number((values.markers ?? '').trim() || Number.NaN),
        replace: typedText(body, 'replace') === 'yes',
        actor,
        at: app.now(),
      })
      return `已按建议分给 ${count} 个打分项，各人的数目见下表。`
    })
  })

  app.post<ById>('/cycles/:id/recusals', { config }, async ({ params, body, actor }, reply) => {
    const values = typedValues(body, ['assessor', 'unit', 'reason'])
    return write(params.id, actor, reply, { form: 'recusal', values }, async () => {
      await declareRecusal(app.db, { ...tieOf(params.id, values), actor, at: app.now() })
      return '已登记回避。'
    })
  })

  app.post<ById>(
    '/cycles/:id/recusals/lifting',
    { config },
    async ({ params, body, actor }, reply) => {
      const values = typedValues(body, ['assessor', 'unit', 'reason'])
      return write(params.id, actor, reply, { form: 'lifting', values }, async () => {
        await liftRecusal(app.db, { ...tieOf(params.id, values), actor, at: app.now() })
        return '已解除回避；原来收回的分工不会自动恢复。'
      })
    },
  )

  /** Does what a form asks for; a refusal shows the page again with what was typed. */
  async function write(
    id: string,
    actor: Actor,
    reply: FastifyReply,
    typed: Omit<Typed, 'fault'>,
    work: () => Promise<string>,
  ) {
    try {
      const notice = await work()
      return reply.seeOther(`/cycles/${id}/assignments`, notice)
    } catch (error) {
      if (!(error instanceof AppError) || !SHOWN_AGAIN.has(error.status)) throw error
      return showAssignments(id, actor, reply, { ...typed, fault: error })
    }
  }

  async function showAssignments(id: string, actor: Actor, reply: FastifyReply, typed: Typed) {
    const evaluated = await cycleOr404(id)
    const ownUnits = await ownUnitsByAssessor(app.db)
    const { table } = await matrixOf(app.db, evaluated, { by: 'all' }, actor)
    const teams = await cycleTeams(app.db, id)
    const view = assignmentsView({ evaluated, ownUnits, teams, actor, table, typed })
    return reply.page('assignments/show', view, typed.fault.status)
  }

  async function cycleOr404(id: string) {
    if (!(await findCycle(app.db, id))) throw cycleNotFound(id)
    return evaluatedCycle(app.db, id)
  }
}

/** What the person can mend on the page. */
const SHOWN_AGAIN: ReadonlySet<number> = new Set([409, 422])

function typedValues(body: unknown, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, typedText(body, name)]))
}

/** Assessor and unit come as choices of one (`one:K1`) or as plain codes. */
function tieOf(cycleId: string, { assessor = '', unit = '', reason = '' }: Typed['values']) {
  const code = (choice: string) => choice.replace(/^one:/, '')
  return { cycleId, assessor: code(assessor), unit: code(unit), reason }
}
