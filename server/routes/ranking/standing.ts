/** Whose standing is shown: one category or all units, with everything a page about it looks up. */

import { type Assessment, hasOverallRank, readAssessment } from '../../../exports/assessment.ts'
import type { Evaluation } from '../../domain/evaluate.ts'
import type { UnitResult } from '../../domain/result.ts'
import type { EvaluatedCycle } from '../../store/evaluation.ts'

export interface Standing {
  assessment: Assessment
  /** null: all units */
  category: string | null
  /** whether `overallRank` is what counts here */
  overall: boolean
  /** best first; units without a rank last */
  results: readonly UnitResult[]
  /** how many units share each place; key: the place */
  sharing: ReadonlyMap<number, number>
  placeOf(result: UnitResult): number | null
}

/** @param asked a category's name; null for all units; undefined for what the scheme ranks */
export function standingOf(evaluated: EvaluatedCycle, asked: string | null | undefined): Standing {
  const assessment = assessmentOf(evaluated)
  const { categories, results, scheme } = assessment
  const usual = scheme.ranking.within === 'overall' ? null : (categories[0] ?? null)
  const category =
    asked === undefined || (asked !== null && !categories.includes(asked)) ? usual : asked
  const overall = category === null && hasOverallRank(assessment)
  const placeOf = (result: UnitResult) => (overall ? result.overallRank : result.rank)
  const within = results.filter((result) => category === null || result.category === category)
  const places = within.flatMap((result) => placeOf(result) ?? [])
  return {
    assessment,
    category,
    overall,
    results: overall ? within.toSorted((a, b) => order(placeOf(a)) - order(placeOf(b))) : within,
    sharing: new Map(
      [...Map.groupBy(places, (place) => place)].map(([at, all]) => [at, all.length]),
    ),
    placeOf,
  }
}

/** Whether the place is shared; where categories are listed one after the other, within the category. */
export function isTied(
  { placeOf, sharing, overall, category, results }: Standing,
  result: UnitResult,
): boolean {
  const place = placeOf(result)
  if (place === null) return false
  if (overall || category !== null) return (sharing.get(place) ?? 0) > 1
  return results.some(
    (each) => each !== result && each.category === result.category && each.rank === place,
  )
}

function order(place: number | null): number {
  return place ?? Number.MAX_SAFE_INTEGER
}

const read = new WeakMap<Evaluation, Assessment>()

/** An assessment explains each unit once, however many pages ask for it. */
function assessmentOf({ cycle, bundle, evaluation }: EvaluatedCycle): Assessment {
  const known = read.get(evaluation)
  if (known) return known
  const { name, year } = cycle
  const fresh = readAssessment({
    bundle,
    evaluation,
    fingerprint: '',
    cycle: { name, year },
    by: '',
    at: '',
  })
  read.set(evaluation, fresh)
  return fresh
}
