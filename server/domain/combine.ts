/** How the marks of several assessors become one award. */

import {
  compare,
  type Decimal,
  divide,
  divideByWhole,
  equals,
  multiply,
  Sum,
  sign,
  sum,
  whole,
  ZERO,
} from './decimal.ts'
import type { EntryFate } from './explanation.ts'
import type { Report } from './fault.ts'
import { amountOf, shown } from './methods/amounts.ts'
import type { Combine, PlainCombine } from './scheme.ts'
import {
  amount,
  type Check,
  integer,
  isRecord,
  mapOf,
  may,
  must,
  object,
  oneOf,
  word,
} from './shape.ts'

const plainShape = oneOf('type', {
  mean: object({ type: must(word('mean')) }),
  median: object({ type: must(word('median')) }),
  single: object({ type: must(word('single')) }),
  trimmed: object({
    type: must(word('trimmed')),
    drop: must(integer(1)),
    from: must(integer(1)),
  }),
})

const weightedShape = object({
  type: must(word('weighted')),
  weights: must(mapOf(amount)),
  within: may(plainShape),
})

export const combineShape: Check = (value, tell) =>
  isRecord(value) && value.type === 'weighted'
    ? weightedShape(value, tell)
    : plainShape(value, tell)

/** A mark's award with the group it counts in (null: none). */
export interface Judgement {
  award: Decimal
  group: string | null
}

/** A mark's part in the result: award × weight is what it adds. Left-out marks weigh nothing. */
export interface Share {
  weight: Decimal
  why: EntryFate
}

export interface PreparedCombine {
  readonly type: Combine['type']
  /** the groups that may and must mark, with their part of the whole; null: all together */
  readonly groups: ReadonlyMap<string, Decimal> | null
  /** the same as a list */
  readonly parts: readonly { group: string; weight: Decimal }[]
  readonly within: PlainCombine
}

/** Reads a combination that has the right shape; reports what is wrong with it at paths below it. */
export function prepareCombine(combine: Combine | undefined, report: Report): PreparedCombine {
  const given = combine ?? { type: 'mean' }
  if (given.type !== 'weighted') {
    checkTrim(given, '', report)
    return { type: given.type, groups: null, parts: [], within: given }
  }
  const weights = Object.entries(given.weights).map(
    ([name, weight]) => [name, amountOf(weight)] as const,
  )
  const total = sum(weights.map(([, weight]) => weight))
  const within = given.within ?? { type: 'mean' }
  checkTrim(within, '/within', report)
  if (weights.some(([, weight]) => sign(weight) < 0) || sign(total) <= 0) {
    report('/weights', 'OUT_OF_RANGE', '各评价主体的权重不能为负,且合计应大于 0。')
    return { type: 'weighted', groups: new Map(), parts: [], within }
  }
  const groups = new Map(weights.map(([name, weight]) => [name, divide(weight, total)]))
  const parts = [...groups].map(([group, weight]) => ({ group, weight }))
  return { type: 'weighted', groups, parts, within }
}

function checkTrim(combine: PlainCombine, path: string, report: Report): void {
  if (combine.type === 'trimmed' && combine.from <= 2 * combine.drop) {
    report(
      `${path}/from`,
      'TRIM_TOO_FEW',
      `至少 ${combine.from} 个分数时各去掉 ${combine.drop} 个最高和最低分,就没有分数可平均了;from 应大于 drop 的两倍。`,
    )
  }
}

/**
 * The combined award, exact and unrounded.
 *
 * @returns null if there is no mark, or a listed group has none
 */
export function combine(
  prepared: PreparedCombine,
  judgements: readonly Judgement[],
): Decimal | null {
  const { groups, parts, within } = prepared
  if (judgements.length === 0) return null
  if (!groups) return plain(within, judgements)
  const award = new Sum()
  for (let part = 0; part < parts.length; part += 1) {
    const { group, weight } = parts[part] as { group: string; weight: Decimal }
    const members: Judgement[] = []
    for (let index = 0; index < judgements.length; index += 1) {
      const judgement = judgements[index] as Judgement
      if (judgement.group === group) members.push(judgement)
    }
    if (members.length === 0) return null
    award.add(multiply(weight, plain(within, members)))
  }
  return award.value
}

