import type { Event, Unit } from './bundle.ts'
import type { Chance } from './chance.ts'
import { add, parseDecimal, printExact, subtract, whole, ZERO } from './decimal.ts'
import { nearThreshold } from './made-up-value.ts'
import type { MethodParameters, Rule } from './scheme.ts'

/** What an event says besides where it stands and why. */
type EventBody = Omit<Event, 'unit' | 'indicator' | 'reason'>

/**
 * Something that could have been recorded in a ledger, by one of its rules.
 *
 * @returns undefined where the method has no ledger, or every rule divides by a size the unit has not
 */
export function madeUpEvent(
  method: MethodParameters,
  { measures = {} }: Unit,
  chance: Chance,
): EventBody | undefined {
  if (method.type !== 'ledger') return undefined
  const usable = method.rules.filter(
    ({ dividedBy }) => dividedBy === undefined || Object.hasOwn(measures, dividedBy),
  )
  const rule = chance.pick(usable)
  return rule && { rule: rule.code, ...bodyOf(rule, chance) }
}

function bodyOf(rule: Rule, chance: Chance): Omit<EventBody, 'rule'> {
  switch (rule.kind) {
    case 'count':
      return { count: chance.integer(1, 2) }
    case 'tiers': {
      const tier = chance.pick(Object.keys(rule.tiers), 2)
      return tier === undefined ? {} : { tier }
    }
    case 'range':
      return { points: chance.isBelow(0.7) ? rule.min : rule.max }
    case 'excess': {
      const past = whole(chance.integer(1, 5))
      const edge = parseDecimal(rule.threshold) ?? ZERO
      const value = rule.direction === 'above' ? add(edge, past) : subtract(edge, past)
      return { value: printExact(value) }
    }
    case 'value':
      return { value: String(chance.integer(1, 20)) }
    case 'bands':
      return { value: nearThreshold(rule.steps, chance) }
  }
}
