/** Ranking, grades and vetoes in plain Chinese, as the cover and the tables print them. */

import { multiply, parsePercent, printExact } from '../server/domain/decimal.ts'
import { amountOf, shown } from '../server/domain/methods/amounts.ts'
import type { Effect, Grade, Scheme } from '../server/domain/scheme.ts'
import { type Assessment, fullMarks, type ReadableScheme } from './assessment.ts'

/** One effect of a veto in words. */
export function effectWords(effect: Effect): string {
  switch (effect.type) {
    case 'zero':
      return '总分记0分'
    case 'grade':
      return `等次定为「${effect.grade}」`
    case 'ceiling':
      return `等次不高于「${effect.grade}」`
    case 'drop':
      return `等次降${effect.by}档`
    case 'unranked':
      return '不参加排名'
  }
}

/** How units are put in order, and what happens when they are equal. */
export function rankingWords({ scheme, nodeName }: ReadableScheme): string {
  const { within = 'category', ties = 'standard', tieBreak = [] } = scheme.ranking
  const keys = tieBreak.map((given) => {
    // A code may itself begin with a hyphen; only an unknown one is a key with its sign.
    const lower = given.startsWith('-') && nodeName(given) === given
    const key = lower ? given.slice(1) : given
    const name = key === 'bonus' ? '加分' : key === 'penalty' ? '扣分' : `「${nodeName(key)}」`
    return `${name}${lower ? '少' : '高'}者在前`
  })
  const equal = keys.length === 0 ? '总分相同即为并列' : `总分相同时依次比较：${keys.join('、')}`
  const next = ties === 'dense' ? '并列后名次连续（1、2、2、3）' : '并列后名次空出（1、2、2、4）'
  return `${within === 'overall' ? '全部单位合并' : '分类别'}排名，总分高者在前；${equal}；${next}。`
}

/** Every grade with its line and its quota, one sentence each. */
export function gradeWords(assessment: ReadableScheme): string[] {
  return assessment.scheme.grades.map((grade) => {
    const rest = grade.quota === undefined ? '' : `；${quotaWords(grade, assessment.scheme)}`
    return `${grade.name}：${lineWords(grade, assessment)}${rest}`
  })
}

function lineWords({ min }: Grade, assessment: ReadableScheme): string {
  if (min === undefined) return '其余'
  const share = parsePercent(min)
  if (!share) return `总分${printExact(amountOf(min))}分及以上`
  const lines = assessment.categories.map((category) => ({
    category,
    line: printExact(multiply(fullMarks(assessment.scheme, category), share)),
  }))
  const same = lines.every(({ line }) => line === lines[0]?.line)
  const points = same
    ? `${lines[0]?.line}分`
    : lines.map(({ category, line }) => `${category}${line}分`).join('，')
  return `总分达到满分的${shown(min)}（${points}）及以上`
}

const ROUNDING = { floor: '向下取整', nearest: '四舍五入', ceil: '向上取整' }

function quotaWords(grade: Grade, scheme: Scheme): string {
  const group = scheme.ranking.within === 'overall' ? '全部' : '本类别'
  const least = grade.quotaMinimum ? `，至少${grade.quotaMinimum}家` : ''
  const ties =
    grade.quotaTies === 'admit' ? '名额线上并列的全部保留' : '名额线上并列的全部顺延到下一等次'
  const rounding = ROUNDING[grade.quotaRounding ?? 'floor']
  return `名额不超过${group}参加排名单位的${grade.quota}（${rounding}${least}），${ties}`
}

/** How many places each grade with a quota had in a group, and how many units hold it. */
export function quotaNotes({ scheme, results }: Assessment, category: string | null): string[] {
  const group = results.filter((result) => category === null || result.category === category)
  const ranked = group.filter(({ rank }) => rank !== null)
  return scheme.grades.flatMap(({ name, quota, quotaRounding = 'floor', quotaMinimum = 0 }) => {
    if (quota === undefined) return []
    const held = ranked.filter(({ computedGrade }) => computedGrade === name).length
    const least = quotaMinimum > 0 ? `，至少${quotaMinimum}家` : ''
    return [
      `「${name}」名额：参加排名${ranked.length}家×${quota}，${ROUNDING[quotaRounding]}${least}；按规则评为「${name}」${held}家。`,
    ]
  })
}
