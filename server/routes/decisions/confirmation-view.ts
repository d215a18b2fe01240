import type { Actor } from '../../domain/actor.ts'
import { beijingTime } from '../../domain/beijing-time.ts'
import type { Adjustment, UnitVeto } from '../../domain/bundle.ts'
import type { AppError } from '../../errors.ts'
import { errorSummary, textField } from '../../form.ts'
import type { Decided } from '../../store/decisions.ts'
import type { EvaluatedCycle } from '../../store/evaluation.ts'
import { decisionFacts, type Kind } from './decision-facts.ts'
import type { Effect } from './effect.ts'
import { effectView } from './view.ts'

interface Confirmation {
  kind: Kind
  evaluated: EvaluatedCycle
  decided: Decided<UnitVeto | Adjustment>
  effect: Effect | undefined
  /** by account */
  names: ReadonlyMap<string, string>
  actor: Actor
  fault?: AppError
}

const WORDS = {
  vetoes: { record: '一票否决', lift: '解除一票否决' },
  adjustments: { record: '等次调整', lift: '取消等次调整' },
} as const

/** Everything views/decisions/confirmation.hbs prints: what waits, what it would change, who may say what. */
export function confirmationView(given: Confirmation) {
  const { kind, evaluated, decided, effect, names, actor, fault } = given
  const facts = decisionFacts(evaluated, decided)
  const lifts = decided.waits === 'lift'
  const by = lifts ? decided.liftAskedBy : decided.recordedBy
  const reason = textField('reason', '不予确认的理由', {
    required: true,
    error: fault?.message ?? null,
  })
  return {
    ...facts,
    title: `待确认：「${facts.unit}」的${WORDS[kind][lifts ? 'lift' : 'record']}`,
    by: names.get(by ?? '') ?? '—',
    recordedAt: beijingTime(decided.recordedAt),
    liftReason: lifts ? (decided.liftReason ?? '') : null,
    effect: effect ? effectView(effect, evaluated) : null,
    own: by === actor.accountId,
    waits: lifts ? 'lift' : 'record',
    path: `/cycles/${evaluated.cycle.id}/${kind}/${decided.id}`,
    field: reason,
    errors: errorSummary([reason]),
  }
}
