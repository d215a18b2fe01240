/** What it would have taken to reach the next grade, in words that give away no other unit's score. */

import { appliedRule, eventReason, ruleOf } from '../../../exports/entry-words.ts'
import { FEWEST_COMPARED } from '../../domain/comparison.ts'
import { parseExact, sum } from '../../domain/decimal.ts'
import {
  type NextGrade,
  type NothingTaken,
  type Taken,
  type TakenItem,
  TRIALS,
} from '../../domain/next-grade.ts'
import { indicatorsOf } from '../../domain/scheme.ts'
import { type ReadAmount, readable } from './amounts.ts'
import { partHref, type Subject } from './subject.ts'

export interface NextGradeView {
  text: string
  rows: NextGradeRow[]
  /** what stands on paper for the rows that do not; null: all do */
  rest: string | null
  /** what the items bring together; empty without items */
  brought: string
  note: string
}

interface NextGradeRow {
  indicator: string
  href: string
  what: string
  brings: ReadAmount
  unprinted: boolean
}

const EMPTY = { rows: [], rest: null, brought: '', note: '' }

/** So many items stand on paper. */
const PRINTED = 5

export function nextGradeView(subject: Subject): NextGradeView {
  const nextGrade = subject.nextGrade()
  if (dependsOnFew(subject, nextGrade)) {
    const text = `能否进入名额取决于别家得分；一起定等次的单位不足 ${FEWEST_COMPARED} 家，为免等于公开别家得分，不作测算。`
    return { ...EMPTY, text }
  }
  if (nextGrade.kind === 'none') {
    return { ...EMPTY, text: nothingText(subject, nextGrade) }
  }
  const { items } = nextGrade
  const amount = (some: readonly TakenItem[]) =>
    readable(sum(some.map(({ brings }) => parseExact(brings))), subject.decimals).text
  const unprinted = subject.open === 'all' ? [] : items.slice(PRINTED)
  return {
    text: takenText(subject, nextGrade),
    rows: items.map((item) => ({ ...itemRow(subject, item), unprinted: unprinted.includes(item) })),
    rest:
      unprinted.length === 0
        ? null
        : `其余 ${unprinted.length} 项，共 ${amount(unprinted)} 分，见系统`,
    brought: amount(items),
    note: certainty(nextGrade),
  }
}

/** Whether a unit could tell from the answer what one of a few others has. */
function dependsOnFew({ assessment, audience, result }: Subject, next: NextGrade): boolean {
  const { grades, ranking } = assessment.scheme
  if (audience.others || (next.kind === 'none' && next.why !== 'quota')) return false
  const own = grades.findIndex(({ name }) => name === result.computedGrade)
  if (grades.slice(0, own).every(({ quota }) => quota === undefined)) return false
  const group = assessment.results.filter(
    ({ category, rank }) =>
      rank !== null && (ranking.within === 'overall' || category === result.category),
  )
  return group.length < FEWEST_COMPARED
}

function takenText({ result }: Subject, { items, grade, line, byPlace, total }: Taken): string {
  const place = byPlace ? '，名额有限，过线之外名次也要够' : ''
  const reached = line === null ? '' : `（分数线 ${line}${place}）`
  return `如果没有下面 ${items.length} 项失分，总分会是 ${total}，而不是 ${result.total}，等次会是「${grade}」${reached}，而不是「${result.computedGrade}」。`
}

function nothingText(subject: Subject, { why, grade, line, most }: NothingTaken): string {
  const { result, assessment } = subject
  switch (why) {
    case 'best':
      return `已是最高等次「${result.computedGrade}」。`
    case 'incomplete':
      return `还有 ${result.missing.length} 项没有评完，评完以后才能测算。`
    case 'adjustment':
      return `等次经研究定为「${result.grade}」，失分多少都不会改变。`
    case 'veto': {
      const names = result.vetoes.map(
        (code) => assessment.scheme.vetoes?.find((veto) => veto.code === code)?.name ?? code,
      )
      return `一票否决「${names.join('、')}」限定了等次：即使一分不失，也到不了更高的等次。`
    }
    case 'no-places':
      return `按参评单位数计算，「${grade}」没有名额：即使一分不失，也到不了更高的等次。`
    case 'points':
      return `即使没有一项可以避免的失分，总分也只有 ${most}，达不到「${grade}」的分数线 ${line}（没有得到的加分不算失分）。`
    case 'quota':
      return `名额已满：即使没有一项可以避免的失分，总分 ${most} 过了「${grade}」的分数线 ${line}，名次仍进不了名额。`
  }
}

function certainty({ certain: { fewest, least } }: Taken): string {
  const same = '假定其他单位得分不变，限额、就高不重复、名额和并列都按规则重新计算过。'
  if (fewest && least) return `这是件数最少的一组，同样件数中所需分值也最少；${same}`
  if (fewest) {
    return `这是件数最少的一组；测算试到 ${TRIALS} 种组合为止，同样件数中也许还有所需分值更少的；${same}`
  }
  return `测算试到 ${TRIALS} 种组合为止，也许还有更小的一组；${same}`
}

function itemRow(
  subject: Subject,
  { indicator: code, event, brings }: TakenItem,
): Omit<NextGradeRow, 'unprinted'> {
  const { assessment, explanation, decimals } = subject
  const found = [...indicatorsOf(assessment.scheme)].find(
    ({ indicator }) => indicator.code === code,
  )
  const explained = explanation.indicators.find(({ indicator }) => indicator === code)
  const recorded = event === null ? undefined : assessment.bundle.events?.[event]
  const rule = recorded && found && ruleOf(found.indicator, recorded)
  const what =
    recorded && rule
      ? [appliedRule(rule, recorded), eventReason(recorded), recorded.date ?? '']
          .filter((part) => part !== '')
          .join('；')
      : found?.section === 'penalty'
        ? `扣 ${explained?.award ?? ''} 分`
        : `得 ${explained?.award ?? ''} 分，满分 ${explained?.points ?? ''} 分`
  return {
    indicator: found?.indicator.name ?? code,
    href: partHref(subject, code),
    what,
    brings: readable(parseExact(brings), decimals),
  }
}
