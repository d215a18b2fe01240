/** A scheme as scoring uses it: numbers read, methods prepared, categories narrowed from above. */

import type { PreparedCombine } from './combine.ts'
import { type Decimal, sum, ZERO } from './decimal.ts'
import type { PreparedMethod } from './methods/method.ts'
import type { PreparedDecision } from './prepare-decision.ts'
import type { Section } from './scheme.ts'

export interface PreparedIndicator {
  /** place among all indicators of the scheme */
  index: number
  code: string
  name: string
  section: Section
  /** null: a ledger of bonus or penalty without limit */
  points: Decimal | null
  weight: Decimal
  method: PreparedMethod
  /** the method's kind of entry, at hand: it is asked for every entry */
  entry: PreparedMethod['entry']
  combine: PreparedCombine
  categories: ReadonlySet<string> | null
}

export interface PreparedGroup {
  code: string
  name: string
  /** where it stands, as a JSON pointer from the scheme */
  path: string
  points: Decimal
  weight: Decimal
  weighted: boolean
  categories: ReadonlySet<string> | null
  children: PreparedNode[]
  /** whether every child could be read, so that their points and weights add up */
  whole: boolean
}

export type PreparedNode = PreparedGroup | PreparedIndicator

export interface PreparedScheme extends PreparedDecision {
  code: string
  decimals: number
  base: PreparedNode[]
  bonus: PreparedIndicator[]
  penalty: PreparedIndicator[]
  /** null: no cap */
  bonusCap: Decimal | null
  penaltyCap: Decimal | null
  notApplicable: 'rescale' | 'full' | 'zero'
  matterScope: 'indicator' | 'scheme'
  /** null: no floor */
  totalFloor: Decimal | null
  indicators: PreparedIndicator[]
  byCode: ReadonlyMap<string, PreparedIndicator>
  /** indicators too faulty to read: their entries cannot be checked */
  unreadable: ReadonlySet<string>
  /** whether every node could be read, so that full marks are known */
  whole: boolean
  /** top keys of the scheme that are faulty: what they hold is unknown */
  unsound: ReadonlySet<string>
}

export function isPreparedGroup(node: PreparedNode): node is PreparedGroup {
  return 'children' in node
}

/** Whether a node exists for units of a category. */
export function existsFor(node: PreparedNode, category: string): boolean {
  return node.categories === null || node.categories.has(category)
}

/** Sum of the points of the base dimensions that exist for a category: its full marks (满分). */
export function fullMarks(scheme: PreparedScheme, category: string): Decimal {
  return sum(
    scheme.base.filter((node) => existsFor(node, category)).map((node) => node.points ?? ZERO),
  )
}
