/** Why a unit has its rank and its grade. */

import { multiply, print, printExact, toNumber, whole } from './decimal.ts'
import type { ScoredUnit } from './evaluate.ts'
import type { ExplainedUnit } from './explain.ts'
import type { GradeStep, RankExplanation } from './explanation.ts'
import type { GradeMove } from './grade.ts'
import type { PreparedScheme } from './prepared-scheme.ts'
import { compareCandidates } from './rank.ts'
import { isUnranked } from './veto.ts'

export function explainRank({ bundle, all, unit }: ExplainedUnit): RankExplanation {
  const { scheme } = bundle
  const rivals = all.filter(
    (other) => other.candidate && other.unit.category === unit.unit.category,
  )
  const { candidate } = unit
  const tiedWith = rivals.flatMap((other) => {
    if (other === unit || !candidate || !other.candidate) return []
    return compareCandidates(candidate, other.candidate, scheme.tieBreak) === 0
      ? [other.unit.unit.code]
      : []
  })
  const keys = scheme.tieBreak.map(({ key, better }, index) => ({
    key: keyName(key, scheme, better),
    value: candidate?.keys[index] ? print(candidate.keys[index], scheme.decimals) : '—',
  }))
  return {
    rank: unit.rank,
    overallRank: unit.overallRank,
    text: rankText(unit, rivals.length, tiedWith.length),
    candidates: rivals.length,
    tiedWith,
    keys: [{ key: '总分', value: print(unit.total, scheme.decimals) }, ...keys],
  }
}

function rankText(unit: ScoredUnit, rivals: number, tied: number): string {
  if (unit.missing.length > 0) return `还有 ${unit.missing.length} 项没有评完，暂不排名`
  if (isUnranked(unit.vetoes)) {
    return `因一票否决「${unit.vetoes.map(({ name }) => name).join('、')}」不参加排名`
  }
  const shared = tied > 0 ? `，与另外 ${tied} 家并列` : ''
  return `「${unit.unit.category.name}」${rivals} 家中列第 ${unit.rank} 名${shared}`
}

function keyName(key: string, scheme: PreparedScheme, better: 'higher' | 'lower'): string {
  const name =
    key === 'bonus' ? '加分' : key === 'penalty' ? '扣分' : (findName(scheme, key) ?? key)
  return better === 'lower' ? `${name}（低者在前）` : name
}

function findName(scheme: PreparedScheme, code: string): string | undefined {
  const walk = (nodes: PreparedScheme['base']): string | undefined => {
    for (const node of nodes) {
      if (node.code === code) return node.name
      const found = 'children' in node ? walk(node.children) : undefined
      if (found !== undefined) return found
    }
    return undefined
  }
  return walk([...scheme.base, ...scheme.bonus, ...scheme.penalty])
}

export function explainGrade({ bundle, unit }: ExplainedUnit): GradeStep[] {
  const { scheme, adjustments } = bundle
  if (!unit.graded) {
    return [
      { kind: 'none', text: `还有 ${unit.missing.length} 项没有评完，暂不定等次`, grade: null },
    ]
  }
  const name = (index: number) => scheme.grades[index]?.name ?? ''
  const steps = unit.graded.moves.map(
    (move): GradeStep => ({
      kind: move.kind,
      text: moveText(move, unit, scheme, name),
      grade: name(move.grade),
    }),
  )
  const adjustment = adjustments.get(unit.unit.index)
  if (adjustment) {
    const text = `经研究调整为「${adjustment.grade}」：${adjustment.reason}`
    steps.push({ kind: 'adjustment', text, grade: adjustment.grade })
  }
  return steps
}

function moveText(
  move: GradeMove,
  unit: ScoredUnit,
  scheme: PreparedScheme,
  name: (index: number) => string,
): string {
  if (move.kind === 'threshold') {
    const total = print(unit.total, scheme.decimals)
    const line = (index: number) =>
      scheme.grades[index]?.minimum(unit.unit.category.fullMarks) ?? null
    const reached = line(move.grade)
    if (reached) return `总分 ${total} 达到「${name(move.grade)}」分数线 ${printExact(reached)}`
    const missed = line(move.grade - 1)
    const why = missed ? `未达到「${name(move.grade - 1)}」分数线 ${printExact(missed)}，` : ''
    return `总分 ${total} ${why}为「${name(move.grade)}」`
  }
  if (move.kind === 'veto') {
    return `一票否决「${move.veto.name}」，应为「${name(move.outcome)}」`
  }
  const quota = scheme.grades[move.from]?.quota
  const percent = quota ? `（${toNumber(multiply(quota, whole(100)))}%）` : ''
  return `「${name(move.from)}」名额 ${move.limit} 家${percent}，符合条件 ${move.holders} 家，按名次降为「${name(move.grade)}」`
}
