/** What one decision does to the result: the result with it beside the result without it. */

import type { Adjustment, UnitVeto } from '../../domain/bundle.ts'
import type { CanonicalBundle } from '../../domain/canonical-bundle.ts'
import { evaluate } from '../../domain/evaluate.ts'
import { type ResultChange, resultChanges } from '../../domain/result-changes.ts'
import type { Decided } from '../../store/decisions.ts'
import type { EvaluatedCycle } from '../../store/evaluation.ts'

export interface Effect {
  /** 「市财政局」的一票否决确认后的影响… */
  title: string
  changes: readonly ResultChange[]
}

/**
 * What counts now is the result as it is; a decision that waits, or whose lifting does, shows what its
 * confirmation would change, any other what it changed.
 *
 * @param id the decision that is asked about; one that is not there, or never counted, has no effect to show
 */
export function decisionEffect(
  { bundle, evaluation }: EvaluatedCycle,
  vetoes: readonly Decided<UnitVeto>[],
  adjustments: readonly Decided<Adjustment>[],
  id: string | undefined,
): Effect | undefined {
  const veto = vetoes.find((each) => each.id === id)
  const adjustment = adjustments.find((each) => each.id === id)
  const decided = veto ?? adjustment
  if (!decided || decided.dropped !== null) return undefined
  const other: CanonicalBundle = {
    ...bundle,
    vetoes: veto ? toggled(vetoes, veto) : bundle.vetoes,
    adjustments: adjustment ? toggled(adjustments, adjustment) : bundle.adjustments,
  }
  const unit = bundle.units.find(({ code }) => code === decided.decision.unit)
  const what = `「${unit?.name ?? decided.decision.unit}」的${veto ? '一票否决' : '等次调整'}`
  const title = titleOf(what, decided)
  if (!isPossible(other)) return { title, changes: [] }
  const [now, otherwise] = [evaluation.result, evaluate(other).result]
  const [before, after] = decided.waits === null ? [otherwise, now] : [now, otherwise]
  return { title, changes: resultChanges(before, after) }
}

function titleOf(what: string, { waits, liftedAt }: Decided<unknown>): string {
  if (waits === 'record') return `${what}确认后的影响`
  if (waits === 'lift') return `${what}解除后的影响`
  return liftedAt === null ? `${what}的影响` : `解除${what}的影响`
}

/** The decisions that count, without this one if it counts, with it if it does not. */
function toggled<T>(all: readonly Decided<T>[], one: Decided<T>): T[] {
  return all.filter((each) => counts(each) !== (each === one)).map(({ decision }) => decision)
}

function counts({ liftedAt, waits }: Decided<unknown>): boolean {
  return liftedAt === null && waits !== 'record'
}

/** With a lifted adjustment and the one that came after it a unit would have two grades. */
function isPossible({ vetoes, adjustments }: CanonicalBundle): boolean {
  const keys = [
    ...vetoes.map(({ unit, veto }) => JSON.stringify([unit, veto])),
    ...adjustments.map(({ unit }) => unit),
  ]
  return new Set(keys).size === keys.length
}
