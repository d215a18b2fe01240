/** Whatever a reader of the ranking would ask about a unit, each for what it is: a word, then the sentence. */

import type { Assessment } from '../../../exports/assessment.ts'
import { effectWords } from '../../../exports/decision-words.ts'
import type { UnitResult } from '../../domain/result.ts'
import { isTied, type Standing } from './standing.ts'

export interface Remark {
  label: string
  tone: 'badge-good' | 'badge-warn' | 'badge-bad' | 'badge-quiet'
  text: string
}

const MOST_NAMED = 3

export function unitRemarks(standing: Standing, result: UnitResult): Remark[] {
  const { assessment } = standing
  return [
    ...missing(assessment, result),
    ...vetoes(assessment, result),
    ...adjustment(assessment, result),
    ...quotas(assessment, result),
    ...tied(standing, result),
  ]
}

function missing({ nodeName }: Assessment, { missing }: UnitResult): Remark[] {
  if (missing.length === 0) return []
  const named = missing.slice(0, MOST_NAMED).map((code) => `「${nodeName(code)}」`)
  const more = missing.length > MOST_NAMED ? '等' : ''
  const text = `缺 ${missing.length} 项：${named.join('')}${more}，按 0 分暂计`
  return [{ label: '未评完', tone: 'badge-warn', text }]
}

function vetoes({ scheme, bundle }: Assessment, { unit }: UnitResult): Remark[] {
  return (bundle.vetoes ?? [])
    .filter((each) => each.unit === unit)
    .map(({ veto, reason, exempt }) => {
      const found = scheme.vetoes?.find(({ code }) => code === veto)
      const name = `${found?.name ?? veto}：${reason}`
      if (exempt)
        return { label: '免于否决', tone: 'badge-quiet', text: `${name}（经认定免于执行）` }
      const effects = (found?.effects ?? []).map(effectWords).join('，')
      return { label: '一票否决', tone: 'badge-bad', text: `${name}（${effects}）` }
    })
}

function adjustment({ bundle }: Assessment, result: UnitResult): Remark[] {
  const found = bundle.adjustments?.find(({ unit }) => unit === result.unit)
  if (!found) return []
  const text =
    result.grade === null
      ? `已决定调整为「${found.grade}」，评完后生效：${found.reason}`
      : `由「${result.computedGrade}」调整为「${found.grade}」：${found.reason}`
  return [{ label: '等次调整', tone: 'badge-warn', text }]
}

function quotas({ evaluation }: Assessment, { unit }: UnitResult): Remark[] {
  return evaluation
    .explainGrade(unit)
    .filter(({ kind }) => kind === 'quota')
    .map(({ text }) => ({ label: '名额所限', tone: 'badge-quiet', text }))
}

function tied(standing: Standing, result: UnitResult): Remark[] {
  if (!isTied(standing, result)) return []
  const { assessment, placeOf, overall, results } = standing
  const others = results.filter(
    (each) =>
      each !== result &&
      placeOf(each) === placeOf(result) &&
      (overall || each.category === result.category),
  )
  const names = others.map(({ unit }) => `「${assessment.unit(unit).name}」`).join('')
  return [{ label: '并列', tone: 'badge-quiet', text: `与${names}总分和各比较项都相同` }]
}
