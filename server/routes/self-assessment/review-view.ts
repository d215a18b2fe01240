import { type Actor, hasRole } from '../../domain/actor.ts'
import { isOpenFor } from '../../domain/stage.ts'
import type { AppError } from '../../errors.ts'
import { errorSummary, textField } from '../../form.ts'
import { answersView } from './answers.ts'
import type { Subject } from './subject.ts'
import { progressOf, stateView, trail } from './view.ts'

export interface Review {
  subject: Subject
  actor: Actor
  /** whether he may read it yet */
  readable: boolean
  fault?: { error: AppError; remark: string }
}

/** Everything views/self-assessment/review.hbs prints: a unit's self-assessment, and giving it back. */
export function reviewView({ subject, actor, readable, fault }: Review) {
  const { cycle, unit, assessment, missing } = subject
  const path = `/cycles/${cycle.id}/self-assessments`
  const missed = fault?.error.code === 'CHANGE_REASON_MISSING'
  const field = textField('remark', '退回的理由', {
    required: true,
    value: fault?.remark ?? '',
    hint: '单位会在自评页面看到，请写明要改什么、补什么。',
    error: fault && missed ? fault.error.message : null,
  })
  const returnable =
    isOpenFor('self-assess', cycle.stage) &&
    assessment.state === 'submitted' &&
    hasRole(actor, 'organiser', 'lead') &&
    actor.unitCode !== unit.code
  return {
    title: `${unit.name}的自评`,
    breadcrumbs: trail(cycle, { href: path, label: '单位自评' }),
    category: unit.category,
    state: stateView(subject),
    progress: readable ? progressOf(subject) : null,
    missing: missing.length === 0 ? null : `缺 ${missing.length} 项自评`,
    parts: readable ? answersView(subject, { editable: false }) : null,
    changed: fault && !missed ? fault.error.message : null,
    returning: returnable
      ? {
          path: `${path}/${encodeURIComponent(unit.code)}/returns`,
          version: assessment.version,
          field,
        }
      : null,
    errors: errorSummary([field]),
  }
}
