/**
 * Why a unit has the result it has, as data. Exact amounts are text as `printExact` prints it ("8.5",
 * "25/3"); in every list of steps `after` is the previous `after` plus `change`, beginning from 0, and
 * the last `after` is what the list explains.
 */

import type { Section } from './scheme.ts'

export interface UnitExplanation {
  unit: string
  /** every indicator that exists for the unit, in the order of the tree */
  indicators: IndicatorExplanation[]
  /** every group that exists for the unit, children before parents */
  groups: GroupExplanation[]
  /** from the dimensions to the total */
  total: Step[]
  rank: RankExplanation
  grade: GradeStep[]
}

export interface IndicatorExplanation {
  indicator: string
  section: Section
  /** what it can earn; null where a ledger has no limit */
  points: string | null
  /** as printed in the result; null where it is left out */
  award: string | null
  /**
   * judged: entries were made; default: a ledger without events, nobody judged; missing: an entry it
   * needs is not there; not-applicable: does not apply to the unit
   */
  state: 'judged' | 'default' | 'missing' | 'not-applicable'
  /** the position of what was agreed and counts instead of the marks; null: they count */
  agreed: number | null
  entries: EntryExplanation[]
  steps: Step[]
}

export interface EntryExplanation {
  kind: 'mark' | 'value' | 'tally' | 'event'
  /** index in the bundle's list of its kind */
  position: number
  /** what the entry is worth by itself: a mark's award, an event's size without sign */
  worth: string
  /** what it changed in the award, signed; null: counted only together with the others of its kind */
  change: string | null
  why: EntryFate
  /** for a mark: its part in the mean, such as "1/3" */
  weight?: string
  /** for highest-only: the position of the event that counts instead */
  insteadOf?: number
}

/** What became of an entry. */
export type EntryFate =
  | 'counted'
  | 'trimmed-high'
  | 'trimmed-low'
  | 'not-middle'
  | 'agreed-instead'
  | 'highest-only'
  | 'rule-cap'
  | 'pool-cap'
  | 'floor'
  | 'cap'
  | 'missing'

export interface Step {
  kind: StepKind
  /** one line of Chinese that says what happened */
  text: string
  change: string
  after: string
  /** the entry of this step, as an index into the indicator's `entries` */
  entry?: number
  /** the node of this step */
  node?: string
}

export type StepKind =
  | 'start'
  | 'entry'
  | 'option'
  | 'agreed'
  | 'clamp'
  | 'rounding'
  | 'missing'
  | 'not-applicable'
  | 'child'
  | 'rescale'
  | 'bonus'
  | 'penalty'
  | 'section-cap'
  | 'floor'
  | 'veto'

export interface GroupExplanation {
  node: string
  points: string
  score: string | null
  steps: Step[]
}

export interface RankExplanation {
  rank: number | null
  overallRank: number | null
  /** one line of Chinese: of how many, tied with whom, or why there is no rank */
  text: string
  /** how many candidates the ranking group holds */
  candidates: number
  /** codes of the units with which it is tied on every key */
  tiedWith: string[]
  /** the keys in the order they decide, with this unit's value */
  keys: { key: string; value: string }[]
}

export interface GradeStep {
  kind: 'threshold' | 'veto' | 'quota' | 'adjustment' | 'none'
  text: string
  /** the grade after this step; null: none */
  grade: string | null
}
