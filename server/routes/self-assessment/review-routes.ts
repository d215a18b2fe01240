import type { FastifyPluginAsync, FastifyReply } from 'fastify'
import { returnSelfAssessment } from '../../actions/return-self-assessment.ts'
import type { Actor } from '../../domain/actor.ts'
import { maySeeEvidence, readsAll } from '../../domain/self-assessment.ts'
import { AppError, cycleNotFound, notAnAssessor, recused, unitNotInCycle } from '../../errors.ts'
import { typedText } from '../../form.ts'
import { accountNames } from '../../store/account-names.ts'
import { findAssessor } from '../../store/assessors.ts'
import { recusedUnits } from '../../store/assignments.ts'
import { cycleUnits } from '../../store/cycle-units.ts'
import { findCycle } from '../../store/cycles.ts'
import { cycleEvidence } from '../../store/evidence.ts'
import { findScheme } from '../../store/schemes.ts'
import { cycleSelfAssessments, isHandedOver, selfMarks } from '../../store/self-assessments.ts'
import { isReached, reachOf } from '../../store/teams.ts'
import { overviewView } from './overview-view.ts'
import { reviewView } from './review-view.ts'
import { subjectOf } from './subject.ts'

interface ById {
  Params: { id: string }
}
interface ByUnit {
  Params: { id: string; unit: string }
}

const FIELD_LABELS = { remark: '退回的理由' }

/** What units say of themselves, for those who run the cycle: how far they are, and giving it back. */
export const reviewRoutes: FastifyPluginAsync = async (app) => {
  const reading = { access: ['organiser', 'lead', 'auditor'] as const }
  const returning = { access: ['organiser', 'lead'] as const, fieldLabels: FIELD_LABELS }
  const path = '/cycles/:id/self-assessments'

  app.get<ById>(path, { config: reading }, async ({ params: { id }, actor }, reply) => {
    const cycle = await findCycle(app.db, id)
    const stored = cycle && (await findScheme(app.db, cycle.schemeCode, cycle.schemeVersion))
    if (!cycle || !stored) throw cycleNotFound(id)
    await assertInvolved(actor, cycle)
    const reach = await reachOf(app.db, id, actor)
    const view = overviewView({
      ...{ cycle, scheme: stored.scheme, actor },
      recused: await recusedUnits(app.db, id, actor),
      units: (await cycleUnits(app.db, id)).filter(({ code }) => isReached(reach, code)),
      assessments: await cycleSelfAssessments(app.db, id),
      marks: await selfMarks(app.db, id),
      evidence: (await cycleEvidence(app.db, id)).filter(({ unit }) => isReached(reach, unit)),
      names: await accountNames(app.db),
    })
    return reply.page('self-assessment/overview', view)
  })

  app.get<ByUnit>(`${path}/:unit`, { config: reading }, async ({ params, actor }, reply) =>
    show(params, actor, reply),
  )

  app.post<ByUnit>(`${path}/:unit/returns`, { config: returning }, async (request, reply) => {
    const { params, body, actor } = request
    const [remark, version] = [typedText(body, 'remark'), Number(typedText(body, 'version'))]
    const given = { cycleId: params.id, unitCode: params.unit, remark, version }
    try {
      await returnSelfAssessment(app.db, { ...given, actor, at: app.now() })
    } catch (error) {
      if (!(error instanceof AppError) || !SHOWN_AGAIN.includes(error.code)) throw error
      return show(params, actor, reply, { error, remark })
    }
    return reply.seeOther(
      `/cycles/${params.id}/self-assessments`,
      '已退回，单位可以修改后重新提交。',
    )
  })

  async function show(
    { id, unit }: ByUnit['Params'],
    actor: Actor,
    reply: FastifyReply,
    fault?: { error: AppError; remark: string },
  ) {
    const reached = isReached(await reachOf(app.db, id, actor), unit)
    const subject = await subjectOf(app.db, id, unit)
    if (!reached) throw unitNotInCycle(unit)
    const isRecused = (await recusedUnits(app.db, id, actor)).has(unit)
    if (isRecused && !readsAll(actor)) throw recused(subject.unit.name)
    const assessor = await assertInvolved(actor, subject.cycle)
    const handedOver = isHandedOver(subject.assessment, subject.cycle.stage)
    const readable = maySeeEvidence(
      actor,
      { unitCode: unit, handedOver },
      { assessor, recused: isRecused, reached },
    )
    const view = reviewView({ subject, actor, readable, ...(fault && { fault }) })
    return reply.page('self-assessment/review', view, fault?.error.status ?? 200)
  }

  /** @returns whether he marks in the cycle @throws {AppError} if he only leads in another one */
  async function assertInvolved(actor: Actor, { id, name }: { id: string; name: string }) {
    const { assessorCode: code } = actor
    const assessor = code !== null && (await findAssessor(app.db, id, code)) !== undefined
    if (!assessor && !readsAll(actor)) throw notAnAssessor(name)
    return assessor
  }
}

const SHOWN_AGAIN: readonly string[] = ['CHANGE_REASON_MISSING', 'SELF_ASSESSMENT_CHANGED']
