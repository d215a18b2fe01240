/** How a cell stands that somebody checks: whether it is marked, whether full, and whether it says why. */

import { isBelowFull } from './below-full.ts'
import type { Mark } from './bundle.ts'
import type { Indicator } from './scheme.ts'

export const STANDINGS = ['left', 'unreasoned', 'below', 'full', 'explained'] as const

/**
 * left: not marked; unreasoned: below full and no reason; below: below full with its reason; full: full and
 * not a word, as a stroke that fills a column leaves it; explained: full, and something is said
 */
export type Standing = (typeof STANDINGS)[number]

export const STANDING_NAMES: Readonly<Record<Standing, string>> = {
  left: '未打分',
  unreasoned: '低于满分，没有理由',
  below: '低于满分',
  full: '满分，没有说明',
  explained: '满分，有说明',
}

export function markStanding(indicator: Indicator, mark: Mark | null): Standing {
  if (mark === null) return 'left'
  const silent = mark.reason === undefined
  if (isBelowFull(indicator, mark.mark)) return silent ? 'unreasoned' : 'below'
  return silent ? 'full' : 'explained'
}
