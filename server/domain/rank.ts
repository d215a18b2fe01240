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

/** Candidates best first; tied ones stay in the order given. */
export function inRankOrder(
  candidates: readonly Candidate[],
  tieBreak: readonly TieBreak[],
): Candidate[] {
  return [...candidates].sort((a, b) => compareCandidates(a, b, tieBreak))
}

/**
 * The ranks of candidates that are in rank order, from 1, one for each.
 *
 * @param ties standard: 1, 2, 2, 4; dense: 1, 2, 2, 3
 */
export function ranks(
  inOrder: readonly Candidate[],
  tieBreak: readonly TieBreak[],
  ties: 'standard' | 'dense',
): number[] {
  const places: number[] = []
  let last = 0
  for (let index = 0; index < inOrder.length; index += 1) {
    const before = inOrder[index - 1]
    const tied = before && compareCandidates(before, inOrder[index] as Candidate, tieBreak) === 0
    if (!tied) last = ties === 'dense' ? last + 1 : index + 1
    places.push(last)
  }
  return places
}
