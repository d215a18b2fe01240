/**
 * Why a unit's total is another than the last time: what the unit changed, what the index changed, and the
 * rest, indicator by indicator. All effects together are the difference of the totals, exactly.
 */

import {
  add,
  type Decimal,
  divide,
  equals,
  isZero,
  multiply,
  negate,
  parseExact,
  subtract,
  sum,
  ZERO,
} from './decimal.ts'
import { amountOf } from './methods/amounts.ts'
import type { UnitResult } from './result.ts'
import { isSameDefinition, type PlacedIndicator } from './same-definition.ts'
import { indicatorsOf, type Scheme } from './scheme.ts'

/** One unit's result in one cycle. */
export interface Judged {
  scheme: Scheme
  result: UnitResult
  /** points of the base per point of the indicator */
  share: ReadonlyMap<string, Decimal>
  /** what a veto moved in the total, signed */
  veto: Decimal
}

/**
 * same: nothing but what was earned may differ; reweighted: its points or its weight changed too; rules: it
 * is another indicator under the old code; new, gone: only one index has it for this unit; applies: it was
 * or is not applicable; unjudged: nobody judged it once
 */
export type ChangeKind = 'same' | 'reweighted' | 'rules' | 'new' | 'gone' | 'applies' | 'unjudged'

/** What one indicator contributes to the total, then and now, and why the difference. */
export interface IndicatorChange {
  code: string
  name: string
  kind: ChangeKind
  /** what it brought to the total, exact; negative in penalty; null: it did not count */
  before: Decimal | null
  now: Decimal | null
  unit: Decimal
  index: Decimal
  other: Decimal
}

export interface Changes {
  indicators: IndicatorChange[]
  /** sums over the indicators; a veto is the unit's, limits and rounding are among the other effects */
  unit: Decimal
  index: Decimal
  other: Decimal
  /** what vetoes moved, which `unit` holds */
  veto: Decimal
  /** the difference of the totals: unit + index + other */
  total: Decimal
}

/** @see docs/methods.md, beside the last result */
export function changesSince(now: Judged, before: Judged): Changes {
  const places = [placesOf(now), placesOf(before)] as const
  const codes = new Set([...places[0].keys(), ...places[1].keys()])
  const indicators = [...codes].flatMap((code) => {
    const sides = {
      now: sideOf(now, places[0].get(code)),
      before: sideOf(before, places[1].get(code)),
    }
    return indicatorChange(code, sides.now, sides.before) ?? []
  })
  const total = subtract(parseExact(now.result.total), parseExact(before.result.total))
  const veto = subtract(now.veto, before.veto)
  const unit = add(sum(indicators.map((each) => each.unit)), veto)
  const index = sum(indicators.map((each) => each.index))
  return { indicators, unit, index, other: subtract(total, add(unit, index)), veto, total }
}

/** An indicator as it stood for the unit in one cycle. */
interface Side {
  place: PlacedIndicator
  /** null: left out as not applicable */
  award: Decimal | null
  /** points of the total per point of the award; negative in penalty */
  worth: Decimal
  points: Decimal
  missing: boolean
}

function placesOf({ scheme }: Judged): Map<string, PlacedIndicator> {
  return new Map(
    [...indicatorsOf(scheme)].map(({ indicator, section }) => [
      indicator.code,
      { indicator, section, scheme },
    ]),
  )
}

/** Undefined where the indicator does not exist for the unit. */
function sideOf({ result, share }: Judged, place: PlacedIndicator | undefined): Side | undefined {
  if (!place) return undefined
  const { code, points } = place.indicator
  const printed = result.scores[code]
  if (printed === undefined) return undefined
  const one = amountOf(1)
  const worth =
    place.section === 'base'
      ? (share.get(code) ?? ZERO)
      : place.section === 'bonus'
        ? one
        : negate(one)
  return {
    ...{ place, worth, points: amountOf(points ?? 0) },
    award: printed === null ? null : parseExact(printed),
    missing: result.missing.includes(code),
  }
}

function indicatorChange(
  code: string,
  now: Side | undefined,
  before: Side | undefined,
): IndicatorChange | undefined {
  const brought = (side: Side | undefined) =>
    side?.award ? multiply(side.award, side.worth) : null
  const name = (now ?? before)?.place.indicator.name ?? code
  const about = { code, name, before: brought(before), now: brought(now) }
  if (about.before === null && about.now === null) return undefined
  const whole = subtract(about.now ?? ZERO, about.before ?? ZERO)
  const none = { unit: ZERO, index: ZERO, other: ZERO }
  const kind = kindOf(now, before)
  if (kind === 'unjudged') return { ...about, ...none, kind, other: whole }
  if (kind !== 'same' || !now?.award || !before?.award) {
    return { ...about, ...none, kind, index: whole }
  }
  // What was earned then, had the index been the one of now.
  const scaled = isZero(before.points)
    ? before.award
    : divide(multiply(before.award, now.points), before.points)
  const then = multiply(scaled, now.worth)
  const index = subtract(then, about.before ?? ZERO)
  const unit = subtract(about.now ?? ZERO, then)
  const weighs = equals(now.worth, before.worth) && equals(now.points, before.points)
  return { ...about, ...none, kind: weighs ? 'same' : 'reweighted', unit, index }
}

function kindOf(now: Side | undefined, before: Side | undefined): ChangeKind {
  if (!before) return 'new'
  if (!now) return 'gone'
  if (!now.award || !before.award) return 'applies'
  if (now.missing || before.missing) return 'unjudged'
  return isSameDefinition(now.place, before.place) ? 'same' : 'rules'
}
