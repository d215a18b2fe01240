import {
  add,
  clamp,
  compare,
  type Decimal,
  divide,
  equals,
  isZero,
  max,
  min,
  multiply,
  ONE,
  print,
  printExact,
  subtract,
  whole,
  ZERO,
} from '../decimal.ts'
import type { RatioParameters } from '../scheme.ts'
import { amount, may, must, object, share, word } from '../shape.ts'
import { amountOf, shareOf, shareText, shown } from './amounts.ts'
import { method } from './method.ts'

/**
 * Linear award: how far a value lies from where points begin (`from`) to where they are full (`target`).
 * Lower-is-better indicators have target < from; there is no direction flag. `floor` is earned anyway.
 */
export const ratio = method<RatioParameters>({
  type: 'ratio',
  name: '按完成比例',
  shape: object({
    type: must(word('ratio')),
    from: may(amount),
    target: must(amount),
    floor: may(share),
  }),
  prepare(parameters, points, report) {
    const from = amountOf(parameters.from ?? 0)
    const target = amountOf(parameters.target)
    const floor = parameters.floor === undefined ? ZERO : shareOf(parameters.floor)
    const full = points ?? ZERO
    const sound = !equals(from, target)
    if (!sound) report('/target', 'TARGET_EQUALS_FROM', '的目标(target)与起点(from)不能相同。')
    const reached = (value: Decimal) =>
      sound ? clamp(divide(subtract(value, from), subtract(target, from)), ZERO, ONE) : ZERO
    const least = multiply(full, floor)
    const slope = sound ? divide(subtract(full, least), subtract(target, from)) : ZERO
    return {
      entry: 'values',
      best: full,
      comparesUnits: false,
      check: () => undefined,
      awardAmong: () => (value) =>
        clamp(
          add(least, multiply(slope, subtract(value, from))),
          min(least, full),
          max(least, full),
        ),
      explain(value) {
        const percent = print(multiply(reached(value), whole(100)), 2)
        const scale = `起点${printExact(from)}、目标${printExact(target)}`
        return `实际值${printExact(value)}，${scale}，完成比例${percent}%`
      },
    }
  },
  sentence({ from, target, floor }, points) {
    const start = amountOf(from ?? 0)
    const lower = compare(amountOf(target), start) < 0
    const full = `${lower ? '不高于' : '达到'}${shown(target)}得${points}分`
    const least = floor === undefined || isZero(shareOf(floor)) ? '不得分' : `得${shareText(floor)}`
    const worst = lower
      ? `达到${printExact(start)}及以上时`
      : isZero(start)
        ? '为0时'
        : `不高于${printExact(start)}时`
    return `${full}，${worst}${least}，其间按比例计分`
  },
})
