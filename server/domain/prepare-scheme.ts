/** Reads a scheme once for all units: checks it whole and turns its numbers and methods into what scoring uses. */

import { type PreparedCombine, prepareCombine } from './combine.ts'
import type { Decimal } from './decimal.ts'
import { compare, equals, printExact, sign, sum, whole, ZERO } from './decimal.ts'
import { type FaultCode, pointer, type Report } from './fault.ts'
import { amountOf } from './methods/amounts.ts'
import type { PreparedMethod } from './methods/method.ts'
import { findMethod } from './methods/registry.ts'
import { type PreparedDecision, prepareDecision } from './prepare-decision.ts'
import {
  type Group,
  type Indicator,
  isGroup,
  type Node,
  type Scheme,
  type Section,
} from './scheme.ts'
import { groupShape, indicatorShape, schemeShape } from './scheme-shape.ts'
import { checkShape, isRecord } from './shape.ts'

export interface PreparedIndicator {
  /** place among all indicators of the scheme */
  index: number
  code: string
  name: string
  section: Section
  /** null: a ledger of bonus or penalty without limit */
  points: Decimal | null
  weight: Decimal
  method: PreparedMethod
  combine: PreparedCombine
  categories: ReadonlySet<string> | null
}

export interface PreparedGroup {
  code: string
  name: string
  points: Decimal
  weight: Decimal
  weighted: boolean
  categories: ReadonlySet<string> | null
  children: PreparedNode[]
}

export type PreparedNode = PreparedGroup | PreparedIndicator

export interface PreparedScheme extends PreparedDecision {
  code: string
  decimals: number
  base: PreparedNode[]
  bonus: PreparedIndicator[]
  penalty: PreparedIndicator[]
  /** null: no cap */
  bonusCap: Decimal | null
  penaltyCap: Decimal | null
  notApplicable: 'rescale' | 'full' | 'zero'
  matterScope: 'indicator' | 'scheme'
  /** null: no floor */
  totalFloor: Decimal | null
  indicators: PreparedIndicator[]
  byCode: ReadonlyMap<string, PreparedIndicator>
  /** indicators too faulty to read: their entries cannot be checked */
  unreadable: ReadonlySet<string>
}

export function isPreparedGroup(node: PreparedNode): node is PreparedGroup {
  return 'children' in node
}

/** Whether a node exists for units of a category. */
export function existsFor(node: PreparedNode, category: string): boolean {
  return node.categories === null || node.categories.has(category)
}

/** Sum of the points of the base dimensions that exist for a category: its full marks (满分). */
export function fullMarks(scheme: PreparedScheme, category: string): Decimal {
  return sum(
    scheme.base.filter((node) => existsFor(node, category)).map((node) => node.points ?? ZERO),
  )
}

/**
 * Reads a scheme.
 *
 * @param categories those that have units: points and weights must hold for each of them
 * @param report takes every fault, at JSON pointers from the scheme
 * @returns undefined if the scheme's outline is so wrong that no entry can be read against it
 */
export function prepareScheme(
  input: unknown,
  categories: readonly string[],
  report: Report,
): PreparedScheme | undefined {
  if (!checkShape(schemeShape, input, '评价体系', report)) return undefined
  const scheme = input as Scheme
  const reading = new SchemeReading(report)
  const base = scheme.base.flatMap((node, index) =>
    reading.node(node, pointer('base', index), null),
  )
  const extra = (section: 'bonus' | 'penalty') =>
    (scheme[section]?.items ?? []).flatMap((item, index) =>
      reading.indicator(item, pointer(section, 'items', index), section, null),
    )
  const bonus = extra('bonus')
  const penalty = extra('penalty')
  for (const category of categories) checkCategory(base, category, report)
  const cap = (section: 'bonus' | 'penalty') => {
    const limit = scheme[section]?.cap ?? null
    return limit === null ? null : amountOf(limit)
  }
  const floor = scheme.totalFloor === undefined ? '0' : scheme.totalFloor
  return {
    code: scheme.code,
    decimals: scheme.decimals ?? 2,
    base,
    bonus,
    penalty,
    bonusCap: cap('bonus'),
    penaltyCap: cap('penalty'),
    notApplicable: scheme.notApplicable ?? 'rescale',
    matterScope: scheme.matterScope ?? 'indicator',
    totalFloor: floor === null ? null : amountOf(floor),
    indicators: reading.indicators,
    byCode: new Map(reading.indicators.map((indicator) => [indicator.code, indicator])),
    unreadable: reading.unreadable,
    ...prepareDecision(scheme, reading.codes, report),
  }
}

/** A walk over the tree that numbers its indicators and holds its codes apart. */
class SchemeReading {
  readonly indicators: PreparedIndicator[] = []
  readonly codes = new Set<string>()
  readonly unreadable = new Set<string>()
  readonly #report: Report

  constructor(report: Report) {
    this.#report = report
  }

