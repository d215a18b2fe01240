/** Why a unit has the result it has: indicators, groups, total, rank and grade. */

import { aggregate, type GroupScore, type NodeScore, type Total } from './aggregate.ts'
import type { Awards } from './award.ts'
import {
  type Decimal,
  divide,
  isZero,
  multiply,
  negate,
  print,
  printExact,
  sum,
  ZERO,
} from './decimal.ts'
import type { ScoredUnit } from './evaluate.ts'
import { explainGrade, explainRank } from './explain-decision.ts'
import { explainIndicator } from './explain-indicator.ts'
import type { GroupExplanation, UnitExplanation } from './explanation.ts'
import type { PreparedBundle } from './prepare-bundle.ts'
import type { PreparedIndicator } from './prepared-scheme.ts'
import { StepList } from './step-list.ts'

/** A unit with all it is compared with. */
export interface ExplainedUnit {
  bundle: PreparedBundle
  awards: Awards
  all: readonly ScoredUnit[]
  unit: ScoredUnit
}

export function explainUnit(explained: ExplainedUnit): UnitExplanation {
  const { bundle, awards, unit: scored } = explained
  const { unit } = scored
  const groups: GroupExplanation[] = []
  const totals = aggregate(
    bundle.scheme,
    unit.category,
    (indicator) => awards.award(unit, indicator).score,
    (_node, _score, group) => {
      if (group) groups.push(explainGroup(group, bundle.scheme.decimals))
    },
  )
  return {
    unit: unit.unit.code,
    indicators: unit.category.indicators.map((indicator) =>
      explainIndicator({ bundle, awards, unit, indicator }),
    ),
    groups,
    total: totalSteps(explained, totals),
    rank: explainRank(explained),
    grade: explainGrade(explained),
  }
}

const LEFT_OUT: NodeScore = { score: null, exact: null }

function explainGroup(group: GroupScore, decimals: number): GroupExplanation {
  const { node, scores } = group
  const list = new StepList()
  const children = node.children.map((child, index) => ({
    node: child,
    score: scores[index] ?? LEFT_OUT,
  }))
  const left = children.filter(({ score }) => score.score !== null)
  const weights = sum(left.map(({ node: child }) => child.weight))
  for (const { node: child, score } of left) {
    if (!node.weighted) {
      list.step('child', child.name, score.score ?? ZERO, { node: child.code })
      continue
    }
    const share = divide(score.exact ?? ZERO, child.points ?? ZERO)
    // Zero weights on all that remains: nothing can be earned here.
    const change = isZero(weights)
      ? ZERO
      : divide(multiply(multiply(node.points, child.weight), share), weights)
    const text = `${child.name}（权重 ${printExact(child.weight)}÷${printExact(weights)}）`
    list.step('child', text, change, { node: child.code })
  }
  if (group.rescaled && group.exact) {
    const remaining = sum(left.map(({ node: child }) => child.points ?? ZERO))
    const text = `有不适用的指标，由 ${printExact(remaining)} 分折算为 ${printExact(node.points)} 分`
    list.reach('rescale', text, group.exact)
  }
  if (group.score) list.reach('rounding', `四舍五入到 ${decimals} 位小数`, group.score)
  return {
    node: node.code,
    points: printExact(node.points),
    score: group.score && print(group.score, decimals),
    steps: list.steps,
  }
}

function totalSteps(
  { bundle, awards, unit: scored }: ExplainedUnit,
  totals: Total,
): UnitExplanation['total'] {
  const { scheme } = bundle
  const { unit } = scored
  const list = new StepList()
  unit.category.base.forEach((node, index) => {
    const score = totals.dimensions[index]?.score
    if (score) list.step('child', node.name, score, { node: node.code })
  })
  list.reach(
    'rescale',
    `有不适用的一级指标，折算为满分 ${printExact(unit.category.fullMarks)} 分`,
    totals.baseExact,
  )
  list.reach('rounding', `基础分四舍五入到 ${scheme.decimals} 位小数`, totals.base)
  const items = (section: readonly PreparedIndicator[], kind: 'bonus' | 'penalty') => {
    for (const item of section) {
      const { score } = awards.award(unit, item)
      if (!score) continue
      const change: Decimal = kind === 'bonus' ? score : negate(score)
      list.step(kind, `${kind === 'bonus' ? '加分' : '扣分'}：${item.name}`, change, {
        node: item.code,
      })
    }
  }
  items(unit.category.bonus, 'bonus')
  const afterBonus = sum([totals.base, totals.bonus])
  list.reach('section-cap', `加分合计不超过 ${limit(scheme.bonusCap)} 分`, afterBonus)
  items(unit.category.penalty, 'penalty')
  list.reach('section-cap', `扣分合计不超过 ${limit(scheme.penaltyCap)} 分`, totals.sum)
  const floored = scheme.totalFloor === null ? '' : printExact(scheme.totalFloor)
  list.reach('floor', `总分不低于 ${floored} 分`, totals.total)
  list.reach('veto', '一票否决：总分记 0 分', scored.total)
  return list.steps
}

function limit(cap: Decimal | null): string {
  return cap === null ? '（无上限）' : printExact(cap)
}
