/** What an assessment comes to: section 10 of the scoring semantics. Every score is printed text. */

export interface Result {
  scheme: string
  units: UnitResult[]
}

export interface UnitResult {
  unit: string
  category: string
  complete: boolean
  /** codes of the base indicators that have no entry they need, in the order of the tree */
  missing: string[]
  total: string
  base: string
  bonus: string
  penalty: string
  /** null: incomplete or unranked */
  rank: number | null
  overallRank: number | null
  grade: string | null
  /** the grade before an adjustment */
  computedGrade: string | null
  /** codes of the vetoes that hold, in the order entered */
  vetoes: string[]
  /** every node that exists for the unit; null where it is not applicable */
  scores: Record<string, string | null>
}
