/** An event's keys, read one event after another into one record. */

import type { Event } from './bundle.ts'

/** An event with every key there, undefined where it was not given. */
export type EventKeys = { [Key in keyof Required<Event>]: Event[Key] | undefined }

/** What is asked about an event's keys: an event as it was given will do, and so will its copy. */
export type ReadableEvent = Readonly<Partial<EventKeys>>

export function blankEvent(): EventKeys {
  return {
    unit: undefined,
    indicator: undefined,
    rule: undefined,
    tier: undefined,
    matter: undefined,
    reason: undefined,
    document: undefined,
    date: undefined,
    foundBy: undefined,
    count: undefined,
    points: undefined,
    value: undefined,
    factors: undefined,
    surcharges: undefined,
  }
}

/**
 * Copies what an event says into `keys`, replacing all that stood there. Events come with many
 * different sets of keys, and asking each of a million for each key that it may have is slow; a copy
 * that always has all of them is quick to ask.
 *
 * @returns whether it is an object with known keys only and texts where texts belong; if not, what
 *   `keys` then holds means nothing
 */
export function copyEvent(given: unknown, keys: EventKeys): boolean {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return false
  keys.unit = undefined
  keys.indicator = undefined
  keys.rule = undefined
  keys.tier = undefined
  keys.matter = undefined
  keys.reason = undefined
  keys.document = undefined
  keys.date = undefined
  keys.foundBy = undefined
  keys.count = undefined
  keys.points = undefined
  keys.value = undefined
  keys.factors = undefined
  keys.surcharges = undefined
  const event = given as Record<string, unknown>
  for (const key in event) {
    const value = event[key]
    switch (key) {
      case 'unit':
        if (typeof value !== 'string') return false
        keys.unit = value
        break
      case 'indicator':
        if (typeof value !== 'string') return false
        keys.indicator = value
        break
      case 'rule':
        if (typeof value !== 'string') return false
        keys.rule = value
        break
      case 'tier':
        if (typeof value !== 'string') return false
        keys.tier = value
        break
      case 'matter':
        if (typeof value !== 'string') return false
        keys.matter = value
        break
      case 'reason':
        if (typeof value !== 'string') return false
        keys.reason = value
        break
      case 'document':
        if (typeof value !== 'string') return false
        keys.document = value
        break
      case 'date':
        if (typeof value !== 'string') return false
        keys.date = value
        break
      case 'foundBy':
        if (typeof value !== 'string') return false
        keys.foundBy = value
        break
      case 'count':
        keys.count = value as Event['count']
        break
      case 'points':
        keys.points = value as Event['points']
        break
      case 'value':
        keys.value = value as Event['value']
        break
      case 'factors':
        keys.factors = value as Event['factors']
        break
      case 'surcharges':
        keys.surcharges = value as Event['surcharges']
        break
      default:
        return false
    }
  }
  return true
}
