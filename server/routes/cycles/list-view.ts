import { type Actor, hasRole } from '../../domain/actor.ts'
import { beijingDate } from '../../domain/beijing-time.ts'
import { marksDue } from '../../domain/marks-due.ts'
import { isVisibleToUnits } from '../../store/cycles.ts'
import type { EvaluatedCycle } from '../../store/evaluation.ts'
import { stageBadge } from './stage-badge.ts'

export type OwnUnits = ReadonlyMap<string, readonly string[]>

/** Everything views/cycles/list.hbs prints: to each what is his to know. */
export function cycleListView(
  evaluated: readonly EvaluatedCycle[],
  ownUnits: OwnUnits,
  actor: Actor,
) {
  return {
    title: '考核周期',
    mayImport: hasRole(actor, 'organiser'),
    marks: hasRole(actor, 'assessor', 'lead'),
    rows: evaluated.map((each) => ({
      href: `/cycles/${each.cycle.id}`,
      name: each.cycle.name,
      year: String(each.cycle.year),
      badge: stageBadge(each.cycle),
      createdAt: beijingDate(each.cycle.createdAt),
      publishedAt: each.cycle.publishedAt === null ? '—' : beijingDate(each.cycle.publishedAt),
      progress: progressWords(each, ownUnits, actor),
    })),
  }
}

function progressWords(each: EvaluatedCycle, ownUnits: OwnUnits, actor: Actor): string[] {
  return [
    ...(hasRole(actor, 'organiser', 'leader', 'auditor') ? [unitsWords(each)] : []),
    ...marksWords(each, ownUnits, actor),
    ...unitWords(each, actor),
  ]
}

function unitsWords({ evaluation: { result } }: EvaluatedCycle): string {
  const complete = result.units.filter((unit) => unit.complete).length
  return `单位评完 ${complete} / ${result.units.length}`
}

function marksWords(
  { bundle, roster }: EvaluatedCycle,
  ownUnits: OwnUnits,
  actor: Actor,
): string[] {
  if (!hasRole(actor, 'assessor', 'lead') || actor.assessorCode === null) return []
  const assessor = bundle.assessors.find(({ code }) => code === actor.assessorCode)
  if (!assessor) return []
  const duties = marksDue(bundle, assessor, ownUnits.get(assessor.code), roster)
  const all = duties.reduce((sum, { units }) => sum + units.length, 0)
  const left = duties.reduce((sum, duty) => sum + duty.left.length, 0)
  return [left === 0 ? `我的打分已完成（${all} 项）` : `我的打分还剩 ${left} 项，共 ${all} 项`]
}

function unitWords({ cycle, bundle }: EvaluatedCycle, actor: Actor): string[] {
  const takesPart = bundle.units.some(({ code }) => code === actor.unitCode)
  if (!hasRole(actor, 'unit') || !takesPart) return []
  return [isVisibleToUnits(cycle) ? '可以查看本单位的结果' : '本单位的结果尚未公布']
}
