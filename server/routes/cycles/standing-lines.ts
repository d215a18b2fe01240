/** How a cycle stands before it is moved on or published: what there is, and what is still missing. */

import type { Bundle, Unit } from '../../domain/bundle.ts'
import { cycleProgress, type LineProgress } from '../../domain/cycle-progress.ts'
import { allMarksDue, type MarksDue } from '../../domain/marks-due.ts'
import type { EvaluatedCycle } from '../../store/evaluation.ts'
import type { SelfAssessment } from '../../store/self-assessments.ts'
import type { OwnUnits } from './list-view.ts'

/** Names of units that a sentence has room for. */
const MOST_NAMES = 10

/** In sentences: units, grades, who has marks left, decisions. */
export function standingLines(
  { bundle, roster, evaluation: { result } }: EvaluatedCycle,
  ownUnits: OwnUnits,
): string[] {
  const complete = result.units.filter((unit) => unit.complete).length
  const { lines } = cycleProgress(bundle, result, (code) => ownUnits.get(code) ?? [], roster)
  return [
    `参评单位 ${result.units.length} 家，评完 ${complete} 家。`,
    ...gradeLines(bundle.scheme.grades, result.units),
    marksLine(
      allMarksDue(bundle, bundle.assessors, (code) => ownUnits.get(code) ?? [], roster),
      bundle,
    ),
    ...recordLines(lines),
    `一票否决 ${bundle.vetoes.length} 项，等次调整 ${bundle.adjustments.length} 项。`,
  ]
}

/** The units that have no rank and no grade as things stand, with what they lack. */
export function incompleteUnits({ cycle, bundle, evaluation: { result } }: EvaluatedCycle) {
  const names = new Map(bundle.units.map(({ code, name }) => [code, name]))
  return result.units
    .filter(({ complete }) => !complete)
    .map(({ unit, missing }) => ({
      href: `/cycles/${cycle.id}/results/${encodeURIComponent(unit)}`,
      name: names.get(unit) ?? unit,
      missing: `缺 ${missing.length} 项得分`,
    }))
}

/** While units assess themselves: who has submitted, and who still has what was returned to him. */
export function selfAssessmentLines(
  { bundle: { units } }: EvaluatedCycle,
  assessments: ReadonlyMap<string, SelfAssessment>,
): string[] {
  const stateOf = ({ code }: Unit) => assessments.get(code)?.state ?? 'open'
  const open = units.filter((unit) => stateOf(unit) === 'open')
  const returned = units.filter((unit) => stateOf(unit) === 'returned')
  const submitted = units.length - open.length - returned.length
  return [
    `自评已提交 ${submitted} 家，共 ${units.length} 家。`,
    ...(open.length === 0 ? [] : [`还没有提交自评 ${open.length} 家：${namesOf(open)}。`]),
    ...(returned.length === 0
      ? []
      : [`退回后还没有重新提交 ${returned.length} 家：${namesOf(returned)}。`]),
  ]
}

/** Decisions that only one person has made. @param units the unit of each, by name */
export function unconfirmedLines(units: readonly string[]): string[] {
  if (units.length === 0) return []
  const names = [...new Set(units)].map((name) => `「${name}」`).join('、')
  return [
    `还有 ${units.length} 项一票否决或等次调整待另一人确认：${names}。确认或者撤回以前不能审定。`,
  ]
}

function namesOf(units: readonly Unit[]): string {
  const names = units.slice(0, MOST_NAMES).map(({ name }) => name)
  return names.join('、') + (units.length > MOST_NAMES ? '等' : '')
}

/** What functional lines fill in; nothing where the index has nothing of the kind. */
function recordLines(lines: readonly LineProgress[]): string[] {
  if (lines.length === 0) return []
  const open = lines.filter(({ left }) => left.length > 0)
  if (open.length === 0) return ['数值和测评票都已填齐。']
  const names = open.map(({ indicator, left }) => `「${indicator.name}」${left.length} 家`)
  return [`数值和测评票还缺：${names.join('，')}。`]
}

/** A unit is complete once it has the marks it needs; others may still be on their way. */
function marksLine(
  due: ReadonlyMap<string, readonly MarksDue[]>,
  { assessors = [] }: Bundle,
): string {
  const open = assessors
    .map(({ code, name }) => {
      const left = (due.get(code) ?? []).reduce((sum, duty) => sum + duty.left.length, 0)
      return { name, left }
    })
    .filter(({ left }) => left > 0)
  if (open.length === 0) return '考核员的打分都已完成。'
  const all = open.reduce((sum, { left }) => sum + left, 0)
  const names = open.map(({ name, left }) => `${name} ${left} 项`).join('，')
  return `考核员还有 ${all} 项没有打分：${names}。`
}

function gradeLines(
  grades: readonly { name: string }[],
  units: readonly { grade: string | null }[],
): string[] {
  const counts = grades.map(
    ({ name }) => `${name} ${units.filter(({ grade }) => grade === name).length} 家`,
  )
  return counts.length === 0 ? [] : [`等次：${counts.join('，')}。`]
}
