import type { MarkGiven } from './bundle.ts'
import { compare, parseDecimal, ZERO } from './decimal.ts'
import { EntryFault } from './fault.ts'
import { findMethod } from './methods/registry.ts'
import type { Indicator } from './scheme.ts'

/** Whether a mark earns less than the indicator's points, so that a reader will ask for its reason. */
export function isBelowFull({ method: parameters, points }: Indicator, mark: MarkGiven): boolean {
  const full = parseDecimal(points) ?? ZERO
  const method = findMethod(parameters.type)?.prepare(parameters, full, () => {})
  if (method?.entry !== 'marks') return false
  const award = method.award(mark)
  return !(award instanceof EntryFault) && compare(award, full) < 0
}
