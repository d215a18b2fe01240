/** Ranks candidates: by total, then by the tie-break keys; equal on all of them is tied. */

import { compare, type Decimal } from './decimal.ts'
import type { TieBreak } from './prepare-decision.ts'

export interface Candidate {
  /** index of the unit */
  unit: number
  total: Decimal
  /** values of the tie-break keys, in their order */
  keys: readonly Decimal[]
}

export interface Ranked<C extends Candidate> {
  candidate: C
  rank: number
}

/** Best first: negative if `a` comes before `b`, zero if they are tied. */
export function compareCandidates(
  a: Candidate,
  b: Candidate,
  tieBreak: readonly TieBreak[],
): number {
  const order = compare(b.total, a.total)
  if (order !== 0) return order
  for (let index = 0; index < tieBreak.length; index += 1) {
    const left = a.keys[index]
    const right = b.keys[index]
    if (!left || !right) continue
    const better = tieBreak[index]?.better
    const byKey = better === 'higher' ? compare(right, left) : compare(left, right)
    if (byKey !== 0) return byKey
  }
  return 0
}

/**
 * Ranks a group of candidates.
 *
 * @param ties standard: 1, 2, 2, 4; dense: 1, 2, 2, 3
 * @returns best first; tied candidates stay in the order given
 */
export function rank<C extends Candidate>(
  candidates: readonly C[],
  tieBreak: readonly TieBreak[],
  ties: 'standard' | 'dense',
): Ranked<C>[] {
  const sorted = [...candidates].sort((a, b) => compareCandidates(a, b, tieBreak))
  const ranked: Ranked<C>[] = []
  sorted.forEach((candidate, index) => {
    const before = ranked[index - 1]
    const tied = before && compareCandidates(before.candidate, candidate, tieBreak) === 0
    const next = ties === 'dense' ? (before?.rank ?? 0) + 1 : index + 1
    ranked.push({ candidate, rank: tied ? before.rank : next })
  })
  return ranked
}
