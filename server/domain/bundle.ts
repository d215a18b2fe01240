/** One whole assessment as a JSON document (考核数据包): the product's interchange format. */

import type { Amount, Scheme } from './scheme.ts'

export interface Bundle {
  scheme: Scheme
  units: Unit[]
  assessors?: Assessor[]
  marks?: Mark[]
  values?: Value[]
  tallies?: Tally[]
  events?: Event[]
  vetoes?: UnitVeto[]
  adjustments?: Adjustment[]
  /** an extension of the format: absent where nothing was agreed */
  agreed?: AgreedValue[]
}

/** An assessed unit (被考核单位). */
export interface Unit {
  code: string
  name: string
  category: string
  /** codes of the indicators that do not apply to it (不适用) */
  notApplicable?: string[]
  /** sizes that rules may divide by, such as 人数 */
  measures?: Record<string, Amount>
}

/** Who marks; `group` is the rater class (评价主体). */
export interface Assessor {
  code: string
  name: string
  group?: string
}

/** An assessor's entry (打分) for `direct`, `levels` and `pass`; `group` replaces the assessor's own. */
export interface Mark {
  unit: string
  indicator: string
  assessor: string
  mark: MarkGiven
  group?: string
  reason?: string
}

/** A number for `direct`, a level's name or a level with its points for `levels`, yes or no for `pass`. */
export type MarkGiven = Amount | boolean | { level: string; points: Amount }

/** What was agreed (议定) for a cell: it counts instead of the marks, which stay. */
export interface AgreedValue {
  unit: string
  indicator: string
  mark: MarkGiven
  reason: string
  document?: string
}

/** A measured value for `ratio`, `steps` and `relative`. */
export interface Value {
  unit: string
  indicator: string
  value: Amount
  source?: string
}

/** The ballots of one group for a `survey` indicator, by option. */
export interface Tally {
  unit: string
  indicator: string
  group?: string
  counts: Record<string, number>
}

/** A recorded fact that adds or deducts (台账记录). */
export interface Event {
  unit: string
  indicator: string
  rule: string
  count?: number
  tier?: string
  points?: Amount
  value?: Amount
  factors?: string[]
  surcharges?: string[]
  matter?: string
  reason?: string
  document?: string
  date?: string
  foundBy?: string
}

/** A veto (一票否决) that holds for a unit, unless it is exempt. */
export interface UnitVeto {
  unit: string
  veto: string
  reason: string
  /** 文号 */
  document?: string
  exempt?: boolean
}

/** A decided grade with its reason (调整). */
export interface Adjustment {
  unit: string
  grade: string
  reason: string
  /** 文号 */
  document?: string
}
