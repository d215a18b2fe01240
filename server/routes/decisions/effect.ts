/** What one decision does to the result: the result with it beside the result without it. */

import type { Adjustment, UnitVeto } from '../../domain/bundle.ts'
import type { CanonicalBundle } from '../../domain/canonical-bundle.ts'
import { evaluate } from '../../domain/evaluate.ts'
import { type ResultChange, resultChanges } from '../../domain/result-changes.ts'
import type { Decided } from '../../store/decisions.ts'
import type { EvaluatedCycle } from '../../store/evaluation.ts'

export interface Effect {
  /** 「市财政局」的一票否决… */
  title: string
  /** whether it was lifted: then `before` is with it, `after` without */
  lifted: boolean
  changes: readonly ResultChange[]
}

/** @param id the decision that is asked about; one that is not there has no effect to show */
export function decisionEffect(
  { bundle, evaluation }: EvaluatedCycle,
  vetoes: readonly Decided<UnitVeto>[],
  adjustments: readonly Decided<Adjustment>[],
  id: string | undefined,
): Effect | undefined {
  const veto = vetoes.find((each) => each.id === id)
  const adjustment = adjustments.find((each) => each.id === id)
  const decided = veto ?? adjustment
  if (!decided) return undefined
  const lifted = decided.liftedAt !== null
  const other: CanonicalBundle = {
    ...bundle,
    vetoes: veto ? toggled(vetoes, veto) : bundle.vetoes,
    adjustments: adjustment ? toggled(adjustments, adjustment) : bundle.adjustments,
  }
  const unit = bundle.units.find(({ code }) => code === decided.decision.unit)
  return {
    title: `「${unit?.name ?? decided.decision.unit}」的${veto ? '一票否决' : '等次调整'}`,
    lifted,
    changes: isPossible(other) ? resultChanges(evaluate(other).result, evaluation.result) : [],
  }
}

/** The decisions that stand, without this one if it stands, with it if it does not. */
function toggled<T>(all: readonly Decided<T>[], one: Decided<T>): T[] {
  return all
    .filter((each) => (each.liftedAt === null) !== (each === one))
    .map(({ decision }) => decision)
}

/** With a lifted adjustment and the one that came after it a unit would have two grades. */
function isPossible({ vetoes, adjustments }: CanonicalBundle): boolean {
  const keys = [
    ...vetoes.map(({ unit, veto }) => JSON.stringify([unit, veto])),
    ...adjustments.map(({ unit }) => unit),
  ]
  return new Set(keys).size === keys.length
}
