/** What the ranking says of a unit beside its numbers: whatever a reader of the table would ask. */

import type { UnitResult } from '../server/domain/result.ts'
import type { Assessment } from './assessment.ts'
import { effectWords } from './decision-words.ts'

/** In which order a ranking counts: over all units, or inside each category. */
export type Scope = 'overall' | 'category'

/** The place shown: a number, or why there is none. */
export function placeOf(result: UnitResult, scope: Scope): number | string {
  const rank = scope === 'overall' ? result.overallRank : result.rank
  if (rank !== null) return rank
  return result.complete ? '不排名' : '未评完'
}

/** Everything about a unit's place and grade that the numbers do not say, as one text. */
export function remark(assessment: Assessment, result: UnitResult, scope: Scope): string {
  return [
    missing(assessment, result),
    ...vetoes(assessment, result),
    adjustment(assessment, result),
    ...quotas(assessment, result),
    tied(assessment, result, scope),
  ]
    .filter((text) => text !== '')
    .join('；')
}

function missing(assessment: Assessment, { complete, missing }: UnitResult): string {
  if (complete) return ''
  const names = missing.map((code) => `「${assessment.nodeName(code)}」`)
  return `未评完，缺${names.join('、')}，总分为暂计`
}

function vetoes({ scheme }: Assessment, result: UnitResult): string[] {
  return result.vetoes.map((code) => {
    const veto = scheme.vetoes?.find((each) => each.code === code)
    const effects = (veto?.effects ?? []).map(effectWords).join('，')
    return `一票否决：${veto?.name ?? code}（${effects}）`
  })
}

function adjustment({ bundle }: Assessment, result: UnitResult): string {
  const found = bundle.adjustments?.find(({ unit }) => unit === result.unit)
  if (!found) return ''
  if (result.grade === null) return `已有等次调整（${found.grade}），评完后生效`
  return `等次由「${result.computedGrade}」调整为「${found.grade}」：${found.reason}`
}

function quotas(assessment: Assessment, result: UnitResult): string[] {
  return assessment
    .explain(result.unit)
    .grade.filter(({ kind }) => kind === 'quota')
    .map(({ text }) => text)
}

function tied({ results, unit }: Assessment, result: UnitResult, scope: Scope): string {
  const place = (each: UnitResult) => (scope === 'overall' ? each.overallRank : each.rank)
  if (place(result) === null) return ''
  const others = results.filter(
    (each) =>
      each !== result &&
      place(each) === place(result) &&
      (scope === 'overall' || each.category === result.category),
  )
  if (others.length === 0) return ''
  return `与${others.map((each) => `「${unit(each.unit).name}」`).join('、')}并列`
}