  node(node: Node, path: string, above: ReadonlySet<string> | null): PreparedNode[] {
    if (!isRecord(node) || !isGroup(node))
      return this.indicator(node as Indicator, path, 'base', above)
    if (!checkShape(groupShape, node, `${nameOf(node)}`, this.#below(path))) return []
    this.#claim(node, path)
    const categories = narrowed(above, node.categories)
    return [
      {
        ...common(node, categories),
        points: this.#positive(node, path),
        weighted: node.weighted ?? false,
        children: node.children.flatMap((child, index) =>
          this.node(child, path + pointer('children', index), categories),
        ),
      },
    ]
  }

  indicator(
    node: Indicator,
    path: string,
    section: Section,
    above: ReadonlySet<string> | null,
  ): PreparedIndicator[] {
    const what = nameOf(node)
    if (!checkShape(indicatorShape, node, what, this.#below(path))) {
      if (isRecord(node)) this.unreadable.add(String(node.code))
      return []
    }
    this.#claim(node, path)
    this.unreadable.add(node.code)
    const method = findMethod(node.method.type)
    const at =
      (key: string): Report =>
      (below, code, message) =>
        this.#report(`${path}/${key}${below}`, code, what + message)
    if (!method) {
      at('method')('/type', 'UNKNOWN_METHOD', `的计分方法「${node.method.type}」不存在。`)
      return []
    }
    if (!checkShape(method.shape, node.method, '', at('method'))) return []
    const unlimited =
      section !== 'base' && node.method.type === 'ledger' && node.method.cap === null
    if (node.points === undefined && !unlimited) {
      at('points')('', 'POINTS_MISSING', '须写分值(points)。')
      return []
    }
    const points = node.points === undefined ? null : this.#positive(node, path)
    const prepared = method.prepare(node.method, points, at('method'))
    if (node.combine && prepared.entry !== 'marks') {
      if (prepared.entry !== 'tallies' || node.combine.type !== 'weighted') {
        at('combine')('', 'NOT_ALLOWED', `按「${method.name}」计分,不能写这种 combine。`)
      }
    }
    const indicator: PreparedIndicator = {
      ...common(node, narrowed(above, node.categories)),
      index: this.indicators.length,
      section,
      points,
      method: prepared,
      combine: prepareCombine(node.combine, at('combine')),
    }
    this.indicators.push(indicator)
    this.unreadable.delete(node.code)
    return [indicator]
  }

  #claim({ code, name }: Node, path: string): void {
    if (this.codes.has(code))
      this.#report(`${path}/code`, 'DUPLICATE_CODE', `编码「${code}」(${name})重复。`)
    this.codes.add(code)
  }

  #positive(node: Group | Indicator, path: string): Decimal {
    const points = amountOf(node.points ?? 0)
    if (sign(points) > 0) return points
    this.#report(
      `${path}/points`,
      'POINTS_NOT_POSITIVE',
      `${nameOf(node)}的分值应大于 0,现为 ${printExact(points)}。`,
    )
    return whole(1)
  }

  #below(path: string): Report {
    return (below, code, message) => this.#report(path + below, code, message)
  }
}

function common(node: Node, categories: ReadonlySet<string> | null) {
  const weight = node.weight === undefined ? ZERO : amountOf(node.weight)
  return { code: node.code, name: node.name, weight, categories }
}

function nameOf(node: unknown): string {
  const { code, name } = isRecord(node) ? node : {}
  return typeof name === 'string' ? `「${name}」` : `编码为「${String(code ?? '?')}」的指标`
}

function narrowed(
  above: ReadonlySet<string> | null,
  own: string[] | undefined,
): ReadonlySet<string> | null {
  if (own === undefined) return above
  return new Set(own.filter((category) => above === null || above.has(category)))
}

/** Points of plain groups add up and weights of weighted ones come to 100, for one category. */
function checkCategory(base: readonly PreparedNode[], category: string, report: Report): void {
  const tell = (node: PreparedGroup, code: FaultCode, message: string) =>
    report('/base', code, `「${node.name}」(${node.code})对「${category}」:${message}`)
  const walk = (node: PreparedNode): void => {
    if (!isPreparedGroup(node) || !existsFor(node, category)) return
    const children = node.children.filter((child) => existsFor(child, category))
    const total = sum(
      children.map((child) => (node.weighted ? child.weight : (child.points ?? ZERO))),
    )
    if (node.weighted && !equals(total, whole(100))) {
      tell(node, 'WEIGHTS_NOT_100', `下级权重之和是 ${printExact(total)},应为 100。`)
    }
    if (!node.weighted && compare(total, node.points) !== 0) {
      tell(
        node,
        'POINTS_MISMATCH',
        `分值是 ${printExact(node.points)},下级之和是 ${printExact(total)},应相等。`,
      )
    }
    for (const child of children) walk(child)
  }
  for (const node of base) walk(node)
}
