import type { Chance } from './chance.ts'
import {
  add,
  divideByWhole,
  multiply,
  ONE,
  parseDecimal,
  printExact,
  round,
  subtract,
  whole,
  ZERO,
} from './decimal.ts'
import type { Amount, MethodParameters, Threshold } from './scheme.ts'

/** A value somebody could have measured. @returns undefined where the method takes none */
export function madeUpValue(method: MethodParameters, chance: Chance): string | undefined {
  if (method.type === 'ratio') return between(method.from ?? 0, method.target, chance)
  if (method.type === 'steps') return nearThreshold(method.steps, chance)
  return method.type === 'relative' ? percent(chance) : undefined
}

/** Somewhat short of the target, at times beyond it. */
function between(from: Amount, target: Amount, chance: Chance): string {
  const [low, high] = [parseDecimal(from) ?? ZERO, parseDecimal(target) ?? ONE]
  const part = divideByWhole(whole(chance.integer(60, 105)), 100)
  return printExact(round(add(low, multiply(subtract(high, low), part)), 2))
}

/** At a threshold or just past it, so that some step or none is reached. */
export function nearThreshold(steps: readonly Threshold[], chance: Chance): string {
  const step = chance.pick(steps, 2)
  const edge = step?.atLeast ?? step?.above ?? step?.atMost ?? step?.below
  const base = parseDecimal(edge ?? 0) ?? ZERO
  return printExact(add(base, whole(chance.integer(-1, 2))))
}

function percent(chance: Chance): string {
  return printExact(divideByWhole(whole(chance.integer(600, 1000)), 10))
}
