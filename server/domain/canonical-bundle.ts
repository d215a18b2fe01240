import type { AgreedValue, Bundle, Event, Mark, MarkGiven, Tally, Unit, Value } from './bundle.ts'
import { parseDecimal, printExact } from './decimal.ts'
import { type Amount, indicatorsOf, type Scheme } from './scheme.ts'

/** A bundle with every list of the format present; the extension only where something was agreed. */
export type CanonicalBundle = Required<Omit<Bundle, 'agreed'>> & Pick<Bundle, 'agreed'>

/**
 * The one way of writing a bundle: every list present in the order entered, every entry's numbers as
 * the shortest text (`"8.0"` and 8 become `"8"`), lists and objects inside an entry left out when they
 * are empty. The scheme stays as it was written. Two bundles say the same when their canonical forms
 * are deeply equal; doing it twice changes nothing.
 *
 * @param bundle one that `check` finds sound; anything else passes through unchanged where it is not
 */
export function canonicalBundle(bundle: Bundle): CanonicalBundle {
  const methods = methodTypes(bundle.scheme)
  return {
    scheme: bundle.scheme,
    units: bundle.units.map(canonicalUnit),
    assessors: bundle.assessors ?? [],
    marks: (bundle.marks ?? []).map((mark) => canonicalMark(mark, methods.get(mark.indicator))),
    values: (bundle.values ?? []).map(canonicalValue),
    tallies: (bundle.tallies ?? []).map(canonicalTally),
    events: (bundle.events ?? []).map(canonicalEvent),
    vetoes: bundle.vetoes ?? [],
    adjustments: bundle.adjustments ?? [],
    ...agreedList(bundle.agreed, methods),
  }
}

/** The list of agreed values, left out where it is empty. */
export function agreedList(
  agreed: readonly AgreedValue[] | undefined,
  methods: ReadonlyMap<string, string>,
): Pick<Bundle, 'agreed'> {
  if (!agreed?.length) return {}
  const rows = agreed.map((row) => {
    return { ...row, mark: canonicalGiven(row.mark, methods.get(row.indicator)) }
  })
  return { agreed: rows }
}

/** The type of each indicator's method, by the indicator's code. */
export function methodTypes(scheme: Scheme): Map<string, string> {
  const types = new Map<string, string>()
  for (const { indicator } of indicatorsOf(scheme)) types.set(indicator.code, indicator.method.type)
  return types
}

/** A number as its shortest text; what is no number stays as it is. */
export function canonicalAmount(amount: Amount): Amount {
  const decimal = parseDecimal(amount)
  return decimal ? printExact(decimal) : amount
}

/** @param method the type of the indicator's method: in `levels` the text "8.0" names a level */
export function canonicalMark(mark: Mark, method: string | undefined): Mark {
  return { ...mark, mark: canonicalGiven(mark.mark, method) }
}

function canonicalGiven(given: MarkGiven, method: string | undefined): MarkGiven {
  if (typeof given === 'object') return { ...given, points: canonicalAmount(given.points) }
  if (method !== 'direct' || typeof given === 'boolean') return given
  return canonicalAmount(given)
}

function canonicalUnit({ notApplicable, measures, ...unit }: Unit): Unit {
  const sizes = Object.entries(measures ?? {}).map(([name, size]) => [name, canonicalAmount(size)])
  return {
    ...unit,
    ...(notApplicable?.length ? { notApplicable } : {}),
    ...(sizes.length > 0 ? { measures: Object.fromEntries(sizes) } : {}),
  }
}

function canonicalValue(value: Value): Value {
  return { ...value, value: canonicalAmount(value.value) }
}

/** A tally whose group has no name is one without a group. */
function canonicalTally({ group, ...tally }: Tally): Tally {
  return group ? { ...tally, group } : tally
}

function canonicalEvent({ points, value, factors, surcharges, ...event }: Event): Event {
  return {
    ...event,
    ...(points === undefined ? {} : { points: canonicalAmount(points) }),
    ...(value === undefined ? {} : { value: canonicalAmount(value) }),
    ...(factors?.length ? { factors } : {}),
    ...(surcharges?.length ? { surcharges } : {}),
  }
}
