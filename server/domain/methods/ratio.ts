import {
  add,
  clamp,
  type Decimal,
  divide,
  equals,
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
import { amountOf, shareOf, shown } from './amounts.ts'
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
    return {
      entry: 'values',
      check: () => undefined,
      awardAmong: () => (value) =>
        multiply(full, add(floor, multiply(subtract(ONE, floor), reached(value)))),
      explain(value) {
        const percent = print(multiply(reached(value), whole(100)), 2)
        const scale = `起点${printExact(from)}、目标${printExact(target)}`
        return `实际值${printExact(value)},${scale},完成比例${percent}%`
      },
    }
  },
  sentence({ from, target, floor }, points) {
    const start = from === undefined ? '0' : shown(from)
    const least = floor === undefined ? '不得分' : `得${floor}`
    return `达到${shown(target)}得${points}分,${start}及更差${least},其间按比例计分`
  },
})
