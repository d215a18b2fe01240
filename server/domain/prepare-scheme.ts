/** Reads a scheme once for all units: checks it whole and turns its numbers and methods into what scoring uses. */

import { checkSums } from './check-sums.ts'
import { pointer, type Report } from './fault.ts'
import { amountOf } from './methods/amounts.ts'
import { prepareDecision } from './prepare-decision.ts'
import type { PreparedScheme } from './prepared-scheme.ts'
import type { Scheme } from './scheme.ts'
import { SchemeReading } from './scheme-reading.ts'
import { schemeShape } from './scheme-shape.ts'
import { checkShape, isRecord } from './shape.ts'

/** What is read in place of a required key that is faulty, so that the rest is checked too. */
const BLANK = { code: '', name: '', ranking: {}, grades: [] }

/**
 * Reads a scheme.
 *
 * @param categories those that have units: points and weights must hold for each of them
 * @param report takes every fault, at JSON pointers from the scheme
 * @returns undefined if the scheme has no tree, so that no entry can be read against it
 */
export function prepareScheme(
  input: unknown,
  categories: readonly string[],
  report: Report,
): PreparedScheme | undefined {
  const unsound = new Set<string>()
  checkShape(schemeShape, input, '评价体系', (path, code, message) => {
    unsound.add(path.split('/')[1] ?? '')
    report(path, code, message)
  })
  if (!isRecord(input) || unsound.has('base')) return undefined
  const scheme = readablePart(input, unsound)
  const reading = new SchemeReading(report)
  const base = scheme.base.flatMap((node, index) =>
    reading.node(node, pointer('base', index), null),
  )
  const extra = (section: 'bonus' | 'penalty') =>
    (scheme[section]?.items ?? []).flatMap((item, index) =>
      reading.indicator(item, pointer(section, 'items', index), section, null),
    )
  const bonus = extra('bonus')
  const penalty = extra('penalty')
  checkSums(base, categories, report)
  const cap = (section: 'bonus' | 'penalty') => {
    const limit = scheme[section]?.cap ?? null
    return limit === null ? null : amountOf(limit)
  }
  const floor = scheme.totalFloor === undefined ? '0' : scheme.totalFloor
  return {
    code: scheme.code,
    decimals: scheme.decimals ?? 2,
    base,
    bonus,
    penalty,
    bonusCap: cap('bonus'),
    penaltyCap: cap('penalty'),
    notApplicable: scheme.notApplicable ?? 'rescale',
    matterScope: scheme.matterScope ?? 'indicator',
    totalFloor: floor === null ? null : amountOf(floor),
    indicators: reading.indicators,
    byCode: new Map(reading.indicators.map((indicator) => [indicator.code, indicator])),
    unreadable: reading.unreadable,
    whole: reading.whole && reading.unreadable.size === 0,
    unsound,
    ...prepareDecision(scheme, reading.codes, unsound, report),
  }
}

/** The scheme without its faulty top keys; of a faulty bonus or penalty the items are kept. */
function readablePart(input: Record<string, unknown>, unsound: ReadonlySet<string>): Scheme {
  const kept = Object.entries(input).flatMap(([key, value]): [string, unknown][] => {
    if (!unsound.has(key)) return [[key, value]]
    const items = key === 'bonus' || key === 'penalty' ? isRecord(value) && value.items : undefined
    return Array.isArray(items) ? [[key, { items }]] : []
  })
  // Every key that is left has passed its shape check, and the required ones are filled in.
  return { ...BLANK, ...Object.fromEntries(kept) } as unknown as Scheme
}
