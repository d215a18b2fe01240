/** How many units hold each grade, against its quota. */

import { gradeWords } from '../../../exports/decision-words.ts'
import { parsePercent } from '../../domain/decimal.ts'
import { quotaLimit } from '../../domain/grade.ts'
import type { UnitResult } from '../../domain/result.ts'
import type { Grade } from '../../domain/scheme.ts'
import type { Standing } from './standing.ts'

export interface GradeCount {
  name: string
  /** the rule: where it begins, how many may hold it */
  rule: string
  /** how many may hold it here; null where there is no limit, or it counts elsewhere */
  limit: number | null
  /** how many hold a place in the quota */
  held: number
  /** how many have the grade beside it: adjusted, set by a veto, or not ranked */
  beside: number
  total: number
}

/** The grades in their order; empty where no unit has one yet. */
export function gradeCounts(standing: Standing): GradeCount[] {
  const { assessment, category, results } = standing
  const { scheme } = assessment
  const rules = gradeWords(assessment)
  const isGradingGroup =
    (scheme.ranking.within ?? 'category') === 'category' ? category !== null : category === null
  const ranked = results.filter(({ rank }) => rank !== null)
  return scheme.grades.map((grade, index) => {
    const having = results.filter((result) => result.grade === grade.name)
    const held = having.filter((result) => holdsPlace(standing, result)).length
    return {
      name: grade.name,
      rule: (rules[index] ?? '').slice(grade.name.length + 1),
      limit: isGradingGroup ? limitOf(grade, ranked.length) : null,
      held,
      beside: having.length - held,
      total: having.length,
    }
  })
}

function limitOf(
  { quota, quotaRounding = 'floor', quotaMinimum = 0 }: Grade,
  count: number,
): number | null {
  return quotaLimit({ quota: parsePercent(quota) ?? null, quotaRounding, quotaMinimum }, count)
}

/** Units with a decided grade, a veto that sets one, or no rank take nobody's place. */
function holdsPlace({ assessment }: Standing, { unit, rank, vetoes }: UnitResult): boolean {
  const { bundle, scheme } = assessment
  if (rank === null || bundle.adjustments?.some((each) => each.unit === unit)) return false
  const setting = scheme.vetoes?.filter(({ effects }) =>
    effects.some(({ type }) => type === 'grade'),
  )
  return !setting?.some(({ code }) => vetoes.includes(code))
}
