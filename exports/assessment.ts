/** What the sheets are made from: one assessment with its result, looked up by name. */

import type { Bundle, Unit } from '../server/domain/bundle.ts'
import { type Decimal, printExact, sum } from '../server/domain/decimal.ts'
import type { Evaluation } from '../server/domain/evaluate.ts'
import type { UnitExplanation } from '../server/domain/explanation.ts'
import { amountOf } from '../server/domain/methods/amounts.ts'
import type { Proof } from '../server/domain/proof.ts'
import type { UnitResult } from '../server/domain/result.ts'
import { indicatorsOf, isGroup, type Node, type Scheme } from '../server/domain/scheme.ts'

export interface RankingInput {
  bundle: Bundle
  evaluation: Evaluation
  /** SHA-256 of the result, in hex */
  fingerprint: string
  /** what binds the result to the database it came from; absent where there is none */
  proof?: Proof
  cycle: { name: string; year: number | null }
  /** who makes the workbook */
  by: string
  /** when, as ISO-8601 UTC text */
  at: string
}

/** A scheme with its nodes by name: enough to put its rules into words. */
export interface ReadableScheme {
  scheme: Scheme
  decimals: number
  /** in order of first appearance among the units, as the result groups them */
  categories: readonly string[]
  /** the name of an indicator or group */
  nodeName(code: string): string
}

export interface Assessment extends RankingInput, ReadableScheme {
  /** in the order of the result */
  results: readonly UnitResult[]
  unit(code: string): Unit
  explain(unitCode: string): UnitExplanation
}

export function readScheme(scheme: Scheme, categories: readonly string[]): ReadableScheme {
  const names = new Map(nodesOf(scheme).map((node) => [node.code, node.name]))
  return {
    scheme,
    decimals: scheme.decimals ?? 2,
    categories,
    nodeName: (code) => names.get(code) ?? code,
  }
}

export function readAssessment(input: RankingInput): Assessment {
  const { bundle, evaluation } = input
  const units = new Map(bundle.units.map((unit) => [unit.code, unit]))
  const categories = [...new Set(bundle.units.map(({ category }) => category))]
  const explained = new Map<string, UnitExplanation>()
  return {
    ...input,
    ...readScheme(bundle.scheme, categories),
    results: evaluation.result.units,
    unit(code) {
      const unit = units.get(code)
      if (!unit) throw new RangeError(`no unit ${code} in the bundle`)
      return unit
    },
    explain(code) {
      const known = explained.get(code) ?? evaluation.explain(code)
      explained.set(code, known)
      return known
    },
  }
}

/** Every node of the scheme: the base tree, parents before children, then bonus and penalty. */
function nodesOf(scheme: Scheme): Node[] {
  const walk = (nodes: readonly Node[]): Node[] =>
    nodes.flatMap((node) => (isGroup(node) ? [node, ...walk(node.children)] : [node]))
  const extra = [...indicatorsOf(scheme)].filter(({ section }) => section !== 'base')
  return [...walk(scheme.base), ...extra.map(({ indicator }) => indicator)]
}

/** Whether a node exists for the units of a category; its groups above are not asked. */
export function existsFor(node: Node, category: string): boolean {
  return node.categories === undefined || node.categories.includes(category)
}

/** Full marks (满分) of a category: the points of the dimensions that exist for it. */
export function fullMarks(scheme: Scheme, category: string): Decimal {
  const dimensions = scheme.base.filter((node) => existsFor(node, category))
  return sum(dimensions.map(({ points }) => amountOf(points ?? 0)))
}

/** Full marks by category in words, or once if they are all the same: "100分", "甲类100分，乙类90分". */
export function fullMarksText({ scheme, categories }: ReadableScheme): string {
  const each = categories.map((name) => ({ name, points: printExact(fullMarks(scheme, name)) }))
  if (haveSameFullMarks(each.map(({ points }) => points))) return `${each[0]?.points ?? 0}分`
  return each.map(({ name, points }) => `${name}${points}分`).join('，')
}

/** Whether totals of all categories compare, so that there is an overall rank. */
export function hasOverallRank({ scheme, categories }: Assessment): boolean {
  return haveSameFullMarks(categories.map((name) => printExact(fullMarks(scheme, name))))
}

function haveSameFullMarks(points: readonly string[]): boolean {
  return points.every((each) => each === points[0])
}
