/** Grades (等次): thresholds, vetoes, quotas. An adjustment is laid over the outcome, never mixed into it. */

import {
  add,
  ceil,
  compare,
  type Decimal,
  divide,
  floor,
  multiply,
  ONE,
  toNumber,
  whole,
} from './decimal.ts'
import type { PreparedGrade, PreparedVeto } from './prepare-decision.ts'
import { setsGrade, vetoOutcome } from './veto.ts'

/** A step of a unit's way to its grade; grades are indices, 0 is the best. */
export type GradeMove =
  | { kind: 'threshold'; grade: number }
  | { kind: 'veto'; veto: PreparedVeto; outcome: number; grade: number }
  | { kind: 'quota'; from: number; limit: number; holders: number; grade: number }

export interface Graded {
  grade: number
  moves: GradeMove[]
}

/** One unit of a grading group, in rank order. */
export interface QuotaPlace {
  graded: Graded
  rank: number
  /** set by a veto or an adjustment: counts in the group, holds no place, never moves */
  fixed: boolean
}

/** Index of the first grade whose minimum the total reaches; the last grade has none. */
export function reachedGrade(
  total: Decimal,
  fullMarks: Decimal,
  grades: readonly PreparedGrade[],
): number {
  const found = grades.findIndex((grade) => {
    const minimum = grade.minimum(fullMarks)
    return minimum === null || compare(total, minimum) >= 0
  })
  return found === -1 ? grades.length - 1 : found
}

/** Steps 1 and 2: the grade that the total reaches, then the worst outcome of the vetoes. */
export function gradeBeforeQuota(
  total: Decimal,
  fullMarks: Decimal,
  vetoes: readonly PreparedVeto[],
  grades: readonly PreparedGrade[],
): Graded {
  const reached = reachedGrade(total, fullMarks, grades)
  const moves: GradeMove[] = [{ kind: 'threshold', grade: reached }]
  let worst: number | undefined
  for (const veto of vetoes) {
    const outcome = vetoOutcome(veto, reached, grades)
    if (outcome === undefined) continue
    worst = Math.max(worst ?? outcome, outcome)
    moves.push({ kind: 'veto', veto, outcome, grade: worst })
  }
  return { grade: worst ?? reached, moves }
}

/** Whether vetoes or an adjustment take a unit out of the quotas. */
export function isFixed(vetoes: readonly PreparedVeto[], adjusted: boolean): boolean {
  return adjusted || setsGrade(vetoes)
}

/** How many units of a group of `count` a grade may hold; null: no quota. */
export function quotaLimit(
  grade: Pick<PreparedGrade, 'quota' | 'quotaRounding' | 'quotaMinimum'>,
  count: number,
): number | null {
  if (grade.quota === null) return null
  const exact = multiply(grade.quota, whole(count))
  const rounding = {
    floor,
    ceil,
    nearest: (value: Decimal) => floor(add(value, divide(ONE, whole(2)))),
  }
  return Math.max(toNumber(rounding[grade.quotaRounding](exact)), grade.quotaMinimum)
}

/**
 * Step 3: quotas from the first grade down. Where a grade holds more than its limit, the lowest in rank
 * order move one grade down before the next grade is looked at. Changes `graded` of the places.
 *
 * @param places one grading group, best rank first
 */
export function applyQuotas(places: readonly QuotaPlace[], grades: readonly PreparedGrade[]): void {
  grades.forEach((grade, index) => {
    const limit = quotaLimit(grade, places.length)
    if (limit === null || index === grades.length - 1) return
    const holders = places.filter((place) => !place.fixed && place.graded.grade === index)
    if (holders.length <= limit) return
    for (const { graded } of holders.slice(keptCount(holders, limit, grade.quotaTies))) {
      graded.grade = index + 1
      graded.moves.push({
        kind: 'quota',
        from: index,
        limit,
        holders: holders.length,
        grade: index + 1,
      })
    }
  })
}

/** How many of the holders stay, with units tied across the line all demoted or all kept. */
function keptCount(
  holders: readonly QuotaPlace[],
  limit: number,
  ties: 'demote' | 'admit',
): number {
  const atLine = holders[limit]?.rank
  if (holders[limit - 1]?.rank !== atLine) return limit
  if (ties === 'admit') return holders.filter(({ rank }) => rank <= (atLine ?? 0)).length
  return holders.filter(({ rank }) => rank < (atLine ?? 0)).length
}
