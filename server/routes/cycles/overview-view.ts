import { type CycleProgress, cycleProgress } from '../../domain/cycle-progress.ts'
import { heatMap, type Paces } from '../../heat-map.ts'
import type { EvaluatedCycle } from '../../store/evaluation.ts'
import type { OwnUnits } from './list-view.ts'

/**
 * How far a cycle is, for who runs, leads or supervises it.
 *
 * @param paces null where assessors may not be named: to a leader
 */
export function overviewView(
  { cycle, bundle, roster, evaluation }: EvaluatedCycle,
  ownUnits: OwnUnits,
  paces: Paces | null,
) {
  const progress = cycleProgress(
    bundle,
    evaluation.result,
    (code) => ownUnits.get(code) ?? [],
    roster,
  )
  const resultHref = (unit: string) => `/cycles/${cycle.id}/results/${encodeURIComponent(unit)}`
  const categories = Map.groupBy(bundle.units, ({ category }) => category)
  const left = progress.assessors.reduce((sum, each) => sum + each.left, 0)
  return {
    cards: [
      card('单位评完', progress.complete, progress.units),
      card('考核员打分', marksDone(progress), marksDone(progress) + left),
      { title: '还缺的得分项', figure: String(progress.cellsLeft), progress: null },
      { title: '台账记录', figure: String(bundle.events.length), progress: null },
    ],
    entries: [
      ['考核员', bundle.assessors.length],
      ['打分', bundle.marks.length],
      ['数值', bundle.values.length],
      ['测评票', bundle.tallies.length],
      ['台账记录', bundle.events.length],
      ['一票否决', bundle.vetoes.length],
      ['等次调整', bundle.adjustments.length],
    ].map(([name, count]) => ({ name: String(name), count: String(count) })),
    incomplete: progress.incomplete.map(({ unit, missing }) => ({
      href: resultHref(unit.code),
      name: unit.name,
      category: unit.category,
      missing: missing.map(({ name }) => name).join('、'),
    })),
    categories: [...categories].map(([name, units]) => ({
      name: `${name}（${units.length} 家）`,
      units: units.map((unit) => ({ name: unit.name, href: resultHref(unit.code) })),
    })),
    lines: progress.lines.map(({ indicator, units, left: open }) => ({
      code: indicator.code,
      name: indicator.name,
      owner: indicator.owner ?? '—',
      progress: meter(units - open.length, units),
      left: open.length === 0 ? '齐' : open.map(({ name }) => name).join('、'),
    })),
    heat: paces ? heatMap(progress.assessors, paces) : null,
  }
}

function marksDone({ assessors }: CycleProgress): number {
  return assessors.reduce((sum, { marks, left }) => sum + marks - left, 0)
}

function card(title: string, done: number, total: number) {
  return { title, figure: `${done} / ${total}`, progress: meter(done, total) }
}

/** For views/partials/progress.hbs. */
function meter(done: number, total: number) {
  return { done: String(done), total: String(Math.max(total, 1)), text: `${done} / ${total}` }
}
