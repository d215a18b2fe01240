/** A scheme read for the categories that have units: what entries are checked and scored against. */

import type { Decimal } from './decimal.ts'
import type { Fault } from './fault.ts'
import { prepareScheme } from './prepare-scheme.ts'
import {
  existsFor,
  fullMarks,
  isPreparedGroup,
  type PreparedIndicator,
  type PreparedNode,
  type PreparedScheme,
} from './prepared-scheme.ts'

/** What of a scheme exists for one category. */
export interface CategoryOfScheme {
  name: string
  fullMarks: Decimal
  /** the indicators that exist for it, in the order of the scheme */
  indicators: PreparedIndicator[]
  /** the tree without the nodes that do not exist for it */
  base: PreparedNode[]
  bonus: PreparedIndicator[]
  penalty: PreparedIndicator[]
  /** every code that exists for it, children before groups, with null: what a unit's scores begin as */
  blankScores: Readonly<Record<string, string | null>>
}

export interface SchemeReadFor {
  /** at JSON pointers from the scheme */
  faults: readonly Fault[]
  /** undefined if the scheme has no tree, so that no entry can be read against it */
  scheme: PreparedScheme | undefined
  categories: readonly CategoryOfScheme[]
}

/** Reads a scheme. @param names the categories that have units */
export function readSchemeFor(input: unknown, names: readonly string[]): SchemeReadFor {
  const faults: Fault[] = []
  const scheme = prepareScheme(input, names, (path, code, message) =>
    faults.push({ path, code, message }),
  )
  return { faults, scheme, categories: scheme ? names.map((name) => ofCategory(scheme, name)) : [] }
}

const known = new WeakMap<object, Map<string, SchemeReadFor>>()

/** The same, remembered for as long as the scheme is: for one that nobody changes. */
export function readSchemeOnce(scheme: object, names: readonly string[]): SchemeReadFor {
  const readings = known.get(scheme) ?? new Map<string, SchemeReadFor>()
  known.set(scheme, readings)
  const key = JSON.stringify(names)
  const reading = readings.get(key) ?? readSchemeFor(scheme, names)
  readings.set(key, reading)
  return reading
}

function ofCategory(scheme: PreparedScheme, name: string): CategoryOfScheme {
  return {
    name,
    fullMarks: fullMarks(scheme, name),
    indicators: scheme.indicators.filter((indicator) => existsFor(indicator, name)),
    base: pruned(scheme.base, name),
    bonus: scheme.bonus.filter((item) => existsFor(item, name)),
    penalty: scheme.penalty.filter((item) => existsFor(item, name)),
    blankScores: blankScores(scheme, name),
  }
}

function blankScores(scheme: PreparedScheme, category: string): Record<string, null> {
  const codes = (nodes: readonly PreparedNode[]): string[] =>
    nodes.flatMap((node) => {
      if (!existsFor(node, category)) return []
      return isPreparedGroup(node) ? [...codes(node.children), node.code] : [node.code]
    })
  const all = codes([...scheme.base, ...scheme.bonus, ...scheme.penalty])
  return Object.fromEntries(all.map((code) => [code, null]))
}

function pruned(nodes: readonly PreparedNode[], category: string): PreparedNode[] {
  return nodes
    .filter((node) => existsFor(node, category))
    .map((node) =>
      isPreparedGroup(node) ? { ...node, children: pruned(node.children, category) } : node,
    )
}
