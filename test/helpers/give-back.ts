/** A bundle as it would have been entered had a unit not lost some of its losses: the entries themselves changed. */

import type { Bundle, Event } from '../../server/domain/bundle.ts'
import type { TakenItem } from '../../server/domain/next-grade.ts'
import { type Indicator, indicatorsOf, type Threshold } from '../../server/domain/scheme.ts'

export type GivenItem = Pick<TakenItem, 'indicator' | 'event'>

/** Every item that a unit could be given back, as docs/methods.md says: none is left out for being small. */
export function lossItems(bundle: Bundle, unit: string): GivenItem[] {
  const { notApplicable = [] } = bundle.units.find(({ code }) => code === unit) ?? {}
  return [...indicatorsOf(bundle.scheme)].flatMap(({ indicator, section }): GivenItem[] => {
    const { code, method } = indicator
    if (section === 'bonus' || notApplicable.includes(code)) return []
    if (method.type !== 'ledger') return [{ indicator: code, event: null }]
    const lowers = section === 'base' ? 'deduct' : 'add'
    return (bundle.events ?? []).flatMap((event, position) => {
      const rule = method.rules.find((each) => each.code === event.rule)
      const its = event.unit === unit && event.indicator === code
      return its && rule?.sign === lowers ? [{ indicator: code, event: position }] : []
    })
  })
}

/** @throws {RangeError} for a comparison of units, which only the engine can give back */
export function giveBack(bundle: Bundle, unit: string, items: readonly GivenItem[]): Bundle {
  const events = new Set(items.flatMap(({ event }) => event ?? []))
  const whole = new Set(items.flatMap(({ indicator, event }) => (event === null ? indicator : [])))
  const indicators = new Map(
    [...indicatorsOf(bundle.scheme)].map(({ indicator }) => [indicator.code, indicator]),
  )
  const given = <E extends { unit: string; indicator: string }>(entry: E): Indicator | undefined =>
    entry.unit === unit && whole.has(entry.indicator) ? indicators.get(entry.indicator) : undefined
  const changed = <E extends { unit: string; indicator: string }>(
    entries: readonly E[] | undefined,
    best: (entry: E, indicator: Indicator) => E,
  ): E[] =>
    (entries ?? []).map((entry) => {
      const indicator = given(entry)
      return indicator ? best(entry, indicator) : entry
    })
  const kept = (_event: Event, position: number) => !events.has(position)
  return {
    ...bundle,
    marks: changed(bundle.marks, (mark, indicator) => ({ ...mark, mark: bestMark(indicator) })),
    values: changed(bundle.values, (value, indicator) => ({
      ...value,
      value: bestValue(indicator),
    })),
    tallies: changed(bundle.tallies, (tally) => ({ ...tally, counts: { 满意: 10 } })),
    events: (bundle.events ?? []).filter(kept),
  }
}

function bestMark({ method, points = '0' }: Indicator) {
  if (method.type === 'pass') return true
  if (method.type === 'direct') return method.scale ?? points
  if (method.type === 'levels') return method.levels[0]?.name ?? ''
  throw new RangeError(`${method.type} has no marks`)
}

function bestValue({ method }: Indicator) {
  if (method.type === 'ratio') return method.target
  if (method.type === 'steps') return edge(method.steps[0])
  throw new RangeError(`${method.type} has no best value`)
}

function edge(step: Threshold | undefined): string {
  if (step?.above !== undefined) return String(Number(step.above) + 1)
  if (step?.below !== undefined) return String(Number(step.below) - 1)
  return String(step?.atLeast ?? step?.atMost ?? 0)
}
