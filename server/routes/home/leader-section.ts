import { parsePercent } from '../../domain/decimal.ts'
import { quotaLimit } from '../../domain/grade.ts'
import type { UnitResult } from '../../domain/result.ts'
import type { Grade } from '../../domain/scheme.ts'
import type { EvaluatedCycle } from '../../store/evaluation.ts'
import { cycleHead, resultHref } from './cycle-head.ts'

const ENDS = 3

/** Everything views/partials/home-leader.hbs prints: the ranking at a glance, without assessors. */
export function leaderSection(cycles: readonly EvaluatedCycle[]) {
  return { cycles: cycles.map(cycleSection) }
}

function cycleSection(evaluated: EvaluatedCycle) {
  const { cycle, bundle, evaluation } = evaluated
  const head = cycleHead(evaluated)
  const results = evaluation.result.units
  const categories = [...new Set(bundle.units.map(({ category }) => category))]
  const names = new Map(bundle.units.map(({ code, name }) => [code, name]))
  const nameOf = (unit: string) => names.get(unit) ?? unit
  const incomplete = results.filter(({ complete }) => !complete)
  return {
    ...head,
    ranking: `${head.path}/ranking`,
    workbook: `${head.path}/workbooks/ranking.xlsx`,
    provisional: !head.closed,
    summary: `${results.length} 家单位，评完 ${results.length - incomplete.length} 家`,
    categories: categories.map((category) => {
      const inside = results.filter((result) => result.category === category)
      return { name: category, ...endsOf(evaluated, inside, nameOf) }
    }),
    grades: gradeTable(evaluated, categories),
    incomplete: incomplete.map(({ unit, missing }) => ({
      href: resultHref(cycle, unit),
      name: nameOf(unit),
      missing: `缺 ${missing.length} 项`,
    })),
    vetoes: bundle.vetoes
      .filter(({ exempt }) => !exempt)
      .map(({ unit, veto, reason }) => ({
        href: resultHref(cycle, unit),
        name: nameOf(unit),
        matter: bundle.scheme.vetoes?.find(({ code }) => code === veto)?.name ?? veto,
        reason,
      })),
  }
}

/** The first and the last of a category; all of them where they are few. */
function endsOf(
  { cycle }: EvaluatedCycle,
  results: readonly UnitResult[],
  nameOf: (unit: string) => string,
) {
  const ranked = results.filter(({ rank }) => rank !== null)
  const row = ({ unit, rank, total, grade }: UnitResult) => ({
    href: resultHref(cycle, unit),
    name: nameOf(unit),
    rank: String(rank),
    total,
    grade: grade ?? '—',
  })
  const few = ranked.length <= 2 * ENDS
  return {
    count: `${ranked.length} 家参加排名`,
    first: (few ? ranked : ranked.slice(0, ENDS)).map(row),
    last: few ? [] : ranked.slice(-ENDS).map(row),
    between: few ? '' : `中间 ${ranked.length - 2 * ENDS} 家略`,
  }
}

/** How many units of each category have each grade, against how many may. */
function gradeTable({ bundle, evaluation }: EvaluatedCycle, categories: readonly string[]) {
  const { grades, ranking } = bundle.scheme
  const byCategory = (ranking.within ?? 'category') === 'category'
  const groups = byCategory || categories.length < 2 ? categories : [...categories, '合计']
  return {
    names: grades.map(({ name }) => name),
    rows: groups.map((group) => {
      const whole = !categories.includes(group)
      const inside = evaluation.result.units.filter(({ category }) => whole || category === group)
      const ranked = inside.filter(({ rank }) => rank !== null).length
      const limited = byCategory || whole || categories.length === 1
      return {
        name: group,
        cells: grades.map((grade) => gradeCell(grade, inside, limited ? ranked : null)),
      }
    }),
  }
}

/** @param ranked how many units the quota is reckoned from; null: it is reckoned elsewhere */
function gradeCell(grade: Grade, inside: readonly UnitResult[], ranked: number | null): string {
  const held = inside.filter((result) => result.grade === grade.name).length
  const { quotaRounding = 'floor', quotaMinimum = 0 } = grade
  const quota = parsePercent(grade.quota) ?? null
  const limit = ranked === null ? null : quotaLimit({ quota, quotaRounding, quotaMinimum }, ranked)
  return limit === null ? `${held} 家` : `${held} 家（名额 ${limit}）`
}
