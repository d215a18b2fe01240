/** What a unit says of itself (自评): which marks it gives, within which bounds, and who reads them. */

import { type Actor, hasRole } from './actor.ts'
import type { Unit } from './bundle.ts'
import { compare, parseDecimal, sign, toMicros } from './decimal.ts'
import { amountOf, shown } from './methods/amounts.ts'
import { appliesTo, type PlacedIndicator, placedIndicators } from './placed-indicators.ts'
import type { Amount, Indicator, Scheme } from './scheme.ts'

/** How many files a unit may hand in for an indicator of which the index says nothing. */
export const MOST_EVIDENCE = 5

/** How many files a unit may hand in for an indicator; 0: none is asked for. */
export function mostEvidence({ evidence }: Pick<Indicator, 'evidence'>): number {
  return evidence?.files ?? MOST_EVIDENCE
}

/** How many bytes files take up: each content once, however many indicators it serves. */
export function evidenceBytes(pieces: readonly { sha256: string; size: number }[]): number {
  const sizes = new Map(pieces.map(({ sha256, size }) => [sha256, size]))
  return [...sizes.values()].reduce((sum, size) => sum + size, 0)
}

/** 「佐证材料最多 3 份」 */
export function evidenceWords(indicator: Pick<Indicator, 'evidence'>): string {
  const most = mostEvidence(indicator)
  return most === 0 ? '不收佐证材料' : `佐证材料最多 ${most} 份`
}

/** The indicators on a unit's self-assessment: all that apply to it, in the order of the tree. */
export function selfAssessed(scheme: Scheme, unit: Unit): PlacedIndicator[] {
  return placedIndicators(scheme).filter((placed) => appliesTo(placed, unit))
}

/**
 * Whether the unit has to give a mark: on everything of the base score, except what others' ballots
 * decide. Bonus and penalty it declares only where there is something.
 */
export function isAsked({ indicator, section }: PlacedIndicator): boolean {
  return section === 'base' && indicator.method.type !== 'survey'
}

/** The indicators that still want a mark. @param marked codes of those that have one */
export function missingMarks(
  placed: readonly PlacedIndicator[],
  marked: ReadonlySet<string>,
): PlacedIndicator[] {
  return placed.filter((each) => isAsked(each) && !marked.has(each.indicator.code))
}

/**
 * What is wrong with a mark that a unit gives itself, in words.
 *
 * @param amount a number of the product's, at most six decimals
 * @returns undefined if it lies between 0 and the indicator's points
 */
export function selfMarkProblem(
  { indicator }: PlacedIndicator,
  amount: Amount,
): string | undefined {
  const decimal = parseDecimal(amount)
  const { name, points } = indicator
  const top = points === undefined ? undefined : amountOf(points)
  const fits =
    decimal !== undefined &&
    sign(decimal) >= 0 &&
    toMicros(decimal) !== undefined &&
    (top === undefined || compare(decimal, top) <= 0)
  if (fits) return undefined
  const bounds = points === undefined ? '不小于 0，并小于 90 亿' : `在 0 到 ${shown(points)} 之间`
  return `「${name}」的自评应${bounds}，您填了 ${amount}。`
}

/** Whose the evidence is, and whether it has been handed over to those who mark. */
export interface EvidenceOwner {
  unitCode: string
  /** submitted, or the time for it is over */
  handedOver: boolean
}

/** Who runs or supervises a cycle reads all of it, his own unit's too; what he may do with it is another matter. */
export function readsAll(actor: Actor): boolean {
  return hasRole(actor, 'organiser', 'auditor')
}

/**
 * Whether a person may read what a unit says of itself and open its evidence: the unit, who runs or
 * supervises the cycle, and those who mark it, which nobody does for his own unit (回避).
 *
 * @param assessor whether he is among the cycle's assessors
 * @param recused whether he declared a tie to the unit
 * @param reached whether the unit is one he has to do with in the cycle
 */
export function maySeeEvidence(
  actor: Actor,
  { unitCode, handedOver }: EvidenceOwner,
  { assessor, recused, reached }: { assessor: boolean; recused: boolean; reached: boolean },
): boolean {
  if (readsAll(actor)) return true
  if (actor.unitCode === unitCode) return hasRole(actor, 'unit')
  return hasRole(actor, 'assessor', 'lead') && assessor && reached && !recused && handedOver
}
