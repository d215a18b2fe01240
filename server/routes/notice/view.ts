import { type Proof, proofLines } from '../../domain/proof.ts'
import type { PublicNotice } from '../../domain/public-notice.ts'
import type { UnitResult } from '../../domain/result.ts'
import { hasReached } from '../../domain/stage.ts'
import { errorSummary } from '../../form.ts'
import type { StageDates } from '../../store/cycle-stages.ts'
import type { EvaluatedCycle } from '../../store/evaluation.ts'
import { noticeFields, type TypedNotice } from './form.ts'

interface ShownNotice {
  evaluated: EvaluatedCycle
  notice: PublicNotice
  dates: StageDates | undefined
  proof: Proof
  /** whether the reader runs the cycle */
  runs: boolean
  typed?: TypedNotice | undefined
}

/** Everything views/notice/show.hbs prints. */
export function noticeView({ evaluated, notice, dates, proof, runs, typed }: ShownNotice) {
  const { cycle } = evaluated
  const path = `/cycles/${cycle.id}`
  const fields = noticeFields(notice, typed)
  const out = hasReached(cycle.stage, 'notice')
  return {
    title: `${cycle.name}评价结果公示`,
    breadcrumbs: [
      { href: '/cycles', label: '考核周期' },
      { href: path, label: cycle.name },
    ],
    path: `${path}/notice`,
    stage: `${path}/stage`,
    draft: draftNote(cycle.rehearsal, out),
    period: periodWords(notice, dates),
    contact: notice.contact === '' ? null : notice.contact,
    ranks: notice.shows !== 'grades',
    totals: notice.shows === 'totals',
    categories: categories(evaluated, notice),
    proof: proofLines(proof),
    form: runs && !hasReached(cycle.stage, 'published') ? fields : null,
    errors: errorSummary([fields.days, fields.contact]),
  }
}

function draftNote(rehearsal: boolean, out: boolean): string | null {
  if (rehearsal) return '这是演练，只有考评办看得到，不对外公示。'
  return out ? null : '这是草稿，只有考评办看得到；到「公示」阶段才对外。'
}

function periodWords({ days, counted }: PublicNotice, dates: StageDates | undefined): string {
  const [from, to] = [dates?.startsOn ?? null, dates?.endsOn ?? null]
  const long = days === null ? '' : `，共 ${days} ${counted === 'working' ? '个工作日' : '天'}`
  if (from === null || to === null) return `公示时间另行确定${long}。`
  return `公示时间：${chineseDay(from)}至${chineseDay(to)}${long}。`
}

/** @param day such as 2026-12-01 */
function chineseDay(day: string): string {
  const [year, month, date] = day.split('-').map(Number)
  return `${year}年${month}月${date}日`
}

/** Each category with its units: by rank, or where ranks are not published by grade and then as in the roster. */
function categories({ bundle, evaluation }: EvaluatedCycle, { shows }: PublicNotice) {
  const order = new Map(bundle.units.map(({ code }, index) => [code, index]))
  const names = new Map(bundle.units.map(({ code, name }) => [code, name]))
  const grades = (bundle.scheme.grades ?? []).map(({ name }) => name)
  const place = (unit: UnitResult) => {
    if (shows !== 'grades') return unit.rank ?? Infinity
    return unit.grade === null ? Infinity : grades.indexOf(unit.grade)
  }
  const compare = (a: UnitResult, b: UnitResult) => {
    const [first, second] = [place(a), place(b)]
    if (first !== second) return first < second ? -1 : 1
    return (order.get(a.unit) ?? 0) - (order.get(b.unit) ?? 0)
  }
  const groups = Map.groupBy(evaluation.result.units, ({ category }) => category)
  return [...groups].map(([name, units]) => ({
    name,
    rows: units.toSorted(compare).map(({ unit, rank, total, complete, grade }) => ({
      unit: names.get(unit) ?? unit,
      rank: rank === null ? '不排名' : String(rank),
      total: complete ? total : '未评完',
      grade: grade ?? '—',
    })),
  }))
}
