import { fullMarks, fullMarksText } from '../../../exports/assessment.ts'
import { rankingWords } from '../../../exports/decision-words.ts'
import { rankingTitle } from '../../../exports/titles.ts'
import { printExact } from '../../domain/decimal.ts'
import { isClosed } from '../../store/cycles.ts'
import type { EvaluatedCycle } from '../../store/evaluation.ts'
import { gradeCounts } from './grade-counts.ts'
import { dimensionsOf, rankingTable, type Sorting } from './ranking-table.ts'
import { type Standing, standingOf } from './standing.ts'

export interface RankingAsked {
  /** undefined: what the scheme ranks; null: all units */
  category: string | null | undefined
  sorting: Sorting
}

/** Everything views/ranking/show.hbs prints. */
export function rankingView(evaluated: EvaluatedCycle, { category, sorting }: RankingAsked) {
  const { cycle } = evaluated
  const standing = standingOf(evaluated, category)
  const { assessment, overall } = standing
  const path = `/cycles/${cycle.id}/ranking`
  const scopeOf = (each: string | null): Record<string, string> =>
    each === null ? { scope: 'overall' } : { category: each }
  const address = (more: Record<string, string>) =>
    `${path}?${new URLSearchParams({ ...scopeOf(standing.category), ...more })}`
  const where = standing.category ?? '全部单位'
  const counts = gradeCounts(standing)
  return {
    title: rankingTitle(assessment.scheme.name, cycle.year),
    breadcrumbs: [
      { href: '/cycles', label: '考核周期' },
      { href: `/cycles/${cycle.id}`, label: cycle.name },
    ],
    where,
    provisional: !isClosed(cycle),
    workbook: `/cycles/${cycle.id}/workbooks/ranking.xlsx`,
    workbooks: `/cycles/${cycle.id}/workbooks`,
    tabs: [...assessment.categories, null].map((each) => ({
      href: `${path}?${new URLSearchParams(scopeOf(each))}`,
      label: each ?? '全部单位',
      count: assessment.results.filter((result) => each === null || result.category === each)
        .length,
      current: each === standing.category,
    })),
    facts: facts(standing),
    // Where categories are graded each by itself, counts over all have no quota to stand against.
    quotaHere: counts.some(({ limit }) => limit !== null),
    grades: counts.map(({ limit, held, beside, total, ...about }) => ({
      ...about,
      limit: limit === null ? '不限' : String(limit),
      held: String(held),
      beside: String(beside),
      total: String(total),
      full: limit !== null && held >= limit,
    })),
    noOverall: standing.category === null && !overall ? noOverall(standing) : null,
    table: rankingTable(standing, sorting, cycle.id, address),
    chart: {
      src: `${path}/chart.svg?${new URLSearchParams({ ...scopeOf(standing.category), revision: String(cycle.revision) })}`,
      alt: `${where}各单位${dimensionsOf(standing)
        .map(({ name }) => name)
        .join('、')}得分的条形图，各数见上表`,
    },
  }
}

function noOverall({ assessment }: Standing): string {
  return `各类别满分不同（${fullMarksText(assessment)}），总分不能直接相比，因此没有总名次。下表按类别列出，名次是类别内的名次。`
}

function facts(standing: Standing) {
  const { assessment, category, results } = standing
  const open = results.filter(({ complete }) => !complete)
  const unranked = results.filter(({ complete, rank }) => complete && rank === null)
  const named = (some: typeof results) =>
    some.map(({ unit }) => `「${assessment.unit(unit).name}」`).join('')
  const full =
    category === null
      ? fullMarksText(assessment)
      : `${printExact(fullMarks(assessment.scheme, category))}分`
  return [
    {
      term: '参评单位',
      text: `${results.length} 家：已评完 ${results.length - open.length} 家，未评完 ${open.length} 家${open.length === 0 ? '' : named(open)}${unranked.length === 0 ? '' : `；评完但不排名 ${unranked.length} 家${named(unranked)}`}。`,
    },
    { term: '计分', text: `满分${full}；总分＝基础分＋加分－扣分。` },
    { term: '排名', text: rankingWords(assessment) },
  ]
}
