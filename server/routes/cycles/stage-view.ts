/** Everything views/cycles/stage.hbs prints: where a cycle is, where it may go, and what that means. */

import { hasReached, STAGE_NAMES, STAGES, type Stage, stageMoves } from '../../domain/stage.ts'
import type { AppError } from '../../errors.ts'
import { textField } from '../../form.ts'
import type { StageDates } from '../../store/cycle-stages.ts'
import { isClosed } from '../../store/cycles.ts'
import type { EvaluatedCycle } from '../../store/evaluation.ts'
import type { SelfAssessment } from '../../store/self-assessments.ts'
import type { OwnUnits } from './list-view.ts'
import {
  incompleteUnits,
  selfAssessmentLines,
  standingLines,
  unconfirmedLines,
} from './standing-lines.ts'

/** What a form of the page brought that was not taken. */
export interface StageFault {
  fault: AppError
  /** which of the forms */
  form: 'forward' | 'back' | 'dates'
  reason?: string
  dates?: readonly StageDates[]
}

/** What there is to know of a cycle before it is moved. */
export interface StagedCycle {
  evaluated: EvaluatedCycle
  ownUnits: OwnUnits
  /** how its teams stand, in sentences */
  teams: readonly string[]
  /** units about which a decision waits for a second person */
  unconfirmed: readonly string[]
  dates: readonly StageDates[]
  /** by unit, those that have begun */
  assessments: ReadonlyMap<string, SelfAssessment>
}

export function stageView(staged: StagedCycle, typed?: StageFault) {
  const { evaluated, dates } = staged
  const { cycle } = evaluated
  const { forward, back } = stageMoves(cycle.stage)
  const path = `/cycles/${cycle.id}`
  const message = (form: StageFault['form']) => (typed?.form === form ? typed.fault.message : null)
  const planned = typed?.dates ?? dates
  return {
    title: '阶段',
    breadcrumbs: [
      { href: '/cycles', label: '考核周期' },
      { href: path, label: cycle.name },
    ],
    path: `${path}/stage`,
    back: path,
    revision: String(cycle.revision),
    stages: STAGES.map((stage, index) => stageRow(stage, index, cycle.stage, planned)),
    missing: [...situation(staged), ...unconfirmedLines(staged.unconfirmed), ...staged.teams],
    incomplete:
      !hasReached(cycle.stage, 'scoring') || isClosed(cycle) ? [] : incompleteUnits(evaluated),
    forward: forward && {
      stage: forward,
      name: STAGE_NAMES[forward],
      effects: FORWARD[forward],
      final: forward === 'archived',
      error: message('forward'),
    },
    publication: cycle.stage === 'notice' ? `${path}/publication` : null,
    decision: cycle.stage === 'decided' ? `${path}/decision` : null,
    backward: back && {
      stage: back,
      name: STAGE_NAMES[back],
      effects: BACK[back],
      reason: textField('reason', '退回的理由', {
        value: typed?.form === 'back' ? (typed.reason ?? '') : '',
        required: true,
        hint: '写明依据和经办，记入审计。',
        error: message('back'),
      }),
    },
    withdrawal: cycle.stage === 'published' ? `${path}/publication` : null,
    datesError: message('dates'),
    errors: typed ? [{ href: ANCHORS[typed.form], message: typed.fault.message }] : [],
  }
}

const ANCHORS: Readonly<Record<StageFault['form'], string>> = {
  forward: '#forward',
  back: '#reason',
  dates: '#dates',
}

function stageRow(stage: Stage, index: number, now: Stage, dates: readonly StageDates[]) {
  const planned = dates.find((each) => each.stage === stage)
  const at = STAGES.indexOf(now)
  return {
    name: STAGE_NAMES[stage],
    who: DONE_IN[stage],
    state: index < at ? '已过' : index === at ? '现在' : '未到',
    current: index === at,
    starts: { name: `starts/${stage}`, value: planned?.startsOn ?? '' },
    ends: { name: `ends/${stage}`, value: planned?.endsOn ?? '' },
  }
}

/** What people do in each stage. */
const DONE_IN: Readonly<Record<Stage, string>> = {
  draft: '考评办准备评价体系、单位和考核员',
  self_assessment: '单位自评并交佐证材料；条线登记台账和数值',
  scoring: '考核员打分；条线登记台账、数值和测评票',
  review: '核对打分和台账，有误的改正',
  decided: '审定一票否决和等次调整，封存结果；打分和台账不再改动',
  notice: '公示结果，受理申诉；各项记录都不再改动',
  published: '单位查看结果',
  archived: '留存备查，不能再改动，也不能退回',
}

const FORWARD: Readonly<Partial<Record<Stage, readonly string[]>>> = {
  self_assessment: [
    '评价体系按本周期所用的这一版固定下来：以后的修改只形成新版本，不影响本周期。',
    '单位可以开始自评；条线可以登记台账、数值和测评票。',
  ],
  scoring: ['单位的自评不再改动。', '考核员可以开始打分。'],
  review: [
    '台账和数值还可以改正；有组长的考核组，打分只有组长退回的才能改动，其余考核员的还可以改正。',
    '没有提交的考核组还可以提交；每次改动都记入审计。',
  ],
  decided: [
    '打分、数值、测评票和台账不再改动。',
    '一票否决和等次调整还可以改动，定下后在审定页封存结果。',
  ],
  notice: ['要先在审定页把结果审定封存。', '各项记录都不再改动；确需改动时可以退回，并写明理由。'],
  archived: ['归档后不能退回，也不能再撤回公布。'],
}

const BACK: Readonly<Partial<Record<Stage, readonly string[]>>> = {
  draft: ['单位自评、台账和数值的登记随之停止；已登记的都保留。'],
  self_assessment: ['考核员的打分随之停止；已打的分都保留。', '单位可以继续自评。'],
  scoring: ['打分、台账和数值可以继续改动，结果随之变化。'],
  review: ['打分、台账和数值又可以改动，结果随之变化。'],
  decided: ['一票否决和等次调整又可以改动；改动后要再次审定，封存为新的一版，并列出更正。'],
}

/** What matters in each stage: before anybody marks, that nothing is marked is no news. */
function situation({ evaluated, ownUnits, assessments }: StagedCycle): string[] {
  switch (evaluated.cycle.stage) {
    case 'draft':
      return draftLines(evaluated)
    case 'self_assessment':
      return [...draftLines(evaluated), ...selfAssessmentLines(evaluated, assessments)]
    default:
      return standingLines(evaluated, ownUnits)
  }
}

function draftLines({ bundle }: EvaluatedCycle): string[] {
  const { units, assessors } = bundle
  return [
    units.length === 0 ? '还没有参评单位。' : `参评单位 ${units.length} 家。`,
    assessors.length === 0
      ? '还没有考核员：进入打分阶段前要先列入。'
      : `考核员 ${assessors.length} 人。`,
  ]
}
