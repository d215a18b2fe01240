import type { DutyRoster } from '../domain/duty-roster.ts'
import { fingerprint } from './fingerprint.ts'

/**
 * Tells whether assignments or ties changed since somebody looked at them. Not the cycle's revision:
 * that rises with every mark, and marks must not keep anybody from changing who gives them.
 */
export function rosterVersion({ assignments, recusals }: DutyRoster): string {
  const cells = assignments.map(({ assessor, indicator, unit }) => [assessor, indicator, unit])
  const ties = recusals.map(({ assessor, unit, reason }) => [assessor, unit, reason])
  return fingerprint([cells, ties]).slice(0, 32)
}
