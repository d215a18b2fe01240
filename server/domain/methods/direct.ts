import {
  compare,
  type Decimal,
  divide,
  isMultiple,
  multiply,
  parseDecimal,
  printExact,
  sign,
  ZERO,
} from '../decimal.ts'
import { EntryFault } from '../fault.ts'
import type { DirectParameters } from '../scheme.ts'
import { amount, may, must, object, printed, word } from '../shape.ts'
import { amountOf, shown } from './amounts.ts'
import { method } from './method.ts'

/**
 * Direct mark: the assessor writes a number from 0 to S, which counts mark × P / S. S is `scale`, or the
 * indicator's points P. With `step` the mark is a whole multiple of it.
 */
export const direct = method<DirectParameters>({
  type: 'direct',
  name: '直接打分',
  shape: object({ type: must(word('direct')), scale: may(amount), step: may(amount) }),
  prepare({ scale, step }, points, report) {
    const top = scale === undefined ? (points ?? ZERO) : amountOf(scale)
    const grain = step === undefined ? null : amountOf(step)
    if (sign(top) <= 0) {
      report('/scale', 'OUT_OF_RANGE', '的满分刻度(scale)应大于 0。')
      return { entry: 'marks', best: ZERO, award: () => ZERO }
    }
    if (grain && sign(grain) <= 0) {
      report('/step', 'OUT_OF_RANGE', '的最小打分单位(step)应大于 0。')
      return { entry: 'marks', best: ZERO, award: () => ZERO }
    }
    const factor = divide(points ?? ZERO, top)
    return {
      entry: 'marks',
      best: points ?? ZERO,
      award(given) {
        const mark = parseDecimal(given)
        if (!mark) {
          const code =
            typeof given === 'number' || typeof given === 'string' ? 'NOT_A_NUMBER' : 'WRONG_ENTRY'
          return new EntryFault(
            code,
            `得分应是一个数(小数最多 6 位),您填了 ${printed(given)}。`,
            'mark',
          )
        }
        return checked(mark, top, grain) ?? multiply(mark, factor)
      },
    }
  },
  sentence({ scale, step }, points) {
    const scaled = scale === undefined ? '' : `按${shown(scale)}分制打分，折算为${points}分`
    const grain = step === undefined ? '' : `，最小单位${shown(step)}分`
    return `${scaled || `在0到${points}分之间直接打分`}${grain}`
  },
})

function checked(mark: Decimal, top: Decimal, grain: Decimal | null): EntryFault | undefined {
  if (sign(mark) < 0 || compare(mark, top) > 0) {
    const range = `得分应在 0 到 ${printExact(top)} 之间,您填了 ${printExact(mark)}。`
    return new EntryFault('OUT_OF_RANGE', range, 'mark')
  }
  if (grain && !isMultiple(mark, grain)) {
    const step = `得分应是 ${printExact(grain)} 的整数倍,您填了 ${printExact(mark)}。`
    return new EntryFault('OFF_STEP', step, 'mark')
  }
  return undefined
}
