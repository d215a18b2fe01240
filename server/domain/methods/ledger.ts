import { clamp, compare, type Decimal, ZERO } from '../decimal.ts'
import { pointer } from '../fault.ts'
import type { LedgerParameters } from '../scheme.ts'
import { amount, listOf, mapOf, may, must, nullable, object, word } from '../shape.ts'
import { amountOf } from './amounts.ts'
import { ledgerSentence } from './ledger-sentence.ts'
import { method } from './method.ts'
import { type PreparedRule, prepareRule } from './rule.ts'
import { ruleShape } from './rule-shape.ts'

/** A ledger read once for all events. */
export interface PreparedLedger {
  readonly entry: 'events'
  readonly start: Decimal
  /** the award without any event */
  readonly untouched: Decimal
  /** null: no lower limit */
  readonly floor: Decimal | null
  /** null: no upper limit */
  readonly cap: Decimal | null
  readonly pools: ReadonlyMap<string, Decimal>
  readonly rules: ReadonlyMap<string, PreparedRule>
}

/**
 * Ledger (台账计分): start + additions − deductions, held between `floor` and `cap`. Which events count
 * and within which limits is section 5 of the scoring semantics; see docs/methods.md.
 */
export const ledger = method<LedgerParameters>({
  type: 'ledger',
  name: '台账计分',
  shape: object({
    type: must(word('ledger')),
    start: must((value, tell) => {
      if (value !== 'full' && value !== 'zero') amount(value, tell)
    }),
    floor: may(nullable(amount)),
    cap: may(nullable(amount)),
    pools: may(mapOf(amount)),
    rules: must(listOf(ruleShape)),
  }),
  prepare(parameters, points, report) {
    const { start, floor, cap } = parameters
    const pools = new Map(
      Object.entries(parameters.pools ?? {}).map(([name, limit]) => [name, amountOf(limit)]),
    )
    const rules = new Map<string, PreparedRule>()
    parameters.rules.forEach((rule, index) => {
      const path = pointer('rules', index)
      if (rules.has(rule.code))
        report(`${path}/code`, 'DUPLICATE_CODE', `的规则编码「${rule.code}」重复。`)
      if (rule.pool !== undefined && !pools.has(rule.pool)) {
        report(
          `${path}/pool`,
          'UNKNOWN_POOL',
          `的规则「${rule.name}」用了没有声明的合并限额「${rule.pool}」。`,
        )
      }
      rules.set(
        rule.code,
        prepareRule(rule, (below, code, message) => report(path + below, code, message)),
      )
    })
    if (start === 'full' && points === null) {
      report('/start', 'POINTS_MISSING', '起评为满分(start: "full")时须写分值。')
    }
    const low = floor === undefined ? ZERO : floor === null ? null : amountOf(floor)
    const high = cap === undefined ? points : cap === null ? null : amountOf(cap)
    if (low && high && compare(low, high) > 0) {
      report('/floor', 'OUT_OF_RANGE', '的下限(floor)不能大于上限(cap)。')
    }
    const from = start === 'full' ? (points ?? ZERO) : start === 'zero' ? ZERO : amountOf(start)
    return {
      entry: 'events',
      start: from,
      untouched: clamp(from, low, high),
      floor: low,
      cap: high,
      pools,
      rules,
    }
  },
  sentence: ledgerSentence,
})
