/** The result at a glance: total, place, grade, and how they hang together. */

import { fullMarks } from '../../../exports/assessment.ts'
import { effectWords } from '../../../exports/decision-words.ts'
import { add, type Decimal, equals, parseExact, subtract } from '../../domain/decimal.ts'
import { readable } from './amounts.ts'
import { resultPath, type Subject } from './subject.ts'

export function cards(subject: Subject) {
  const { result, explanation, assessment } = subject
  const full = fullMarks(assessment.scheme, result.category)
  const { rank, overallRank } = result
  const candidates = assessment.results.filter((each) => each.overallRank !== null).length
  const overall = overallRank === null ? '' : `；全部单位 ${candidates} 家中列第 ${overallRank} 名`
  return [
    {
      heading: result.complete ? '总分' : '总分（暂计）',
      figure: result.total,
      text: equation(subject, full),
    },
    {
      heading: `「${result.category}」名次`,
      figure: rank === null ? (result.complete ? '不排名' : '未评完') : `第 ${rank} 名`,
      text: `${explanation.rank.text}${overall}。`,
    },
    {
      heading: '等次',
      figure: result.grade ?? '暂不定',
      text: gradeText(subject),
    },
  ]
}

/** How the total comes from full marks, in one line that adds up. */
function equation({ result, decimals }: Subject, full: Decimal): string {
  const base = parseExact(result.base)
  const extra = subtract(parseExact(result.bonus), parseExact(result.penalty))
  const total = parseExact(result.total)
  const lost = readable(subtract(full, base), decimals).text
  const sum = add(base, extra)
  const left = `满分 ${readable(full, 0).text} − 失分 ${lost} ＋ 加分 ${result.bonus} − 扣分 ${result.penalty}`
  if (equals(sum, total)) return `${left} ＝ ${result.total}`
  return `${left} ＝ ${readable(sum, decimals).text}，再按总分规则计为 ${result.total}（见下表）`
}

function gradeText({ result, explanation }: Subject): string {
  const last = explanation.grade.at(-1)
  if (result.grade !== null && result.grade !== result.computedGrade) {
    return `按规则为「${result.computedGrade}」；${last?.text ?? ''}。`
  }
  return last ? `${last.text}。` : ''
}

/** Vetoes that were entered for the unit, and those it is exempt from. */
export function vetoRows({ assessment, result }: Subject) {
  const { scheme, bundle } = assessment
  return (bundle.vetoes ?? [])
    .filter(({ unit }) => unit === result.unit)
    .map(({ veto, reason, exempt }) => {
      const found = scheme.vetoes?.find(({ code }) => code === veto)
      return {
        label: exempt ? '免于否决' : '一票否决',
        tone: exempt ? 'badge-quiet' : 'badge-bad',
        name: found?.name ?? veto,
        reason,
        effects: exempt ? '经认定免于执行' : (found?.effects ?? []).map(effectWords).join('，'),
      }
    })
}

/** The units before and after in the order of the ranking, for those who may see them. */
export function neighbours({ assessment, result, audience, cycle }: Subject) {
  if (!audience.others) return { previous: null, next: null }
  const within = assessment.scheme.ranking.within ?? 'category'
  const order = assessment.results.filter(
    ({ category }) => within === 'overall' || category === result.category,
  )
  const place = order.findIndex(({ unit }) => unit === result.unit)
  const link = (index: number) => {
    const found = order[index]
    if (!found) return null
    return { href: resultPath(cycle.id, found.unit), name: assessment.unit(found.unit).name }
  }
  return { previous: link(place - 1), next: link(place + 1) }
}
