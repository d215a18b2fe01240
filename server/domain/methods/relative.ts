import {
  add,
  compare,
  type Decimal,
  divide,
  equals,
  isZero,
  max,
  min,
  multiply,
  printExact,
  sign,
  subtract,
  whole,
  ZERO,
} from '../decimal.ts'
import { EntryFault } from '../fault.ts'
import type { RelativeParameters } from '../scheme.ts'
import { amountOrShare, may, must, object, share, word } from '../shape.ts'
import { pointsOrShareOf, shareOf, shareText, shown } from './amounts.ts'
import { method } from './method.ts'

/**
 * Relative award: a value against those of the units of the same category that have one. `best` is a
 * proportion of the best value, `range` the place between worst and best, `rank` takes `step` off for
 * each place behind the first.
 */
export const relative = method<RelativeParameters>({
  type: 'relative',
  name: '同类比较',
  shape: object({
    type: must(word('relative')),
    basis: must(word('best', 'range', 'rank')),
    better: may(word('higher', 'lower')),
    floor: may(share),
    step: may(amountOrShare),
  }),
  prepare(parameters, points, report) {
    const full = points ?? ZERO
    const { basis } = parameters
    const lower = parameters.better === 'lower'
    const floor = parameters.floor === undefined ? ZERO : shareOf(parameters.floor)
    const step = parameters.step === undefined ? ZERO : pointsOrShareOf(parameters.step, full)
    if (basis === 'rank' && sign(step) <= 0) {
      report('/step', 'OUT_OF_RANGE', '按名次计分时须写明每名递减的分值(step),且大于 0。')
    }
    if (basis !== 'rank' && parameters.step !== undefined) {
      report('/step', 'NOT_ALLOWED', '只有按名次(rank)计分时才可写 step。')
    }
    if (basis !== 'range' && parameters.floor !== undefined) {
      report('/floor', 'NOT_ALLOWED', '只有按极差(range)计分时才可写 floor。')
    }
    const byBasis = {
      best: (values: readonly Decimal[]) => bestAward(full, lower, values),
      range: (values: readonly Decimal[]) => rangeAward(full, floor, lower, values),
      rank: (values: readonly Decimal[]) => rankAward(full, step, lower, values),
    }
    return {
      entry: 'values',
      best: full,
      comparesUnits: true,
      check(value) {
        if (basis !== 'best' || sign(value) >= 0) return undefined
        const wanted = `的数值不能是负数,您填了 ${printExact(value)}。`
        return new EntryFault('NEGATIVE_VALUE', wanted, 'value')
      },
      awardAmong: byBasis[basis],
      explain(value, values) {
        const sorted = [...values].sort((a, b) => (lower ? compare(a, b) : compare(b, a)))
        const place = sorted.findIndex((other) => equals(other, value)) + 1
        const best = printExact(sorted[0] ?? value)
        const worst = printExact(sorted.at(-1) ?? value)
        return `实际值${printExact(value)}，同类${values.length}家中最好${best}、最差${worst}，列第${place}`
      },
    }
  },
  sentence({ basis, better, floor, step }, points) {
    const order = better === 'lower' ? '数值越低越好' : '数值越高越好'
    if (basis === 'best') return `与同类单位最好值相比按比例计分，最好的得${points}分，${order}`
    if (basis === 'range') {
      const least =
        floor === undefined || isZero(shareOf(floor)) ? '不得分' : `得${shareText(floor)}`
      return `同类单位中最好的得${points}分，最差的${least}，其间按比例计分，${order}`
    }
    return `同类单位中第一名得${points}分，每低一名减${stepText(step ?? 0)}，减完为止，${order}`
  },
})

function stepText(step: string | number): string {
  return String(step).endsWith('%') ? `满分的${shown(step)}` : `${shown(step)}分`
}

function bestAward(full: Decimal, lower: boolean, values: readonly Decimal[]) {
  const best = values.length === 0 ? ZERO : values.reduce(lower ? min : max)
  if (lower) return (value: Decimal) => (isZero(value) ? full : multiply(full, divide(best, value)))
  return (value: Decimal) => (isZero(best) ? full : multiply(full, divide(value, best)))
}

function rangeAward(full: Decimal, floor: Decimal, lower: boolean, values: readonly Decimal[]) {
  if (values.length === 0) return () => full
  const best = values.reduce(lower ? min : max)
  const worst = values.reduce(lower ? max : min)
  if (equals(best, worst)) return () => full
  const width = subtract(best, worst)
  const least = multiply(full, floor)
  const slope = divide(subtract(full, least), width)
  return (value: Decimal) => add(least, multiply(slope, subtract(value, worst)))
}

function rankAward(full: Decimal, step: Decimal, lower: boolean, values: readonly Decimal[]) {
  const sorted = [...values].sort((a, b) => (lower ? compare(a, b) : compare(b, a)))
  return (value: Decimal) => {
    // The number of values strictly better, by bisection.
    let low = 0
    let high = sorted.length
    while (low < high) {
      const middle = (low + high) >> 1
      const order = compare(sorted[middle] ?? value, value)
      if (lower ? order < 0 : order > 0) low = middle + 1
      else high = middle
    }
    return max(ZERO, subtract(full, multiply(step, whole(low))))
  }
}
