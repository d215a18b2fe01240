/** From a ledger's events to its award: highest only, caps of rules and pools, floor and cap. */

import { add, clamp, type Decimal, isZero, min, negate, sign, subtract, ZERO } from './decimal.ts'
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
export function ledgerAward(
  ledger: PreparedLedger,
  entries: readonly LedgerEntry[],
): LedgerOutcome {
  const sums = new Map<string, Decimal>()
  const limited = (key: string, amount: Decimal, cap: Decimal | null): Decimal => {
    if (cap === null) return amount
    const before = sums.get(key) ?? ZERO
    const after = add(before, amount)
    sums.set(key, after)
    return subtract(min(cap, after), min(cap, before))
  }
  let unclamped = ledger.start
  const parts = entries.map(({ rule, worth, counts }): LedgerPart => {
    if (!counts) return { change: ZERO, why: 'highest-only' }
    const inRule = limited(`rule ${rule.code}`, worth, rule.cap)
    const pool = rule.pool === null ? null : (ledger.pools.get(rule.pool) ?? null)
    const counted = limited(`${rule.sign} ${rule.pool}`, inRule, pool)
    const change = rule.sign === 'add' ? counted : negate(counted)
    unclamped = add(unclamped, change)
    const why =
      inRule !== worth && !isZero(subtract(inRule, worth))
        ? 'rule-cap'
        : counted !== inRule && !isZero(subtract(counted, inRule))
          ? 'pool-cap'
          : 'counted'
    return { change, why }
  })
  const award = clamp(unclamped, ledger.floor, ledger.cap)
  return { award, parts, clamped: takeBack(parts, subtract(award, unclamped)) }
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
