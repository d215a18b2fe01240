import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import { recordSelfMarks } from '../../actions/record-self-marks.ts'
import { submitSelfAssessment } from '../../actions/submit-self-assessment.ts'
import { AppError, submissionUnconfirmed } from '../../errors.ts'
import { typedText } from '../../form.ts'
import type { Unsaved } from './answers.ts'
import { evidenceRoutes } from './evidence-routes.ts'
import { isTouched, keptLabels, readMark, typedMarks } from './form.ts'
import { reviewRoutes } from './review-routes.ts'
import { ownPath, ownSubject, type Subject } from './subject.ts'
import { type Outcome, selfAssessmentView, submissionView } from './view.ts'

interface ById {
  Params: { id: string }
}

/** What a unit says of itself in a cycle: its liaison fills it in and submits it. */
export const selfAssessmentRoutes: FastifyPluginAsync = async (app) => {
  const access = ['unit'] as const
  const path = '/cycles/:id/self-assessment'

  app.get<ById>(path, { config: { access } }, async (request, reply) =>
    reply.page('self-assessment/show', selfAssessmentView(await askedSubject(request))),
  )

  app.post<ById>(path, { config: { access, fieldLabels: keptLabels } }, async (request, reply) => {
    const outcome = await save(request, await askedSubject(request))
    const subject = await askedSubject(request)
    if (outcome.unsaved.size > 0) {
      return reply.page('self-assessment/show', selfAssessmentView(subject, outcome), 422)
    }
    return onwards(reply, subject, typedText(request.body, 'onward'), outcome.saved)
  })

  app.get<ById>(`${path}/submission`, { config: { access } }, async (request, reply) => {
    const subject = await askedSubject(request)
    if (!subject.editable) return reply.redirect(ownPath(subject.cycle), 303)
    return reply.page('self-assessment/submission', submissionView(subject))
  })

  app.post<ById>(`${path}/submission`, { config: { access } }, async (request, reply) => {
    const { body, actor, params } = request
    const version = Number(typedText(body, 'version'))
    try {
      if (typedText(body, 'confirmed') !== 'yes') throw submissionUnconfirmed()
      await submitSelfAssessment(app.db, { cycleId: params.id, version, actor, at: app.now() })
    } catch (error) {
      if (!(error instanceof AppError) || !SHOWN_AGAIN.includes(error.code)) throw error
      const view = submissionView(await askedSubject(request), error)
      return reply.page('self-assessment/submission', view, error.status)
    }
    return reply.seeOther(`/cycles/${params.id}/self-assessment`, '自评已提交。')
  })

  await app.register(evidenceRoutes)
  await app.register(reviewRoutes)

  function askedSubject({ params, actor }: FastifyRequest<ById>): Promise<Subject> {
    return ownSubject(app.db, params.id, actor)
  }

  async function save({ body, params, actor }: FastifyRequest<ById>, { placed }: Subject) {
    const typed = typedMarks(body, placed).filter(isTouched)
    const read = typed.map(readMark)
    const marks = read.filter((each) => 'mark' in each)
    const { saved, refused } = await recordSelfMarks(app.db, {
      ...{ cycleId: params.id, marks, actor, at: app.now() },
    })
    const unsaved = new Map<string, Unsaved>()
    for (const [index, each] of typed.entries()) {
      const result = read[index]
      const problem = result && 'problem' in result ? result.problem : undefined
      const fault = problem === undefined ? refused.get(each.code) : { message: problem }
      if (fault) unsaved.set(each.code, { conflict: false, ...fault, typed: each })
    }
    return { saved, unsaved } satisfies Outcome
  }
}

const SHOWN_AGAIN: readonly string[] = ['SUBMISSION_UNCONFIRMED', 'SELF_ASSESSMENT_CHANGED']

/** Where the button leads that was pressed: to an indicator's evidence, to submitting, or back here. */
function onwards(
  reply: FastifyReply,
  { cycle, missing, placed }: Subject,
  to: string,
  saved: number,
) {
  const notice = saved === 0 ? undefined : `已保存 ${saved} 项自评。`
  if (to === 'submission') return reply.seeOther(`${ownPath(cycle)}/submission`, notice)
  if (placed.some(({ indicator }) => indicator.code === to)) {
    return reply.seeOther(`${ownPath(cycle)}/indicators/${encodeURIComponent(to)}`, notice)
  }
  const left = missing.length === 0 ? '没有缺项，可以提交了。' : `还缺 ${missing.length} 项。`
  return reply.seeOther(ownPath(cycle), `${notice ?? '没有改动。'}${left}`)
}
