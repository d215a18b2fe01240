/** The stages of a cycle (考核周期) and what may be done in each: one table for every path. */

/** In the order a cycle goes through them. */
export const STAGES = [
  'draft',
  'self_assessment',
  'scoring',
  'review',
  'decided',
  'notice',
  'published',
  'archived',
] as const

export type Stage = (typeof STAGES)[number]

export const STAGE_NAMES: Readonly<Record<Stage, string>> = {
  draft: '筹备',
  self_assessment: '自评',
  scoring: '打分',
  review: '复核',
  decided: '审定',
  notice: '公示',
  published: '已公布',
  archived: '已归档',
}

/** What people do to a cycle's entries. */
export type Work =
  | 'compose'
  | 'staff'
  | 'prepare'
  | 'self-assess'
  | 'mark'
  | 'check'
  | 'record'
  | 'decide'
  | 'announce'

export const WORK_NAMES: Readonly<Record<Work, string>> = {
  compose: '参评单位和评价体系版本的调整',
  staff: '考核员名单的调整',
  prepare: '分工和回避',
  'self-assess': '自评和佐证材料',
  mark: '打分',
  check: '打分的退回和考核组的提交',
  record: '数值、测评票和台账的记录',
  decide: '一票否决和等次调整',
  announce: '公示的安排',
}

/**
 * When each kind of work is open. Facts are recorded from the day units assess themselves; a mark can
 * still be mended while marks are checked; what decides a grade is open until the notice. Units assess
 * themselves from the first day, so none comes later; assessors fall ill, and others take over while
 * marks are given.
 */
const OPEN: Readonly<Record<Work, readonly Stage[]>> = {
  compose: ['draft'],
  staff: ['draft', 'self_assessment', 'scoring'],
  prepare: ['draft', 'self_assessment', 'scoring', 'review'],
  'self-assess': ['self_assessment'],
  mark: ['scoring', 'review'],
  check: ['scoring', 'review'],
  record: ['self_assessment', 'scoring', 'review'],
  decide: ['scoring', 'review', 'decided'],
  announce: ['draft', 'self_assessment', 'scoring', 'review', 'decided', 'notice'],
}

export function isOpenFor(work: Work, stage: Stage): boolean {
  return OPEN[work].includes(stage)
}

/** Why a kind of work cannot be done now, and when it can; null where it can. */
export function closedWords(work: Work, stage: Stage): string | null {
  if (isOpenFor(work, stage)) return null
  if (hasReached(stage, 'published')) {
    return `结果已经公布，${WORK_NAMES[work]}只能查看，不能再改动。如确需改动，请考评办先撤回公布，再逐级退回。`
  }
  const when = OPEN[work].map((each) => `「${STAGE_NAMES[each]}」`).join('、')
  return `现在是「${STAGE_NAMES[stage]}」阶段，${WORK_NAMES[work]}要在${when}阶段进行。如需调整阶段，请联系考评办。`
}

/** Whether a stage is reached: `stage` itself or a later one. */
export function hasReached(now: Stage, stage: Stage): boolean {
  return STAGES.indexOf(now) >= STAGES.indexOf(stage)
}

export interface StageMoves {
  /** the next stage; null after the last one, and where publishing is what comes next */
  forward: Stage | null
  /** the stage before; null where there is no way back */
  back: Stage | null
}

/**
 * Where a cycle may be moved from here, one stage at a time. Publishing and taking it back have a page
 * of their own, for they show and hide the result; what is archived stays so.
 */
export function stageMoves(stage: Stage): StageMoves {
  const at = STAGES.indexOf(stage)
  const next = STAGES[at + 1] ?? null
  const before = STAGES[at - 1] ?? null
  const closed = hasReached(stage, 'published')
  return { forward: next === 'published' ? null : next, back: closed ? null : before }
}
