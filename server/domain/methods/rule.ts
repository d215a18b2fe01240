/** One rule of a ledger: the shape of each kind, and what an event of it is worth. */

import type { Event } from '../bundle.ts'
import {
  add,
  ceil,
  compare,
  type Decimal,
  divide,
  floor,
  multiply,
  ONE,
  parseDecimal,
  printExact,
  sign,
  subtract,
  whole,
  ZERO,
} from '../decimal.ts'
import { EntryFault, type FaultCode, type Report } from '../fault.ts'
import type { Amount, Rule } from '../scheme.ts'
import {
  amount,
  type Check,
  type Fields,
  mapOf,
  may,
  must,
  object,
  printed,
  text,
  word,
} from '../shape.ts'
import { amountOf } from './amounts.ts'
import { bandsShape, prepareThresholds } from './thresholds.ts'

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
  worth(event: Event, measures: Measures | undefined): Decimal | EntryFault
}

const common: Fields = {
  code: must(text),
  name: must(text),
  sign: must(word('add', 'deduct')),
  kind: must(text),
  cap: may(amount),
  pool: may(text),
  dividedBy: may(text),
  factors: may(mapOf(amount)),
  surcharges: may(mapOf(amount)),
  owner: may(text),
}

/** The shape of a rule by its kind. */
export const ruleShapes: ReadonlyMap<string, Check> = new Map([
  ['count', object({ ...common, points: must(amount) })],
  ['tiers', object({ ...common, tiers: must(mapOf(amount)) })],
  ['range', object({ ...common, min: must(amount), max: must(amount) })],
  [
    'excess',
    object({
      ...common,
      threshold: must(amount),
      direction: must(word('above', 'below')),
      per: must(amount),
      points: must(amount),
      partial: may(word('exact', 'full', 'started')),
    }),
  ],
  ['value', object({ ...common, factor: must(amount) })],
  ['bands', object({ ...common, steps: must(bandsShape) })],
])

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

function unfitKey(rule: Rule, event: Event): EntryFault | undefined {
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
    ? new EntryFault('MISSING_KEY', `的规则「${rule.name}」须填「${key}」。`, key)
    : new EntryFault('WRONG_ENTRY', `的规则「${rule.name}」不用填「${key}」,请删去。`, key)
}

function wrongCount(event: Event): EntryFault | undefined {
  if (event.count !== undefined && (!Number.isSafeInteger(event.count) || event.count < 1)) {
    return new EntryFault(
      'OUT_OF_RANGE',
      `的次数应是正整数,您填了 ${printed(event.count)}。`,
      'count',
    )
  }
  return undefined
}

function named(amounts: Record<string, Amount> | undefined): ReadonlyMap<string, Decimal> {
  return new Map(Object.entries(amounts ?? {}).map(([name, value]) => [name, amountOf(value)]))
}

function combined(
  names: readonly string[],
  known: ReadonlyMap<string, Decimal>,
  key: 'factors' | 'surcharges',
  start: Decimal,
  join: (a: Decimal, b: Decimal) => Decimal,
): Decimal | EntryFault {
  const word = key === 'factors' ? '系数' : '加重项'
  const code: FaultCode = key === 'factors' ? 'UNKNOWN_FACTOR' : 'UNKNOWN_SURCHARGE'
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

type PointsOfOne = (event: Event) => Decimal | EntryFault

function pointsOfOne(rule: Rule, report: Report): PointsOfOne {
  switch (rule.kind) {
    case 'count': {
      const points = amountOf(rule.points)
      return () => points
    }
    case 'tiers': {
      const tiers = named(rule.tiers)
      return ({ tier = '' }) =>
        tiers.get(tier) ??
        new EntryFault(
          'UNKNOWN_TIER',
          `的情形应是${quoted([...tiers.keys()])}之一,您填了「${tier}」。`,
          'tier',
        )
    }
    case 'range':
      return discretion(rule, report)
    case 'excess':
      return excess(rule, report)
    case 'value': {
      const factor = amountOf(rule.factor)
      return (event) => withValue(event, (value) => multiply(factor, value))
    }
    case 'bands': {
      const bands = prepareThresholds(rule.steps, ZERO, (path, code, message) =>
        report(`/steps${path}`, code, `的规则「${rule.name}」${message}`),
      )
      return (event) =>
        withValue(event, (value) => bands.find((band) => band.holds(value))?.points ?? ZERO)
    }
  }
}

function discretion(rule: Rule & { kind: 'range' }, report: Report): PointsOfOne {
  const [low, high] = [amountOf(rule.min), amountOf(rule.max)]
  if (compare(low, high) > 0)
    report('/min', 'OUT_OF_RANGE', `的规则「${rule.name}」min 不能大于 max。`)
  return (event) => {
    const points = parseDecimal(event.points)
    if (!points) {
      return new EntryFault(
        'NOT_A_NUMBER',
        `的酌情分应是一个数,您填了 ${printed(event.points)}。`,
        'points',
      )
    }
    if (compare(points, low) < 0 || compare(points, high) > 0) {
      const range = `的酌情分应在 ${printExact(low)} 到 ${printExact(high)} 之间,您填了 ${printExact(points)}。`
      return new EntryFault('OUT_OF_RANGE', range, 'points')
    }
    if (!event.reason?.trim()) {
      return new EntryFault(
        'MISSING_REASON',
        `的规则「${rule.name}」是酌情计分,须写明理由。`,
        'reason',
      )
    }
    return points
  }
}

function excess(rule: Rule & { kind: 'excess' }, report: Report): PointsOfOne {
  const [threshold, per, points] = [
    amountOf(rule.threshold),
    amountOf(rule.per),
    amountOf(rule.points),
  ]
  if (sign(per) <= 0) {
    report('/per', 'PER_NOT_POSITIVE', `的规则「${rule.name}」的单位量(per)应大于 0。`)
    return () => ZERO
  }
  const whole = { exact: (u: Decimal) => u, full: floor, started: ceil }[rule.partial ?? 'exact']
  return (event) =>
    withValue(event, (value) => {
      const beyond =
        rule.direction === 'above' ? subtract(value, threshold) : subtract(threshold, value)
      return sign(beyond) <= 0 ? ZERO : multiply(whole(divide(beyond, per)), points)
    })
}

function withValue(event: Event, points: (value: Decimal) => Decimal): Decimal | EntryFault {
  const value = parseDecimal(event.value)
  if (value) return points(value)
  return new EntryFault(
    'NOT_A_NUMBER',
    `的数值应是一个数,您填了 ${printed(event.value)}。`,
    'value',
  )
}

function quoted(names: readonly string[]): string {
  return names.map((name) => `「${name}」`).join('、')
}
