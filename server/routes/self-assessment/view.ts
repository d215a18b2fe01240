import { beijingTime } from '../../domain/beijing-time.ts'
import { isAsked, mostEvidence } from '../../domain/self-assessment.ts'
import { closedWords } from '../../domain/stage.ts'
import type { Cycle } from '../../store/cycles.ts'
import { answersView, type Unsaved } from './answers.ts'
import { ownPath, type Subject } from './subject.ts'

/** The way to a page of a cycle. */
export function trail(cycle: Cycle, ...more: readonly { href: string; label: string }[]) {
  return [
    { href: '/cycles', label: '考核周期' },
    { href: `/cycles/${cycle.id}`, label: cycle.name },
    ...more,
  ]
}

/** What a form that was not saved whole brings back. */
export interface Outcome {
  saved: number
  unsaved: ReadonlyMap<string, Unsaved>
}

/** Everything views/self-assessment/show.hbs prints: the unit's own marks, remarks and evidence. */
export function selfAssessmentView(subject: Subject, outcome?: Outcome) {
  const { cycle, unit, editable, placed, missing } = subject
  const unsaved = outcome?.unsaved ?? new Map<string, Unsaved>()
  const errors = placed.flatMap(({ indicator }, index) => {
    const fault = unsaved.get(indicator.code)
    return fault ? [{ href: `#i${index}-mark`, message: fault.message }] : []
  })
  return {
    title: '自评',
    unit: unit.name,
    breadcrumbs: trail(cycle),
    path: ownPath(cycle),
    editable,
    state: stateView(subject),
    progress: progressOf(subject),
    missing: missingView(subject),
    done: missing.length === 0,
    parts: answersView(subject, { editable, unsaved }),
    errors,
    summary:
      outcome && outcome.saved > 0
        ? `其余 ${outcome.saved} 项已保存。以下 ${errors.length} 项没有保存，填写的内容都还在：`
        : '以下内容没有保存，填写的内容都还在：',
  }
}

/** Everything views/self-assessment/submission.hbs prints: what is missing, before it is submitted. */
export function submissionView(subject: Subject, fault?: { code: string; message: string }) {
  const { cycle, unit, assessment, placed, evidence } = subject
  const unconfirmed = fault?.code === 'SUBMISSION_UNCONFIRMED'
  const bare = placed.filter(
    (each) =>
      isAsked(each) && mostEvidence(each.indicator) > 0 && !evidence.has(each.indicator.code),
  )
  return {
    title: '提交自评',
    unit: unit.name,
    breadcrumbs: trail(cycle, { href: ownPath(cycle), label: '自评' }),
    path: `${ownPath(cycle)}/submission`,
    back: ownPath(cycle),
    version: assessment.version,
    progress: progressOf(subject),
    missing: missingView(subject),
    bare: bare.length === 0 ? null : `有 ${bare.length} 项没有佐证材料：${names(bare)}。`,
    changed: fault && !unconfirmed ? fault.message : null,
    confirmationError: fault && unconfirmed ? fault.message : null,
    errors: fault && unconfirmed ? [{ href: '#confirmed', message: fault.message }] : [],
  }
}

/** Where the self-assessment stands and what can be done, in words. */
export function stateView({ cycle, assessment, names }: Subject) {
  const { state, submittedAt, submittedBy, returnedAt, returnedBy, remark } = assessment
  const badge = STATE_BADGES[assessment.version === 0 ? 'none' : state]
  const closed = closedWords('self-assess', cycle.stage)
  return {
    badge,
    closed,
    submitted:
      state === 'submitted' && submittedAt !== null
        ? `${beijingTime(submittedAt)} 由${names.get(submittedBy ?? '') ?? '本单位'}提交，只能查看。`
        : null,
    advice: '如需修改，请联系考核组组长或考评办退回。',
    returned:
      state === 'returned' && returnedAt !== null
        ? {
            head: `${beijingTime(returnedAt)} 由${names.get(returnedBy ?? '') ?? '考核组'}退回，请修改后重新提交。`,
            remark: remark ?? '',
          }
        : null,
  }
}

export const STATE_BADGES = {
  none: { text: '未开始', tone: 'badge-quiet' },
  open: { text: '填写中', tone: 'badge-quiet' },
  submitted: { text: '已提交', tone: 'badge-good' },
  returned: { text: '已退回', tone: 'badge-warn' },
} as const

export function progressOf({ placed, missing }: Pick<Subject, 'placed' | 'missing'>) {
  const total = placed.filter(isAsked).length
  const done = total - missing.length
  return { done, total: Math.max(1, total), text: `${done} / ${total}` }
}

/** 「还缺 N 项自评」 with a way to each. */
function missingView({ placed, missing }: Subject) {
  if (missing.length === 0) return null
  return {
    text: `还缺 ${missing.length} 项自评`,
    items: missing.map((each) => ({
      name: each.indicator.name,
      anchor: `#i${placed.indexOf(each)}`,
    })),
  }
}

function names(placed: Subject['placed']): string {
  return placed.map(({ indicator }) => `「${indicator.name}」`).join('')
}
