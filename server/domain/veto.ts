/** What vetoes (一票否决) do to a total and a grade. */

import { type Decimal, min, ZERO } from './decimal.ts'
import type { PreparedGrade, PreparedVeto } from './prepare-decision.ts'

/** The total after vetoes: 0 under a `zero` effect, though a negative total stays. */
export function vetoedTotal(total: Decimal, vetoes: readonly PreparedVeto[]): Decimal {
  const zeroed = vetoes.some(({ effects }) => effects.some(({ type }) => type === 'zero'))
  return zeroed ? min(total, ZERO) : total
}

export function isUnranked(vetoes: readonly PreparedVeto[]): boolean {
  return vetoes.some(({ effects }) => effects.some(({ type }) => type === 'unranked'))
}

/** Whether a veto sets the grade outright, which takes the unit out of every quota. */
export function setsGrade(vetoes: readonly PreparedVeto[]): boolean {
  return vetoes.some(({ effects }) => effects.some(({ type }) => type === 'grade'))
}

/**
 * The grade that one veto leads to from `reached`: its `grade`, else its ceiling and then its drop.
 *
 * @param reached index of the grade that the total reaches; 0 is the best
 * @returns index of the grade, or undefined if the veto has no such effect
 */
export function vetoOutcome(
  veto: PreparedVeto,
  reached: number,
  grades: readonly PreparedGrade[],
): number | undefined {
  const place = (name: string) => grades.findIndex((grade) => grade.name === name)
  const outcomes = veto.effects.flatMap((effect) =>
    effect.type === 'grade' ? [place(effect.grade)] : [],
  )
  if (outcomes.length > 0) return Math.max(...outcomes)
  let outcome: number | undefined
  for (const effect of veto.effects) {
    if (effect.type === 'ceiling') outcome = Math.max(outcome ?? reached, place(effect.grade))
  }
  for (const effect of veto.effects) {
    if (effect.type === 'drop') outcome = (outcome ?? reached) + effect.by
  }
  return outcome === undefined ? undefined : Math.min(outcome, grades.length - 1)
}
