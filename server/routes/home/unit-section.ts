import type { Actor } from '../../domain/actor.ts'
import { beijingTime } from '../../domain/beijing-time.ts'
import type { UnitResult } from '../../domain/result.ts'
import { STAGE_NAMES } from '../../domain/stage.ts'
import { type Cycle, isVisibleToUnits } from '../../store/cycles.ts'
import type { EvaluatedCycle } from '../../store/evaluation.ts'
import type { SelfAssessment } from '../../store/self-assessments.ts'
import { cycleHead, resultHref } from './cycle-head.ts'

/**
 * Everything views/partials/home-unit.hbs prints: the unit's own result, or what it waits for.
 *
 * @param assessments the unit's own, of the cycles in which units assess themselves now
 */
export function unitSection(
  cycles: readonly EvaluatedCycle[],
  actor: Actor,
  assessments: ReadonlyMap<string, SelfAssessment>,
) {
  const mine = cycles.flatMap(({ cycle, endsOn, bundle, evaluation }) => {
    const unit = bundle.units.find(({ code }) => code === actor.unitCode)
    const results = evaluation.result.units
    const own = results.find((result) => result.unit === unit?.code)
    if (!unit || !own) return []
    const head = cycleHead({ cycle, endsOn })
    return [
      {
        ...head,
        unit: unit.name,
        category: unit.category,
        result: isVisibleToUnits(cycle)
          ? { href: resultHref(cycle, unit.code), ...resultFigures(own, results) }
          : null,
        provisional: !head.closed,
        ...nextStep(cycle, assessments.get(cycle.id)),
      },
    ]
  })
  return { cycles: mine, code: actor.unitCode ?? '—' }
}

/** What the unit waits for, or is to do. */
function nextStep(cycle: Cycle, assessment: SelfAssessment | undefined) {
  if (!assessment) {
    return {
      selfAssessment: null,
      returned: null,
      waiting: `本单位的结果在「${STAGE_NAMES[cycle.visibleFrom]}」后可以查看，现在还在${STAGE_NAMES[cycle.stage]}阶段，不需要您操作。`,
    }
  }
  const { state, submittedAt, remark } = assessment
  const href = `/cycles/${cycle.id}/self-assessment`
  if (state === 'submitted' && submittedAt !== null) {
    return {
      selfAssessment: { href, label: '查看自评' },
      returned: null,
      waiting: `本单位的自评已于 ${beijingTime(submittedAt)} 提交，现在不需要您操作。如需修改，请联系考核组组长或考评办退回。`,
    }
  }
  return {
    selfAssessment: { href, label: '填写和提交自评' },
    returned: state === 'returned' ? (remark ?? '') : null,
    waiting:
      state === 'returned'
        ? '本单位的自评被退回，请修改后重新提交。'
        : '现在是自评阶段：请填写本单位的自评，交佐证材料，然后提交；提交以后仍可查看。',
  }
}

function resultFigures(own: UnitResult, results: readonly UnitResult[]) {
  const ranked = results.filter(({ category, rank }) => category === own.category && rank !== null)
  const rank =
    own.rank === null
      ? own.complete
        ? '不排名'
        : '未评完'
      : `第 ${own.rank} 名（共 ${ranked.length} 家）`
  return {
    figures: [
      { title: own.complete ? '总分' : '总分（未评完）', figure: own.total },
      { title: '类内名次', figure: rank },
      { title: '等次', figure: own.grade ?? '—' },
      { title: '基础分', figure: own.base },
      { title: '加分', figure: own.bonus },
      { title: '扣分', figure: own.penalty },
    ],
  }
}
