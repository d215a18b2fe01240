/** The category's median and best beside a score, without names. */

import type { ScoreOf } from '../../domain/comparison.ts'
import { FEWEST_COMPARED } from '../../domain/comparison.ts'
import { readable } from './amounts.ts'
import type { Subject } from './subject.ts'

export interface Compared {
  median: string
  best: string
}

export function compared(
  { compare, decimals }: Subject,
  score: ScoreOf,
  better: 'higher' | 'lower' = 'higher',
): Compared {
  const found = compare(score, better)
  if (!found) return { median: '—', best: '—' }
  return {
    median: readable(found.median, decimals).text,
    best: readable(found.best, decimals).text,
  }
}

/** Why there is no median and best, or among how many they are; one sentence. */
export function comparisonNote({ compare, result }: Subject): string {
  const found = compare(({ total }) => total)
  if (found)
    return `中位和最高取自「${result.category}」已评完的 ${found.units} 家单位，不列单位名称。`
  return `「${result.category}」已评完的单位不足 ${FEWEST_COMPARED} 家，为免等于公开别家得分，不列中位和最高。`
}
