/**
 * The index (评价体系) as its JSON says it. Numbers are decimals of at most six fractional digits, as a
 * JSON number or a string; a percentage is a string such as "80%".
 */

export type Amount = string | number

export interface Scheme {
  code: string
  name: string
  year?: number
  approval?: string
  note?: string
  /** fractional digits of every score, 0 to 6; 2 if absent */
  decimals?: number
  base: Node[]
  bonus?: Extra | null
  penalty?: Extra | null
  vetoes?: Veto[]
  notApplicable?: 'rescale' | 'full' | 'zero'
  matterScope?: 'indicator' | 'scheme'
  totalFloor?: Amount | null
  ranking: Ranking
  grades: Grade[]
}

/** Bonus (加分) or penalty (倒扣分): indicators outside the base, with a cap on their sum. */
export interface Extra {
  cap?: Amount | null
  items: Indicator[]
}

export type Node = Group | Indicator

interface NodeCommon {
  code: string
  name: string
  /** absent: for every category */
  categories?: string[]
  /** percent, in a weighted group */
  weight?: Amount
  note?: string
}

export interface Group extends NodeCommon {
  points: Amount
  weighted?: boolean
  children: Node[]
}

export interface Indicator extends NodeCommon {
  /** absent only for a ledger of bonus or penalty with `cap: null` */
  points?: Amount
  method: MethodParameters
  combine?: Combine
  owner?: string
  /** how many files (佐证材料) a unit may hand in; absent: as many as `MOST_EVIDENCE` */
  evidence?: { files: number }
}

export type MethodParameters =
  | DirectParameters
  | LevelsParameters
  | PassParameters
  | RatioParameters
  | StepsParameters
  | RelativeParameters
  | SurveyParameters
  | LedgerParameters

export interface DirectParameters {
  type: 'direct'
  scale?: Amount
  step?: Amount
}

export interface LevelsParameters {
  type: 'levels'
  levels: Level[]
}

/** A level carries `share`, or `points`, or both `min` and `max`. */
export interface Level {
  name: string
  share?: string
  points?: Amount
  min?: Amount
  max?: Amount
}

export interface PassParameters {
  type: 'pass'
}

export interface RatioParameters {
  type: 'ratio'
  from?: Amount
  target: Amount
  floor?: string
}

export interface StepsParameters {
  type: 'steps'
  steps: Threshold[]
}

/** A step: exactly one condition, and `share` or `points`. `rateOf` only in a survey. */
export interface Threshold {
  atLeast?: Amount
  above?: Amount
  atMost?: Amount
  below?: Amount
  share?: string
  points?: Amount
  rateOf?: string[]
}

export interface RelativeParameters {
  type: 'relative'
  basis: 'best' | 'range' | 'rank'
  better?: 'higher' | 'lower'
  floor?: string
  /** points, or a percentage of the indicator's points */
  step?: Amount
}

export interface SurveyParameters {
  type: 'survey'
  options: { name: string; share?: string }[]
  rateOf?: string[]
  steps?: Threshold[]
  minBallots?: number
}

export interface LedgerParameters {
  type: 'ledger'
  start: 'full' | 'zero' | Amount
  floor?: Amount | null
  cap?: Amount | null
  pools?: Record<string, Amount>
  rules: Rule[]
}

interface RuleCommon {
  code: string
  name: string
  sign: 'add' | 'deduct'
  cap?: Amount
  pool?: string
  dividedBy?: string
  factors?: Record<string, Amount>
  surcharges?: Record<string, Amount>
  owner?: string
}

export type Rule = RuleCommon &
  (
    | { kind: 'count'; points: Amount }
    | { kind: 'tiers'; tiers: Record<string, Amount> }
    | { kind: 'range'; min: Amount; max: Amount }
    | {
        kind: 'excess'
        threshold: Amount
        direction: 'above' | 'below'
        per: Amount
        points: Amount
        partial?: 'exact' | 'full' | 'started'
      }
    | { kind: 'value'; factor: Amount }
    | { kind: 'bands'; steps: Threshold[] }
  )

export type Combine = PlainCombine | WeightedCombine

export type PlainCombine =
  | { type: 'mean' }
  | { type: 'trimmed'; drop: number; from: number }
  | { type: 'median' }
  | { type: 'single' }

export interface WeightedCombine {
  type: 'weighted'
  weights: Record<string, Amount>
  within?: PlainCombine
}

export interface Veto {
  code: string
  name: string
  effects: Effect[]
}

export type Effect =
  | { type: 'zero' }
  | { type: 'grade'; grade: string }
  | { type: 'ceiling'; grade: string }
  | { type: 'drop'; by: number }
  | { type: 'unranked' }

export interface Ranking {
  within?: 'category' | 'overall'
  ties?: 'standard' | 'dense'
  tieBreak?: string[]
}

export interface Grade {
  name: string
  /** points, or a percentage of the category's full marks; the last grade has none */
  min?: Amount
  quota?: string
  quotaRounding?: 'floor' | 'nearest' | 'ceil'
  quotaMinimum?: number
  quotaTies?: 'demote' | 'admit'
}

export type Section = 'base' | 'bonus' | 'penalty'

export function isGroup(node: Node): node is Group {
  return 'children' in node
}

/** Every indicator of the scheme with the section it belongs to, in the order of the tree. */
export function* indicatorsOf(
  scheme: Scheme,
): Generator<{ indicator: Indicator; section: Section }> {
  function* leaves(nodes: readonly Node[]): Generator<Indicator> {
    for (const node of nodes) {
      if (isGroup(node)) yield* leaves(node.children)
      else yield node
    }
  }
  for (const indicator of leaves(scheme.base)) yield { indicator, section: 'base' }
  for (const indicator of scheme.bonus?.items ?? []) yield { indicator, section: 'bonus' }
  for (const indicator of scheme.penalty?.items ?? []) yield { indicator, section: 'penalty' }
}
