/** One rule of a ledger: what an event of it is worth. */

import {
  add,
  type Decimal,
  divide,
  multiply,
  ONE,
  parseDecimal,
  sign,
  whole,
  ZERO,
} from '../decimal.ts'
import type { ReadableEvent } from '../event-keys.ts'
import { EntryFault, type FaultCode, type Report } from '../fault.ts'
import { keyName } from '../key-names.ts'
import type { Amount, Rule } from '../scheme.ts'
import { printed } from '../shape.ts'
import { amountOf, named } from './amounts.ts'
import { pointsOfOne } from './rule-points.ts'

/** A unit's sizes by name. */
export type Measures = Readonly<Record<string, Amount>>

export interface PreparedRule {
  code: string
  name: string
  sign: 'add' | 'deduct'
  /** limit of the sum of its events; null: none */
  cap: Decimal | null
  pool: string | null
  owner: string | null
  /** An event's worth in points without sign, exact; or what is wrong with the event. */
  worth(event: ReadableEvent, measures: Measures | undefined): Decimal | EntryFault
}

/** The key of an event that its rule's kind needs; no other kind may carry it. */
const NEEDED: Record<Rule['kind'], 'tier' | 'points' | 'value' | null> = {
  count: null,
  tiers: 'tier',
  range: 'points',
  excess: 'value',
  value: 'value',
  bands: 'value',
}

/** Reads a rule once for all its events; reports what is wrong with it at paths below the rule. */
export function prepareRule(rule: Rule, report: Report): PreparedRule {
  const single = pointsOfOne(rule, report)
  const factors = named(rule.factors)
  const surcharges = named(rule.surcharges)
  const { dividedBy } = rule
  return {
    code: rule.code,
    name: rule.name,
    sign: rule.sign,
    cap: rule.cap === undefined ? null : amountOf(rule.cap),
    pool: rule.pool ?? null,
    owner: rule.owner ?? null,
    worth(event, measures) {
      const unfit = unfitKey(rule, event)
      if (unfit) return unfit
      let worth = single(event)
      if (worth instanceof EntryFault) return worth
      if (event.factors !== undefined) {
        const multiplied = combined(event.factors, factors, 'factors', ONE, multiply)
        if (multiplied instanceof EntryFault) return multiplied
        worth = multiply(worth, multiplied)
      }
      if (event.surcharges !== undefined) {
        const added = combined(event.surcharges, surcharges, 'surcharges', ZERO, add)
        if (added instanceof EntryFault) return added
        worth = add(worth, added)
      }
      if (event.count !== undefined) worth = multiply(worth, whole(event.count))
      if (dividedBy === undefined) return worth
      const size = parseDecimal(measures?.[dividedBy])
      if (size && sign(size) > 0) return divide(worth, size)
      const wanted = `按「${dividedBy}」折算,但这个单位没有填「${dividedBy}」或不大于 0,请先补上。`
      return new EntryFault('MISSING_MEASURE', wanted, 'rule')
    },
  }
}

function unfitKey(rule: Rule, event: ReadableEvent): EntryFault | undefined {
  const needed = NEEDED[rule.kind]
  return (
    unfit(rule, 'tier', needed, event.tier) ??
    unfit(rule, 'points', needed, event.points) ??
    unfit(rule, 'value', needed, event.value) ??
    wrongCount(event)
  )
}

type KindKey = 'tier' | 'points' | 'value'

function unfit(
  rule: Rule,
  key: KindKey,
  needed: KindKey | null,
  given: unknown,
): EntryFault | undefined {
  if ((given !== undefined) === (key === needed)) return undefined
  return given === undefined
    ? new EntryFault('MISSING_KEY', `的规则「${rule.name}」须填${keyName(key)}。`, key)
    : new EntryFault('WRONG_ENTRY', `的规则「${rule.name}」不用填${keyName(key)},请删去。`, key)
}

function wrongCount(event: ReadableEvent): EntryFault | undefined {
  if (event.count !== undefined && (!Number.isSafeInteger(event.count) || event.count < 1)) {
    return new EntryFault(
      'OUT_OF_RANGE',
      `的次数应是正整数,您填了 ${printed(event.count)}。`,
      'count',
    )
  }
  return undefined
}

function combined(
  given: unknown,
  known: ReadonlyMap<string, Decimal>,
  key: 'factors' | 'surcharges',
  start: Decimal,
  join: (a: Decimal, b: Decimal) => Decimal,
): Decimal | EntryFault {
  const word = key === 'factors' ? '系数' : '加重项'
  const code: FaultCode = key === 'factors' ? 'UNKNOWN_FACTOR' : 'UNKNOWN_SURCHARGE'
  if (!Array.isArray(given) || given.some((name) => typeof name !== 'string')) {
    const wanted = `的${keyName(key)}应是名称的列表,您填了 ${printed(given)}。`
    return new EntryFault('WRONG_TYPE', wanted, key)
  }
  // The check above has seen a text in every place.
  const names = given as string[]
  let result = start
  for (const [index, name] of names.entries()) {
    const value = known.get(name)
    if (!value) return new EntryFault(code, `的规则没有${word}「${name}」。`, `${key}/${index}`)
    if (names.indexOf(name) !== index) {
      return new EntryFault('DUPLICATE_ENTRY', `的${word}「${name}」写了两次。`, `${key}/${index}`)
    }
    result = join(result, value)
  }
  return result
}
