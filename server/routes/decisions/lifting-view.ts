import type { Adjustment, UnitVeto } from '../../domain/bundle.ts'
import type { AppError } from '../../errors.ts'
import { errorSummary, textField } from '../../form.ts'
import type { Decided } from '../../store/decisions.ts'
import type { EvaluatedCycle } from '../../store/evaluation.ts'
import { decisionFacts, type Kind } from './decision-facts.ts'
import type { Effect } from './effect.ts'
import { effectView } from './view.ts'

interface Lifting {
  kind: Kind
  evaluated: EvaluatedCycle
  decided: Decided<UnitVeto | Adjustment>
  effect: Effect | undefined
  fault?: AppError
}

/** Everything views/decisions/lifting.hbs prints: what is to be lifted, what it does now, the reason asked for. */
export function liftingView({ kind, evaluated, decided, effect, fault }: Lifting) {
  const facts = decisionFacts(evaluated, decided)
  const field = textField('reason', kind === 'vetoes' ? '解除的理由' : '取消的理由', {
    required: true,
    hint: '写明依据和文号。',
    error: fault?.message ?? null,
  })
  return {
    ...facts,
    title:
      kind === 'vetoes' ? `解除「${facts.unit}」的一票否决` : `取消「${facts.unit}」的等次调整`,
    effect: effect ? effectView(effect, evaluated) : null,
    path: `/cycles/${evaluated.cycle.id}/${kind}/${decided.id}/lifting`,
    action: kind === 'vetoes' ? '提出解除' : '提出取消',
    field,
    errors: errorSummary([field]),
  }
}
