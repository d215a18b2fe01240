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
  const uses = new CapUses()
  const total = new Sum(ledger.start)
  for (let index = 0; index < entries.length; index += 1) {
    const { rule, worth, counts } = entries[index] as LedgerEntry
    if (!counts) {
      parts?.push({ change: ZERO, why: 'highest-only' })
      continue
    }
    const inRule = rule.cap === null ? worth : uses.within(rule, rule, worth, rule.cap)
    const pool = rule.pool === null ? undefined : ledger.pools.get(rule.pool)
    const counted =
      pool === undefined || rule.pool === null ? inRule : uses.within(rule.pool, rule, inRule, pool)
    if (rule.sign === 'add') total.add(counted)
    else total.subtract(counted)
    if (!parts) continue
    const change = rule.sign === 'add' ? counted : negate(counted)
    const why = !equals(inRule, worth)
      ? 'rule-cap'
      : equals(counted, inRule)
        ? 'counted'
        : 'pool-cap'
    parts.push({ change, why })
  }
  return total.value
}

/** What one cap has been asked to let through, and the one asked before it for the first time. */
interface CapUse {
  of: PreparedRule | string
  sign: PreparedRule['sign']
  asked: Decimal
  before: CapUse | null
}

/** What the caps of one ledger have been asked so far: a handful, so that a chain finds them quickest. */
class CapUses {
  #last: CapUse | null = null

  /**
   * How much of `amount` still counts within `cap`.
   *
   * @param of the rule or the name of the pool that the cap belongs to; a pool has one for each sign
   */
  within(
    of: PreparedRule | string,
    { sign }: PreparedRule,
    amount: Decimal,
    cap: Decimal,
  ): Decimal {
    const use = this.#find(of, sign)
    if (!use) {
      this.#last = { of, sign, asked: amount, before: this.#last }
      return min(cap, amount)
    }
    const before = use.asked
    use.asked = add(before, amount)
    return subtract(min(cap, use.asked), min(cap, before))
  }

  #find(of: PreparedRule | string, sign: PreparedRule['sign']): CapUse | null {
    let use = this.#last
    while (use && (use.of !== of || use.sign !== sign)) use = use.before
    return use
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
