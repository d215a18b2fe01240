import type { Bundle } from '../../domain/bundle.ts'
import { allMarksDue, type MarksDue } from '../../domain/marks-due.ts'
import type { AppError } from '../../errors.ts'
import { errorSummary, textField } from '../../form.ts'
import { isClosed } from '../../store/cycles.ts'
import type { EvaluatedCycle } from '../../store/evaluation.ts'
import { visibilityWords } from './form.ts'
import type { OwnUnits } from './list-view.ts'

/** Everything views/cycles/publication.hbs prints: what publishing, or taking back, does. */
export function publicationView(
  { cycle, bundle, evaluation: { result } }: EvaluatedCycle,
  ownUnits: OwnUnits,
  { fault, reason = '' }: { fault?: AppError; reason?: string },
) {
  const closed = isClosed(cycle)
  const names = new Map(bundle.units.map(({ code, name }) => [code, name]))
  const open = result.units.filter(({ complete }) => !complete)
  const field = textField('reason', '撤回的理由', {
    value: reason,
    required: true,
    hint: '写明依据和经办，记入审计。',
    error: fault && closed ? fault.message : null,
  })
  return {
    title: closed ? '撤回公布' : '公布结果',
    breadcrumbs: [
      { href: '/cycles', label: '考核周期' },
      { href: `/cycles/${cycle.id}`, label: cycle.name },
    ],
    cycle: cycle.name,
    back: `/cycles/${cycle.id}`,
    path: `/cycles/${cycle.id}/publication`,
    closed,
    published: cycle.stage === 'published',
    revision: String(cycle.revision),
    effects: closed ? WITHDRAWAL : publicationEffects(cycle.visibleFrom, result.units.length),
    standing: [
      `参评单位 ${result.units.length} 家，评完 ${result.units.length - open.length} 家。`,
      ...gradeLines(bundle.scheme.grades, result.units),
      marksLine(
        allMarksDue(bundle, bundle.assessors, (code) => ownUnits.get(code) ?? []),
        bundle,
      ),
      `一票否决 ${bundle.vetoes.length} 项，等次调整 ${bundle.adjustments.length} 项。`,
    ],
    incomplete: open.map(({ unit, missing }) => ({
      href: `/cycles/${cycle.id}/results/${encodeURIComponent(unit)}`,
      name: names.get(unit) ?? unit,
      missing: `缺 ${missing.length} 项得分`,
    })),
    field,
    confirmationError: fault?.code === 'PUBLICATION_UNCONFIRMED' ? fault.message : null,
    changed: fault?.code === 'CYCLE_CHANGED' ? fault.message : null,
    errors:
      fault?.code === 'PUBLICATION_UNCONFIRMED'
        ? [{ href: '#confirmed', message: fault.message }]
        : errorSummary([field]),
  }
}

const WITHDRAWAL = [
  '打分、台账、一票否决和等次调整又可以改动，结果随之变化。',
  '设为“公布以后”才能看到结果的单位，暂时看不到结果。',
  '已经下载的工作簿不会改变；页脚的结果指纹可用来核对是否仍是最新。',
  '撤回和理由记入审计，可以再次公布。',
]

function publicationEffects(
  visibleFrom: Parameters<typeof visibilityWords>[0],
  units: number,
): string[] {
  const seen = visibilityWords(visibleFrom)
  return [
    '打分、数值、测评票、台账、一票否决和等次调整都不能再改动。',
    visibleFrom === 'published'
      ? `${units} 家单位从公布起可以看到本单位的结果。`
      : `${units} 家单位已经可以看到结果（${seen}），公布后不再注明“暂定”。`,
    '结果的指纹记入审计。确需改动时可以撤回公布，并写明理由。',
  ]
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
