import type { Result, UnitResult } from './result.ts'

/** What of a unit's result people go by. */
export type Standing = Pick<UnitResult, 'complete' | 'total' | 'rank' | 'overallRank' | 'grade'>

export interface ResultChange {
  /** the unit's code */
  unit: string
  before: UnitResult
  after: UnitResult
}

/**
 * Units whose total, rank or grade differs, in the order of the result as it is now. A unit that is in
 * only one of the two is left out: results of one cycle have the same units.
 */
export function resultChanges(before: Result, after: Result): ResultChange[] {
  const was = new Map(before.units.map((each) => [each.unit, each]))
  return after.units.flatMap((now) => {
    const then = was.get(now.unit)
    return then && said(then) !== said(now) ? [{ unit: now.unit, before: then, after: now }] : []
  })
}

/** The part of a unit's result that people go by. */
export function standingOf({ complete, total, rank, overallRank, grade }: UnitResult): Standing {
  return { complete, total, rank, overallRank, grade }
}

function said(unit: UnitResult): string {
  return JSON.stringify(standingOf(unit))
}
