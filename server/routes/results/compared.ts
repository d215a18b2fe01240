/** The category's quartiles and best beside a score, without names. */

import { FEWEST_COMPARED, type ScoreOf, type Standing, standing } from '../../domain/comparison.ts'
import { type Decimal, parseExact, print } from '../../domain/decimal.ts'
import { minus } from './amounts.ts'
import type { Subject } from './subject.ts'

export interface Compared {
  median: string
  best: string
}

export interface Quartiles extends Compared {
  lower: string
  upper: string
  /** where the unit stands among the others, in words */
  standing: string
}

export function compared(
  subject: Subject,
  score: ScoreOf,
  better: 'higher' | 'lower' = 'higher',
): Compared {
  const { median, best } = quartiles(subject, score, better)
  return { median, best }
}

export function quartiles(
  { compare, decimals, result }: Subject,
  score: ScoreOf,
  better: 'higher' | 'lower' = 'higher',
): Quartiles {
  const found = compare(score, better)
  if (!found) return { lower: '—', median: '—', upper: '—', best: '—', standing: '—' }
  const read = (value: Decimal) => minus(print(value, decimals))
  const own = score(result)
  return {
    lower: read(found.lower),
    median: read(found.median),
    upper: read(found.upper),
    best: read(found.best),
    standing: typeof own === 'string' ? STANDINGS[standing(parseExact(own), found, better)] : '—',
  }
}

const STANDINGS: Readonly<Record<Standing, string>> = {
  'first-quarter': '前四分之一',
  'above-median': '中位以上',
  'below-median': '中位以下',
  'last-quarter': '后四分之一',
}

/** Why there are no quartiles and no best, or among how many they are; one sentence. */
export function comparisonNote({ compare, result }: Subject): string {
  const found = compare(({ total }) => total)
  if (found)
    return `四分位、中位和最高取自「${result.category}」已评完的 ${found.units} 家单位，不列单位名称；四分位按线性插值（与 Excel、WPS 的 QUARTILE.INC 相同），按规定位数四舍五入。`
  return `「${result.category}」已评完的单位不足 ${FEWEST_COMPARED} 家，为免等于公开别家得分，不列四分位、中位和最高。`
}
