/**
 * What a unit could have avoided losing: marks, values and ballots below the best there is, and the single
 * events that deduct. A bonus not gained is no loss, nor is what no entry of the unit's took away.
 */

import {
  add,
  compare,
  type Decimal,
  divide,
  isMultiple,
  max,
  multiply,
  negate,
  ONE,
  round,
  sign,
  subtract,
  sum,
  whole,
  ZERO,
} from './decimal.ts'
import type { ExplainedUnit } from './explain.ts'
import { type LossShares, lossShares } from './loss-shares.ts'
import type { PreparedIndicator } from './prepared-scheme.ts'
import { cellOf } from './read-entries.ts'

export interface Recoverable {
  indicator: PreparedIndicator
  /** the event's position in the bundle; null: all that was marked, measured or voted in the indicator */
  event: number | null
  /** the most it brings back to the total, whatever else is given back, apart from rounding above it */
  most: Decimal
  /** the least, likewise */
  least: Decimal
}

export interface RecoverableItems {
  /** those that can bring back most first */
  items: Recoverable[]
  /** by how much rounding may raise what any set of them brings back */
  slack: Decimal
}

/** Every recoverable item of a unit; see docs/methods.md. */
export function recoverableItems(explained: ExplainedUnit): RecoverableItems {
  const { bundle, unit: scored } = explained
  const { unit } = scored
  const shares = lossShares(unit.category, scored)
  const ulp = divide(ONE, whole(10 ** bundle.scheme.decimals))
  const slack = roundingAbove(explained, shares, ulp)
  const items = unit.category.indicators.flatMap((indicator) => {
    const share = indicator.section === 'base' ? shares.share.get(indicator.code) : ONE
    if (indicator.section === 'bonus' || unit.notApplicable?.has(indicator.index) || !share)
      return []
    return indicator.entry === 'events'
      ? eventItems(explained, indicator, share, ulp)
      : wholeItem(explained, indicator, share, sign(slack) === 0)
  })
  return { items: items.sort((a, b) => compare(b.most, a.most)), slack }
}

/** What is rounded after the awards: divided groups, and limits with more digits than the scheme. */
function roundingAbove(
  { bundle: { scheme } }: ExplainedUnit,
  { divided }: LossShares,
  ulp: Decimal,
): Decimal {
  const limits = [scheme.bonusCap, scheme.penaltyCap, scheme.totalFloor]
  const finer = limits.filter((limit) => limit !== null && !isMultiple(limit, ulp))
  return multiply(ulp, add(sum(divided), whole(finer.length)))
}

function wholeItem(
  { bundle, awards, unit: scored }: ExplainedUnit,
  indicator: PreparedIndicator,
  share: Decimal,
  exact: boolean,
): Recoverable[] {
  const { scheme } = bundle
  const score = awards.award(scored.unit, indicator).score ?? ZERO
  const base = indicator.section === 'base'
  const best = bestScore(indicator, scheme.decimals)
  const most = multiply(share, base ? subtract(best, score) : score)
  if (sign(most) <= 0) return []
  const before = subtract(add(scored.base, scored.bonus), scored.penalty)
  const floored = scheme.totalFloor !== null && compare(before, scheme.totalFloor) < 0
  const sure = base && exact && !floored
  return [{ indicator, event: null, most, least: sure ? most : ZERO }]
}

/** The best score that entries of this kind can bring; in penalty none at all. */
export function bestScore({ method, section }: PreparedIndicator, decimals: number): Decimal {
  if (section !== 'base' || method.entry === 'events') return ZERO
  return round(method.best, decimals)
}

function eventItems(
  explained: ExplainedUnit,
  indicator: PreparedIndicator,
  share: Decimal,
  ulp: Decimal,
): Recoverable[] {
  const { bundle, unit: scored } = explained
  const { events } = bundle.entries
  const { method } = indicator
  if (method.entry !== 'events') return []
  const cell = cellOf(bundle.scheme, scored.unit.index, indicator.index)
  return [...events.cells.positions(cell)].flatMap((event): Recoverable[] => {
    const worth = events.worths[event] ?? ZERO
    const lowers = (events.rules[event]?.sign === 'deduct') === (indicator.section === 'base')
    if (!lowers || sign(worth) <= 0) return []
    // A whole step of the last digit moves the rounded award by as much, unless it passes zero.
    const even = isMultiple(worth, ulp) && method.floor !== null && sign(method.floor) >= 0
    const most = multiply(share, even ? worth : add(worth, ulp))
    return [{ indicator, event, most, least: negate(othersOfMatter(explained, event, ulp)) }]
  })
}

/** What another event about the same matter may come to cost once it counts instead. */
function othersOfMatter({ bundle, unit }: ExplainedUnit, event: number, ulp: Decimal): Decimal {
  const { events } = bundle.entries
  const shares = lossShares(unit.unit.category, unit)
  let most = ZERO
  for (const { position, indicator } of matterOf({ bundle, unit }, event)) {
    if (position === event) continue
    const share = indicator.section === 'base' ? shares.share.get(indicator.code) : ONE
    most = max(most, multiply(share ?? ZERO, add(events.worths[position] ?? ZERO, ulp)))
  }
  return most
}

/** An event by its position, with the ledger it stands in. */
export interface OfMatter {
  position: number
  indicator: PreparedIndicator
}

/** The unit's events of which highest only lets one count together with this one, itself included. */
export function matterOf(
  { bundle, unit: { unit } }: Pick<ExplainedUnit, 'bundle' | 'unit'>,
  event: number,
): OfMatter[] {
  const { events } = bundle.entries
  const winner = events.winner(event)
  return unit.category.indicators.flatMap((indicator) => {
    if (indicator.entry !== 'events') return []
    const positions = events.cells.positions(cellOf(bundle.scheme, unit.index, indicator.index))
    return [...positions]
      .filter((position) => events.winner(position) === winner)
      .map((position) => ({ position, indicator }))
  })
}
