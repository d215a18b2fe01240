/**
 * Made-up entries (演练数据) for a rehearsal: what people would enter, out of a seed. Every entry is within
 * range and on step, and each that has room for words says that it is made up.
 */

import { type Assignable, assignableIndicators, type Parts } from './assignable.ts'
import type { Bundle, Event, Mark, Tally, Unit, Value } from './bundle.ts'
import { Chance } from './chance.ts'
import { entryKind } from './duty.ts'
import { madeUpEvent } from './made-up-event.ts'
import { madeUpMark } from './made-up-mark.ts'
import { madeUpValue } from './made-up-value.ts'
import { appliesTo, type PlacedIndicator, placedIndicators } from './placed-indicators.ts'
import type { SurveyParameters } from './scheme.ts'

export interface MadeUp {
  marks: Mark[]
  values: Value[]
  tallies: Tally[]
  events: Event[]
}

/** What stands in the place of a reason. */
export const MADE_UP = '演练：系统随机生成，不是真实记录'

/** Every so many units have something in a ledger; fewer in bonus and penalty. */
const EVENTS_IN = { base: 0.35, bonus: 0.25, penalty: 0.1 } as const

/**
 * Entries for whatever has none yet. A cell's entry follows from the seed and the cell alone, so that
 * filling what is missing gives what filling everything would have given.
 *
 * @param entered what is there already; it is left alone
 * @returns entries that `check` finds sound beside those that are there
 */
export function madeUpEntries(
  parts: Parts,
  entered: Pick<Bundle, 'marks' | 'values' | 'tallies' | 'events'>,
  seed: number,
): MadeUp {
  const placed = placedIndicators(parts.scheme)
  const facts = (kind: ReturnType<typeof entryKind>) =>
    placed
      .filter((each) => entryKind(each) === kind)
      .flatMap((each) =>
        parts.units.filter((unit) => appliesTo(each, unit)).map((unit) => ({ each, unit })),
      )
  const values = new Set((entered.values ?? []).map((value) => placeOf(value)))
  const tallies = new Set((entered.tallies ?? []).map((tally) => placeOf(tally, tally.group)))
  const events = new Set((entered.events ?? []).map((event) => placeOf(event)))
  return {
    marks: assignableIndicators(parts).flatMap((each) => marksOf(parts, each, entered, seed)),
    values: facts('value').flatMap(({ each: { indicator }, unit }) => {
      const at = { unit: unit.code, indicator: indicator.code }
      if (values.has(placeOf(at))) return []
      const value = madeUpValue(indicator.method, new Chance(seed, 'value', at.unit, at.indicator))
      return value === undefined ? [] : [{ ...at, value, source: MADE_UP }]
    }),
    tallies: facts('tally').flatMap(({ each, unit }) =>
      talliesOf(each, unit, seed).filter((tally) => !tallies.has(placeOf(tally, tally.group))),
    ),
    events: facts('event').flatMap(({ each, unit }) => {
      const at = { unit: unit.code, indicator: each.indicator.code }
      const chance = new Chance(seed, 'event', at.unit, at.indicator)
      if (events.has(placeOf(at)) || !chance.isBelow(EVENTS_IN[each.section])) return []
      const event = madeUpEvent(each.indicator.method, unit, chance)
      return event ? [{ ...at, ...event, reason: MADE_UP }] : []
    }),
  }
}

/** The marks of one indicator: by everybody who is to mark a unit, or by one where one is enough. */
function marksOf(
  { units, assessors, roster }: Parts,
  assignable: Assignable,
  { marks = [] }: Pick<Bundle, 'marks'>,
  seed: number,
): Mark[] {
  const { code, indicator } = assignable
  const { combine } = indicator
  const plain = combine?.type === 'weighted' ? combine.within : combine
  const groupOf = new Map(assessors.map((each) => [each.code, each.group ?? '']))
  const own = marks.filter((mark) => mark.indicator === code)
  const marked = new Set(own.map((mark) => placeOf(mark, mark.assessor)))
  const single = (unit: string, assessor: string) => {
    const group = combine?.type === 'weighted' ? (groupOf.get(assessor) ?? '') : ''
    return placeOf({ unit, indicator: code }, group)
  }
  const taken = new Set(own.map((mark) => single(mark.unit, mark.assessor)))
  return units.flatMap((unit) => {
    if (!assignable.units.includes(unit.code)) return []
    const at = { unit: unit.code, indicator: code }
    // How good the unit is: its marks lie near each other.
    const level = 0.7 + 0.3 * new Chance(seed, 'unit', at.unit, code).fraction()
    return assignable.assessors.flatMap((assessor) => {
      if (assignable.isRecused(assessor, at.unit)) return []
      if (!roster.isAssigned(assessor, code, at.unit)) return []
      if (marked.has(placeOf(at, assessor))) return []
      const place = single(at.unit, assessor)
      if (plain?.type === 'single' && taken.has(place)) return []
      taken.add(place)
      const chance = new Chance(seed, 'mark', at.unit, code, assessor)
      const mark = madeUpMark(indicator, level, chance)
      return mark === undefined ? [] : [{ ...at, assessor, mark, reason: MADE_UP }]
    })
  })
}

/** One tally for each group whose ballots count. */
function talliesOf({ indicator }: PlacedIndicator, unit: Unit, seed: number): Tally[] {
  const { code, method, combine } = indicator
  if (method.type !== 'survey') return []
  const groups = combine?.type === 'weighted' ? Object.keys(combine.weights) : [undefined]
  return groups.map((group) => {
    const chance = new Chance(seed, 'tally', unit.code, code, group ?? '')
    const counts = ballots(method, chance)
    return { unit: unit.code, indicator: code, ...(group !== undefined && { group }), counts }
  })
}

/** Most ballots for the first option, fewer for each further one. */
function ballots({ options, minBallots = 0 }: SurveyParameters, chance: Chance) {
  const counts = new Map(options.map(({ name }) => [name, 0]))
  const all = Math.max(minBallots, chance.integer(20, 40))
  for (let ballot = 0; ballot < all; ballot += 1) {
    const name = chance.pick(options, 3)?.name
    if (name !== undefined) counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  return Object.fromEntries(counts)
}

function placeOf({ unit, indicator }: { unit: string; indicator: string }, more = ''): string {
  return JSON.stringify([unit, indicator, more])
}
