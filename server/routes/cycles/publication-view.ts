import { hasReached, STAGE_NAMES, STAGES, type Stage } from '../../domain/stage.ts'
import type { AppError } from '../../errors.ts'
import { errorSummary, textField } from '../../form.ts'
import { isClosed } from '../../store/cycles.ts'
import type { EvaluatedCycle } from '../../store/evaluation.ts'
import { visibilityWords } from './form.ts'
import type { OwnUnits } from './list-view.ts'
import { incompleteUnits, standingLines } from './standing-lines.ts'

/** Everything views/cycles/publication.hbs prints: what publishing, or taking back, does. */
export function publicationView(
  evaluated: EvaluatedCycle,
  ownUnits: OwnUnits,
  { fault, reason = '' }: { fault?: AppError; reason?: string },
) {
  const { cycle, bundle } = evaluated
  const closed = isClosed(cycle)
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
    effects: closed
      ? WITHDRAWAL
      : publicationEffects(cycle.visibleFrom, cycle.stage, bundle.units.length),
    standing: [...standingLines(evaluated, ownUnits), ...skippedLine(cycle.stage)],
    incomplete: incompleteUnits(evaluated),
    field,
    confirmationError: fault?.code === 'PUBLICATION_UNCONFIRMED' ? fault.message : null,
    changed:
      fault?.code === 'CYCLE_CHANGED' || fault?.code === 'ERRATUM_UNEXPLAINED'
        ? fault.message
        : null,
    errors:
      fault?.code === 'PUBLICATION_UNCONFIRMED'
        ? [{ href: '#confirmed', message: fault.message }]
        : errorSummary([field]),
  }
}

const WITHDRAWAL = [
  '退回一个阶段，到「公示」；各项记录仍不能改动。',
  '要改动等次决定、打分或台账，再在“阶段”页逐级退回「审定」「复核」，每退一级都写明理由。',
  '设为“公布以后”才能看到结果的单位，暂时看不到结果。',
  '已经下载的工作簿不会改变；页脚的结果指纹可用来核对是否仍是最新。',
  '撤回和理由记入审计，可以再次公布。',
]

function publicationEffects(
  visibleFrom: Parameters<typeof visibilityWords>[0],
  now: Stage,
  units: number,
): string[] {
  const seen = visibilityWords(visibleFrom)
  return [
    '打分、数值、测评票、台账、一票否决和等次调整都不能再改动。',
    visibleFrom === 'published' || !hasReached(now, visibleFrom)
      ? `${units} 家单位从公布起可以看到本单位的结果。`
      : `${units} 家单位已经可以看到结果（${seen}），公布后不再注明“暂定”。`,
    '结果的指纹记入审计。确需改动时可以撤回公布，回到「公示」，并写明理由。',
  ]
}

/** The stages between here and publication, which publishing now would leave out. */
function skippedLine(now: Stage): string[] {
  const between = STAGES.filter(
    (stage) => stage !== now && hasReached(stage, now) && !hasReached(stage, 'published'),
  )
  if (hasReached(now, 'published') || between.length === 0) return []
  const names = between.map((stage) => `「${STAGE_NAMES[stage]}」`).join('、')
  return [`现在是「${STAGE_NAMES[now]}」阶段；现在公布，就不再经过${names}。`]
}
