/** Short ways from entries to the numbers a test looks at. */

import type { Bundle } from '../../server/domain/bundle.ts'
import { check } from '../../server/domain/check-bundle.ts'
import { evaluate } from '../../server/domain/evaluate.ts'
import type { IndicatorExplanation, UnitExplanation } from '../../server/domain/explanation.ts'
import type { Fault } from '../../server/domain/fault.ts'
import { findMethod } from '../../server/domain/methods/registry.ts'
import type { UnitResult } from '../../server/domain/result.ts'
import type { Indicator, MethodParameters, Scheme } from '../../server/domain/scheme.ts'
import { aBundle, anIndicator, aScheme, aUnit, someUnits } from './builders.ts'

/** The result of one unit. */
export function resultOf(bundle: Bundle, unit = 'U1'): UnitResult {
  const found = evaluate(bundle).result.units.find((each) => each.unit === unit)
  if (!found) throw new RangeError(`no unit ${unit}`)
  return found
}

export function explanationOf(bundle: Bundle, unit = 'U1'): UnitExplanation {
  return evaluate(bundle).explain(unit)
}

/** Why I1 of U1 has its award. */
export function indicatorExplanation(bundle: Bundle, code = 'I1'): IndicatorExplanation {
  const found = explanationOf(bundle).indicators.find(({ indicator }) => indicator === code)
  if (!found) throw new RangeError(`no indicator ${code}`)
  return found
}

/** A bundle whose only indicator is I1, with these entries of U1. */
export function bundleOf(
  indicator: Partial<Indicator>,
  entries: Partial<Bundle>,
  scheme: Partial<Scheme> = {},
): Bundle {
  return aBundle({ scheme: aScheme({ base: [anIndicator(indicator)], ...scheme }), ...entries })
}

/** The award of I1 for U1, as printed; null: missing. */
export function awardOf(
  indicator: Partial<Indicator>,
  entries: Partial<Bundle>,
  scheme: Partial<Scheme> = {},
): string | null {
  const { scores, missing } = resultOf(bundleOf(indicator, entries, scheme))
  return missing.includes('I1') ? null : (scores.I1 ?? null)
}

/** The awards of I1 for units of one category with these values, in their order; null: no value. */
export function awardsAmong(
  indicator: Partial<Indicator>,
  values: readonly (string | null)[],
): (string | null)[] {
  const bundle = bundleOf(indicator, {
    units: someUnits(values.length),
    values: values.flatMap((value, index) =>
      value === null ? [] : [{ unit: `U${index + 1}`, indicator: 'I1', value }],
    ),
  })
  const { units } = evaluate(bundle).result
  return values.map((_, index) => {
    const found = units.find(({ unit }) => unit === `U${index + 1}`)
    return found?.complete ? (found.scores.I1 ?? null) : null
  })
}

/** The faults of a bundle whose only indicator is I1. */
export function faultsOf(
  indicator: Partial<Indicator>,
  entries: Partial<Bundle> = {},
  scheme: Partial<Scheme> = {},
): Fault[] {
  return check(bundleOf(indicator, { units: [aUnit()], ...entries }, scheme))
}

/** Code and path of each fault, for comparing at a glance. */
export function told(faults: readonly Fault[]): string[] {
  return faults.map(({ code, path }) => `${code} ${path}`)
}

/** A method's rule in words, for an indicator of these points. */
export function sentenceOf(parameters: MethodParameters, points: string | null = '10'): string {
  const method = findMethod(parameters.type)
  if (!method) throw new RangeError(`no method ${parameters.type}`)
  return method.sentence(parameters, points)
}
