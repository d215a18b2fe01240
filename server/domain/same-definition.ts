/** Whether an indicator means the same in two versions of an index, so that what was earned compares. */

import { parseDecimal, printExact } from './decimal.ts'
import type { Indicator, MethodParameters, Scheme, Section } from './scheme.ts'

/** An indicator where it stands. */
export interface PlacedIndicator {
  indicator: Indicator
  section: Section
  scheme: Pick<Scheme, 'matterScope'>
}

/**
 * same: name, method and how marks are combined are the same, and so are the points, unless all the method
 * gives is a share of them. Weight, owner and notes change nothing in what is judged.
 */
export function isSameDefinition(now: PlacedIndicator, before: PlacedIndicator): boolean {
  if (definitionOf(now) !== definitionOf(before)) return false
  return samePoints(now, before) || isShareOfPoints(now.indicator.method)
}

function samePoints({ indicator: now }: PlacedIndicator, { indicator: before }: PlacedIndicator) {
  return canonical(now.points ?? null) === canonical(before.points ?? null)
}

function definitionOf({ indicator, section, scheme }: PlacedIndicator): string {
  const { code, name, method, combine = { type: 'mean' } } = indicator
  // Highest only reaches as far as the scheme says.
  const scope = method.type === 'ledger' ? (scheme.matterScope ?? 'indicator') : null
  return canonical({ code, name, method, combine, section, scope })
}

/** JSON with sorted keys and every number in its shortest form; the owner of a rule is left out. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (key, each: unknown) => {
    if (key === 'owner') return undefined
    if (typeof each === 'string' || typeof each === 'number') {
      const decimal = parseDecimal(each)
      return decimal ? printExact(decimal) : each
    }
    if (typeof each !== 'object' || each === null || Array.isArray(each)) return each
    return Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)))
  })
}

/** Whether every award of the method is a share of the points, whatever they are. */
export function isShareOfPoints(method: MethodParameters): boolean {
  switch (method.type) {
    case 'direct':
    case 'pass':
    case 'ratio':
      return true
    case 'levels':
      return method.levels.every(({ share }) => share !== undefined)
    case 'steps':
      return method.steps.every(({ share }) => share !== undefined)
    case 'relative':
      return method.step === undefined || String(method.step).endsWith('%')
    case 'survey':
      return (method.steps ?? []).every(({ share }) => share !== undefined)
    case 'ledger':
      return false
  }
}
