import type { Adjustment, UnitVeto } from '../../domain/bundle.ts'
import type { AppError } from '../../errors.ts'
import { errorSummary, textField } from '../../form.ts'
import type { Decided } from '../../store/decisions.ts'
import type { EvaluatedCycle } from '../../store/evaluation.ts'
import type { Effect } from './effect.ts'
import { effectView } from './view.ts'

export type Kind = 'vetoes' | 'adjustments'

interface Lifting {
  kind: Kind
  evaluated: EvaluatedCycle
  decided: Decided<UnitVeto | Adjustment>
  effect: Effect | undefined
  fault?: AppError
}

/** Everything views/decisions/lifting.hbs prints: what is lifted, what it does now, the reason asked for. */
export function liftingView({ kind, evaluated, decided, effect, fault }: Lifting) {
  const { cycle, bundle } = evaluated
  const { decision } = decided
  const unit = bundle.units.find(({ code }) => code === decision.unit)?.name ?? decision.unit
  const path = `/cycles/${cycle.id}`
  const field = textField('reason', kind === 'vetoes' ? '解除的理由' : '取消的理由', {
    required: true,
    error: fault?.message ?? null,
  })
  return {
    title: kind === 'vetoes' ? `解除「${unit}」的一票否决` : `取消「${unit}」的等次调整`,
    breadcrumbs: [
      { href: '/cycles', label: '考核周期' },
      { href: path, label: cycle.name },
      { href: `${path}/decisions`, label: '一票否决与调整' },
    ],
    what: 'veto' in decision ? vetoName(evaluated, decision.veto) : `等次定为「${decision.grade}」`,
    reason: decision.reason,
    effect: effect ? effectView(effect, evaluated) : null,
    path: `${path}/${kind}/${decided.id}/lifting`,
    back: `${path}/decisions`,
    action: kind === 'vetoes' ? '确认解除' : '确认取消',
    field,
    errors: errorSummary([field]),
  }
}

function vetoName({ bundle }: EvaluatedCycle, code: string): string {
  return bundle.scheme.vetoes?.find((veto) => veto.code === code)?.name ?? code
}