/** Each judgement's part in what `combine` gives: Σ award × weight is the combined award. */
export function shares(prepared: PreparedCombine, judgements: readonly Judgement[]): Share[] {
  const { groups, within } = prepared
  if (!groups) return plainShares(within, judgements)
  const found: Share[] = judgements.map(() => ({ weight: ZERO, why: 'counted' }))
  for (const [name, part] of groups) {
    const members = judgements.flatMap((each, index) => (each.group === name ? [index] : []))
    const inside = plainShares(
      within,
      members.map((index) => judgements[index] as Judgement),
    )
    inside.forEach(({ weight, why }, place) => {
      found[members[place] as number] = { weight: multiply(part, weight), why }
    })
  }
  return found
}

function byAward(a: Judgement, b: Judgement): number {
  return compare(a.award, b.award)
}

function plain(combine: PlainCombine, judgements: readonly Judgement[]): Decimal {
  const count = judgements.length
  if (combine.type === 'median' || (combine.type === 'trimmed' && count >= combine.from)) {
    const drop = combine.type === 'median' ? (count - 1) >> 1 : combine.drop
    return mean(sorted(judgements), drop, count - drop)
  }
  return mean(judgements, 0, count)
}

/** By award, lowest first. A handful of marks is put in order quicker by hand. */
function sorted(judgements: readonly Judgement[]): Judgement[] {
  const list = judgements.slice()
  if (list.length > 20) return list.sort(byAward)
  for (let index = 1; index < list.length; index += 1) {
    const moved = list[index] as Judgement
    let place = index
    for (; place > 0; place -= 1) {
      const before = list[place - 1] as Judgement
      if (compare(before.award, moved.award) <= 0) break
      list[place] = before
    }
    list[place] = moved
  }
  return list
}

/** The mean of the awards at `from` up to, not including, `to`. */
function mean(judgements: readonly Judgement[], from: number, to: number): Decimal {
  const total = new Sum()
  for (let index = from; index < to; index += 1) {
    total.add((judgements[index] as Judgement).award)
  }
  return to - from === 1 ? total.value : divideByWhole(total.value, to - from)
}

function plainShares(combine: PlainCombine, judgements: readonly Judgement[]): Share[] {
  const count = judgements.length
  const drop =
    combine.type === 'median'
      ? Math.max(0, (count - 1) >> 1)
      : combine.type === 'trimmed' && count >= combine.from
        ? combine.drop
        : 0
  const weight = count === 0 ? ZERO : divide(whole(1), whole(count - 2 * drop))
  const order = judgements.map((_, index) => index)
  order.sort((a, b) => byAward(judgements[a] as Judgement, judgements[b] as Judgement) || a - b)
  const found: Share[] = judgements.map(() => ({ weight, why: 'counted' }))
  const low: EntryFate = combine.type === 'median' ? 'not-middle' : 'trimmed-low'
  const high: EntryFate = combine.type === 'median' ? 'not-middle' : 'trimmed-high'
  for (const index of order.slice(0, drop)) found[index] = { weight: ZERO, why: low }
  for (const index of order.slice(count - drop)) found[index] = { weight: ZERO, why: high }
  return found
}

/**
 * A combination in words, such as "去掉1个最高分和1个最低分后取平均（不足5人时直接取平均）".
 *
 * @param entry what is combined: assessors' marks, or the ballots of several groups
 */
export function combineSentence(
  combine: Combine | undefined,
  entry: 'marks' | 'tallies' = 'marks',
): string {
  const given = combine ?? { type: 'mean' }
  switch (given.type) {
    case 'mean':
      return '多人打分取平均'
    case 'median':
      return '多人打分取中位数'
    case 'single':
      return '由一人打分'
    case 'trimmed':
      return `去掉${given.drop}个最高分和${given.drop}个最低分后取平均（不足${given.from}人时直接取平均）`
    case 'weighted': {
      const weights = Object.entries(given.weights)
      const percent = equals(sum(weights.map(([, weight]) => amountOf(weight))), whole(100))
      const parts = weights.map(([name, weight]) =>
        percent ? `${name}占${shown(weight)}%` : `${name}权重${shown(weight)}`,
      )
      const head = `按评价主体加权：${parts.join('、')}`
      if (entry === 'tallies') return `${head}，分别计票`
      return `${head}，各主体内${given.within ? combineSentence(given.within) : '取平均'}`
    }
  }
}
