/** Reads what a scheme says of ranking, grades and vetoes. */

import { type Decimal, multiply, parsePercent } from './decimal.ts'
import { pointer, type Report } from './fault.ts'
import { amountOf } from './methods/amounts.ts'
import type { Effect, Grade, Scheme } from './scheme.ts'

export interface PreparedGrade {
  name: string
  /** the total from which it is reached, for these full marks; null: the last grade */
  minimum(fullMarks: Decimal): Decimal | null
  /** part of the grading group it may hold; null: no quota */
  quota: Decimal | null
  quotaRounding: 'floor' | 'nearest' | 'ceil'
  quotaMinimum: number
  quotaTies: 'demote' | 'admit'
}

export interface TieBreak {
  /** a node's code, `bonus` or `penalty` */
  key: string
  better: 'higher' | 'lower'
}

export interface PreparedVeto {
  code: string
  name: string
  effects: readonly Effect[]
}

export interface PreparedDecision {
  within: 'category' | 'overall'
  ties: 'standard' | 'dense'
  tieBreak: TieBreak[]
  grades: PreparedGrade[]
  vetoes: ReadonlyMap<string, PreparedVeto>
}

/**
 * @param codes the codes of all nodes of the scheme, which tie-breaks may name
 * @param unsound faulty top keys of the scheme: what names something in them is not called unknown
 */
export function prepareDecision(
  scheme: Scheme,
  codes: ReadonlySet<string>,
  unsound: ReadonlySet<string>,
  report: Report,
): PreparedDecision {
  const names = new Set<string>()
  scheme.grades.forEach(({ name, min }, index) => {
    const path = pointer('grades', index)
    if (names.has(name))
      report(`${path}/name`, 'DUPLICATE_CODE', `等次「${name}」写了两次,请换一个名称。`)
    names.add(name)
    const last = index === scheme.grades.length - 1
    if (last === (min === undefined)) return
    const message = last ? `末等「${name}」不应有分数线(min)。` : `等次「${name}」须写分数线(min)。`
    report(`${path}/min`, 'LAST_GRADE', message)
  })
  const tieBreak = prepareTieBreak(scheme, codes, report)
  return {
    within: scheme.ranking.within ?? 'category',
    ties: scheme.ranking.ties ?? 'standard',
    tieBreak,
    grades: scheme.grades.map(prepareGrade),
    vetoes: prepareVetoes(scheme, unsound.has('grades') ? null : names, report),
  }
}

function prepareTieBreak(scheme: Scheme, codes: ReadonlySet<string>, report: Report): TieBreak[] {
  return (scheme.ranking.tieBreak ?? []).map((given, index) => {
    const lower = given.startsWith('-') && !codes.has(given)
    const key = lower ? given.slice(1) : given
    if (key !== 'bonus' && key !== 'penalty' && !codes.has(key)) {
      const path = pointer('ranking', 'tieBreak', index)
      report(
        path,
        'UNKNOWN_TIE_BREAK',
        `并列时比较的「${given}」不是任何指标的编码,也不是 bonus 或 penalty。`,
      )
    }
    return { key, better: lower ? 'lower' : 'higher' }
  })
}

function prepareGrade(grade: Grade): PreparedGrade {
  const { min } = grade
  const part = parsePercent(min)
  const fixed = part || min === undefined ? null : amountOf(min)
  return {
    name: grade.name,
    minimum: (fullMarks) => (part ? multiply(fullMarks, part) : fixed),
    quota: parsePercent(grade.quota) ?? null,
    quotaRounding: grade.quotaRounding ?? 'floor',
    quotaMinimum: grade.quotaMinimum ?? 0,
    quotaTies: grade.quotaTies ?? 'demote',
  }
}

function prepareVetoes(
  scheme: Scheme,
  grades: ReadonlySet<string> | null,
  report: Report,
): Map<string, PreparedVeto> {
  const vetoes = new Map<string, PreparedVeto>()
  scheme.vetoes?.forEach((veto, index) => {
    const path = pointer('vetoes', index)
    if (vetoes.has(veto.code))
      report(
        `${path}/code`,
        'DUPLICATE_CODE',
        `一票否决「${veto.name}」的编码「${veto.code}」与前面的重复,请换一个。`,
      )
    veto.effects.forEach((effect, place) => {
      if (grades && 'grade' in effect && !grades.has(effect.grade)) {
        const at = path + pointer('effects', place, 'grade')
        report(at, 'UNKNOWN_GRADE', `一票否决「${veto.name}」的等次「${effect.grade}」不存在。`)
      }
    })
    vetoes.set(veto.code, veto)
  })
  return vetoes
}
