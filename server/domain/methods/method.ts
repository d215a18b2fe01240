/**
 * What a scoring method is. A method is one file with its test, one line in registry.ts and one section
 * in docs/methods.md. It knows its own parameters and entries; it does not know units, other indicators
 * or rounding.
 */

import type { Decimal } from '../decimal.ts'
import type { EntryFault, Report } from '../fault.ts'
import type { MethodParameters, Section } from '../scheme.ts'
import type { Check } from '../shape.ts'
import type { PreparedLedger } from './ledger.ts'

export interface Method<P extends MethodParameters = MethodParameters> {
  readonly type: P['type']
  /** Chinese name of the method */
  readonly name: string
  /** the shape of its parameters */
  readonly shape: Check
  /**
   * Reads the parameters once for all entries. Called only with parameters of the right shape.
   *
   * @param points what the indicator can earn; null only for a ledger of bonus or penalty without limit
   * @param report takes what is wrong with the parameters, at paths below them
   */
  prepare(parameters: P, points: Decimal | null, report: Report): PreparedMethod
  /**
   * The rule in one plain Chinese sentence, without a full stop.
   *
   * @param section where the indicator stands: in penalty what a ledger adds is taken off; base if absent
   */
  sentence(parameters: P, points: string | null, section?: Section): string
}

export type PreparedMethod = MarkMethod | ValueMethod | TallyMethod | PreparedLedger

/** A method whose entries are assessors' marks. */
export interface MarkMethod {
  readonly entry: 'marks'
  /** the most that a mark can earn, in points: usually all of them */
  readonly best: Decimal
  /** One mark's award in points, exact; or what is wrong with it. The same input has the same answer. */
  award(given: unknown): Decimal | EntryFault
}

/** A method whose entry is one measured value a unit. */
export interface ValueMethod {
  readonly entry: 'values'
  /** the most that a value can earn, in points */
  readonly best: Decimal
  /** whether an award depends on the values of other units */
  readonly comparesUnits: boolean
  /** What is wrong with a value; undefined if nothing. */
  check(value: Decimal): EntryFault | undefined
  /**
   * How a value is turned into an award in points, given the values of all units of its category.
   * Methods that do not compare units ignore `values`.
   */
  awardAmong(values: readonly Decimal[]): (value: Decimal) => Decimal
  /** How this value came to this award, in Chinese. */
  explain(value: Decimal, values: readonly Decimal[]): string
}

/** A method whose entries are ballots. Counts come in the order of the options. */
export interface TallyMethod {
  readonly entry: 'tallies'
  /** the most that ballots can earn, in points */
  readonly best: Decimal
  readonly options: readonly string[]
  /** Points for these ballots; null if there are fewer valid ones than the method needs. */
  award(counts: readonly number[]): Decimal | null
  /** How these ballots came to their award, in Chinese. */
  explain(counts: readonly number[]): string
}

/** Marks a method as one of its kind, so that its parameters are typed. */
export function method<P extends MethodParameters>(definition: Method<P>): Method<P> {
  return definition
}
