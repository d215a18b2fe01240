/** A walk over the tree of a scheme that reads its nodes, numbers its indicators and holds its codes apart. */

import { prepareCombine } from './combine.ts'
import { type Decimal, parseDecimal, printExact, sign, ZERO } from './decimal.ts'
import { pointer, type Report } from './fault.ts'
import { amountOf } from './methods/amounts.ts'
import type { PreparedMethod } from './methods/method.ts'
import { findMethod } from './methods/registry.ts'
import type { PreparedIndicator, PreparedNode } from './prepared-scheme.ts'
import type { Group, Indicator, Node, Section } from './scheme.ts'
import { groupShape, indicatorShape } from './scheme-shape.ts'
import { checkShape, isRecord } from './shape.ts'

/** How many levels a tree may have: far more than any index, far fewer than a call stack. */
export const MOST_LEVELS = 50

type Categories = ReadonlySet<string> | null

/** Stands for a method that could not be read; nothing is scored by it. */
const UNREAD: PreparedMethod = { entry: 'marks', best: ZERO, award: () => ZERO }

export class SchemeReading {
  readonly indicators: PreparedIndicator[] = []
  readonly codes = new Set<string>()
  /** codes of the indicators whose entries cannot be checked */
  readonly unreadable = new Set<string>()
  /** whether every node could be read */
  whole = true
  readonly #report: Report

  constructor(report: Report) {
    this.#report = report
  }

  /** One node of the base with all below it; nothing if it is too faulty. */
  node(node: unknown, path: string, above: Categories, level = 1): PreparedNode[] {
    if (level > MOST_LEVELS) {
      this.#report(path, 'NESTED_TOO_DEEP', `评价体系最多分 ${MOST_LEVELS} 层,这里还有下级。`)
      return this.#unread(undefined)
    }
    if (!isRecord(node) || !Object.hasOwn(node, 'children'))
      return this.indicator(node, path, 'base', above)
    const sound = checkShape(groupShape, node, nameOf(node), this.#below(path))
    if (sound) this.#claim(node as unknown as Group, path)
    const points = sound ? this.#positive(node as unknown as Group, path) : undefined
    const categories = sound ? narrowed(above, (node as unknown as Group).categories) : above
    const given = Array.isArray(node.children) ? node.children : []
    // The children of a faulty group are read too, so that entries find their indicators.
    const children = given.flatMap((child, index) =>
      this.node(child, path + pointer('children', index), categories, level + 1),
    )
    if (!points) return this.#unread(node)
    const group = node as unknown as Group
    const weighted = group.weighted ?? false
    const whole = this.#weighed(group, path) && children.length === given.length
    return [{ ...common(group, categories), path, points, weighted, children, whole }]
  }

  /** One indicator; nothing if it is too faulty to have points. */
  indicator(
    given: unknown,
    path: string,
    section: Section,
    above: Categories,
  ): PreparedIndicator[] {
    const what = nameOf(given)
    if (!checkShape(indicatorShape, given, what, this.#below(path))) return this.#unread(given)
    const node = given as unknown as Indicator
    this.#claim(node, path)
    let sound = true
    const at =
      (key: string): Report =>
      (below, code, message) => {
        sound = false
        this.#report(`${path}/${key}${below}`, code, what + message)
      }
    const unlimited =
      section !== 'base' && node.method.type === 'ledger' && node.method.cap === null
    if (node.points === undefined && !unlimited) at('points')('', 'POINTS_MISSING', '须写分值。')
    const points = node.points === undefined ? null : this.#positive(node, path)
    if (points === undefined || !sound) return this.#unread(node)
    const method = this.#method(node, points, at('method'), at('combine')) ?? UNREAD
    const indicator: PreparedIndicator = {
      ...common(node, narrowed(above, node.categories)),
      index: this.indicators.length,
      section,
      points,
      method,
      entry: method.entry,
      combine: prepareCombine(node.combine, at('combine')),
    }
    if (sound) this.indicators.push(indicator)
    else this.unreadable.add(node.code)
    return [indicator]
  }

  #method(
    { method: parameters, combine }: Indicator,
    points: Decimal | null,
    report: Report,
    reportCombine: Report,
  ): PreparedMethod | undefined {
    const method = findMethod(parameters.type)
    if (!method) {
      report('/type', 'UNKNOWN_METHOD', `的计分方法「${parameters.type}」不存在。`)
      return undefined
    }
    if (!checkShape(method.shape, parameters, '', report)) return undefined
    const prepared = method.prepare(parameters, points, report)
    if (combine && prepared.entry === 'tallies' && combine.type !== 'weighted') {
      reportCombine('', 'NOT_ALLOWED', `按「${method.name}」计分,combine 只能是 weighted。`)
    } else if (combine && prepared.entry !== 'tallies' && prepared.entry !== 'marks') {
      reportCombine('', 'NOT_ALLOWED', `按「${method.name}」计分,不由多人打分,请删去 combine。`)
    }
    return prepared
  }

  /** Reports children of a weighted group without a proper weight. @returns whether all have one */
  #weighed({ name, weighted, children }: Group, path: string): boolean {
    if (!weighted) return true
    let sound = true
    children.forEach((child, index) => {
      const at = `${path}${pointer('children', index)}/weight`
      if (!isRecord(child)) return
      if (child.weight === undefined) {
        this.#report(at, 'MISSING_KEY', `「${name}」按权重合成,${nameOf(child)}须写权重(weight)。`)
      } else if (sign(weightOf(child)) >= 0) return
      else this.#report(at, 'OUT_OF_RANGE', `${nameOf(child)}的权重不能是负数。`)
      sound = false
    })
    return sound
  }

  #claim({ code, name }: Node, path: string): void {
    if (this.codes.has(code)) {
      const message = `「${name}」的编码「${code}」与前面的重复,请换一个。`
      this.#report(`${path}/code`, 'DUPLICATE_CODE', message)
    }
    this.codes.add(code)
  }

  #positive(node: Group | Indicator, path: string): Decimal | undefined {
    const points = amountOf(node.points ?? 0)
    if (sign(points) > 0) return points
    const message = `${nameOf(node)}的分值应大于 0,现为 ${printExact(points)}。`
    this.#report(`${path}/points`, 'POINTS_NOT_POSITIVE', message)
    return undefined
  }

  /** Leaves a node out, remembering its code so that what names it is not called unknown. */
  #unread(node: unknown): [] {
    this.whole = false
    if (isRecord(node) && typeof node.code === 'string') {
      this.codes.add(node.code)
      this.unreadable.add(node.code)
    }
    return []
  }

  #below(path: string): Report {
    return (below, code, message) => this.#report(path + below, code, message)
  }
}

function common(node: Node, categories: Categories) {
  return { code: node.code, name: node.name, weight: weightOf(node), categories }
}

/** A node's weight; 0 where it has none or a faulty one, which its own check tells. */
function weightOf({ weight }: Node): Decimal {
  return weight === undefined ? ZERO : (parseDecimal(weight) ?? ZERO)
}

function nameOf(node: unknown): string {
  const { code, name } = isRecord(node) ? node : {}
  if (typeof name === 'string' && name !== '') return `「${name}」`
  return typeof code === 'string' ? `编码为「${code}」的指标` : '未命名的指标'
}

function narrowed(above: Categories, own: readonly string[] | undefined): Categories {
  if (own === undefined) return above
  return new Set(own.filter((category) => above === null || above.has(category)))
}
