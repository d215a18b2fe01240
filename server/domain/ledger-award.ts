/** From a ledger's events to its award: highest only, caps of rules and pools, floor and cap. */

import {
  add,
  clamp,
  type Decimal,
  equals,
  isZero,
  min,
  negate,
  Sum,
  sign,
  subtract,
  ZERO,
} from './decimal.ts'
import type { EntryFate } from './explanation.ts'
import type { PreparedLedger } from './methods/ledger.ts'
import type { PreparedRule } from './methods/rule.ts'

/** One event with its worth in points (without sign) and whether highest only lets it count. */
export interface LedgerEntry {
  rule: PreparedRule
  worth: Decimal
  counts: boolean
}

/** What became of one event: the points it changed in the award (signed) and why not more. */
export interface LedgerPart {
  change: Decimal
  why: EntryFate
}

export interface LedgerOutcome {
  award: Decimal
  /** in the order of the entries; their changes and `clamped` add up to award − start */
  parts: LedgerPart[]
  /** what floor or cap moved beyond all events, as when `start` itself lies outside */
  clamped: Decimal
}

/**
 * The ledger's award, exact and unrounded. A cap is used up in the order of entry: each event counts
 * with what its rule's and its pool's cap still leave, and floor and cap take back from the last.
 */
export function ledgerAward(ledger: PreparedLedger, entries: readonly LedgerEntry[]): Decimal {
  if (entries.length === 0) return ledger.untouched
  return clamp(countEvents(ledger, entries, null), ledger.floor, ledger.cap)
}

/** The ledger's award together with what became of each event. */
export function ledgerOutcome(
  ledger: PreparedLedger,
  entries: readonly LedgerEntry[],
): LedgerOutcome {
  const parts: LedgerPart[] = []
  const unclamped = countEvents(ledger, entries, parts)
  const award = clamp(unclamped, ledger.floor, ledger.cap)
  return { award, parts, clamped: takeBack(parts, subtract(award, unclamped)) }
}

/** Start + additions − deductions within the caps of rules and pools. @param parts takes each event's part */
function countEvents(
  ledger: PreparedLedger,
  entries: readonly LedgerEntry[],
  parts: LedgerPart[] | null,
): Decimal {
  const spent = new Spent()
  const total = new Sum()
  total.add(ledger.start)
  for (let index = 0; index < entries.length; index += 1) {
    const { rule, worth, counts } = entries[index] as LedgerEntry
    if (!counts) {
      parts?.push({ change: ZERO, why: 'highest-only' })
      continue
    }
    const inRule = rule.cap === null ? worth : spent.within(`rule ${rule.code}`, worth, rule.cap)
    const pool = rule.pool === null ? undefined : ledger.pools.get(rule.pool)
    const counted =
      pool === undefined ? inRule : spent.within(`pool ${rule.sign} ${rule.pool}`, inRule, pool)
    const change = rule.sign === 'add' ? counted : negate(counted)
    total.add(change)
    if (!parts) continue
    const why = !equals(inRule, worth)
      ? 'rule-cap'
      : equals(counted, inRule)
        ? 'counted'
        : 'pool-cap'
    parts.push({ change, why })
  }
  return total.value
}

/** What the caps have let through so far. */
class Spent {
  #sums: Map<string, Decimal> | undefined

  /** How much of `amount` still counts within `cap`. */
  within(key: string, amount: Decimal, cap: Decimal): Decimal {
    this.#sums ??= new Map()
    const before = this.#sums.get(key) ?? ZERO
    const after = add(before, amount)
    this.#sums.set(key, after)
    return subtract(min(cap, after), min(cap, before))
  }
}

/** Takes what floor or cap does not let count back from the last events. @returns what is left over */
function takeBack(parts: LedgerPart[], moved: Decimal): Decimal {
  const direction = sign(moved)
  let left = moved
  for (let index = parts.length - 1; index >= 0 && !isZero(left); index -= 1) {
    const part = parts[index]
    if (!part || sign(part.change) !== -direction) continue
    // The event gave up to |change|; no more than that can be taken back.
    const back =
      direction > 0 ? min(left, negate(part.change)) : negate(min(negate(left), part.change))
    part.change = add(part.change, back)
    part.why = direction > 0 ? 'floor' : 'cap'
    left = subtract(left, back)
  }
  return left
}
