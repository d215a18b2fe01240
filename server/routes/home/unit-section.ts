import type { Actor } from '../../domain/actor.ts'
import type { UnitResult } from '../../domain/result.ts'
import { STAGE_NAMES } from '../../domain/stage.ts'
import { isVisibleToUnits } from '../../store/cycles.ts'
import type { EvaluatedCycle } from '../../store/evaluation.ts'
import { cycleHead, resultHref } from './cycle-head.ts'

/** Everything views/partials/home-unit.hbs prints: the unit's own result, or what it waits for. */
export function unitSection(cycles: readonly EvaluatedCycle[], actor: Actor) {
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
        selfAssessment:
          cycle.stage === 'self_assessment' ? `/cycles/${cycle.id}/self-assessment` : null,
        provisional: !head.closed,
        waiting:
          cycle.stage === 'self_assessment'
            ? '现在是自评阶段：请填写本单位的自评，交佐证材料，然后提交；提交以后仍可查看。'
            : `本单位的结果在「${STAGE_NAMES[cycle.visibleFrom]}」后可以查看，现在还在${STAGE_NAMES[cycle.stage]}阶段，不需要您操作。`,
      },
    ]
  })
  return { cycles: mine, code: actor.unitCode ?? '—' }
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
