/** The columns of «评分明细» as a tree of headings: dimensions over groups over indicators. */

import { printExact } from '../server/domain/decimal.ts'
import type { IndicatorExplanation } from '../server/domain/explanation.ts'
import { shown } from '../server/domain/methods/amounts.ts'
import type { UnitResult } from '../server/domain/result.ts'
import { type Extra, isGroup, type Node } from '../server/domain/scheme.ts'
import { type Assessment, existsFor, fullMarks, fullMarksText } from './assessment.ts'
import { type CellValue, scoreValue } from './cells.ts'

export interface ScoreColumn {
  heading: string
  /** full marks, or the most that can be added or taken off */
  full: CellValue
  cell(result: UnitResult): ScoreCell
  /** a sum of other columns */
  sum: boolean
}

export interface ScoreCell {
  value: CellValue
  /** exists for the unit's category */
  exists: boolean
  state: IndicatorExplanation['state'] | null
}

export type Heading = ScoreColumn | { heading: string; under: Heading[] }

export function isColumn(heading: Heading): heading is ScoreColumn {
  return !('under' in heading)
}

/** All columns in reading order: the tree, its sums, bonus, penalty and total. */
export function scoreHeadings(assessment: Assessment): Heading[] {
  const { scheme, categories } = assessment
  const sumOf = (
    heading: string,
    full: CellValue,
    value: (result: UnitResult) => string,
  ): ScoreColumn => ({
    heading,
    full,
    sum: true,
    cell: (result) => ({ value: scoreValue(value(result)), exists: true, state: null }),
  })
  const extra = (
    heading: string,
    section: Extra | null | undefined,
    value: (result: UnitResult) => string,
  ): Heading[] => {
    const cap = section?.cap ?? null
    const total = (name: string) => sumOf(name, cap === null ? '不限' : Number(shown(cap)), value)
    if (!section || section.items.length === 0) return [total(heading)]
    const items = section.items.map((item) => column(assessment, item))
    return [{ heading, under: [...items, total('合计')] }]
  }
  const same = categories.every(
    (name) =>
      printExact(fullMarks(scheme, name)) === printExact(fullMarks(scheme, categories[0] ?? '')),
  )
  const full = same ? Number(fullMarksText(assessment).replace('分', '')) : '按类别'
  return [
    ...scheme.base
      .filter((node) => categories.some((category) => existsFor(node, category)))
      .map((node) => dimension(assessment, node)),
    sumOf('基础分', full, ({ base }) => base),
    ...extra('加分', scheme.bonus, ({ bonus }) => bonus),
    ...extra('扣分', scheme.penalty, ({ penalty }) => penalty),
    sumOf('总分', null, ({ total }) => total),
  ]
}

function dimension(assessment: Assessment, node: Node): Heading {
  if (!isGroup(node)) return column(assessment, node)
  const subtotal = { ...column(assessment, node), heading: '小计', sum: true }
  return {
    heading: nameOf(node),
    under: [...node.children.map((child) => below(assessment, child)), subtotal],
  }
}

function below(assessment: Assessment, node: Node): Heading {
  if (!isGroup(node)) return column(assessment, node)
  return { heading: nameOf(node), under: node.children.map((child) => below(assessment, child)) }
}

function column(assessment: Assessment, node: Node): ScoreColumn {
  return {
    heading: nameOf(node),
    full: node.points === undefined ? '不限' : Number(shown(node.points)),
    sum: false,
    cell: ({ unit, scores, missing }) => {
      const printed = scores[node.code]
      if (printed === undefined) return { value: null, exists: false, state: null }
      if (missing.includes(node.code)) return { value: '未评', exists: true, state: 'missing' }
      const explained = assessment
        .explain(unit)
        .indicators.find(({ indicator }) => indicator === node.code)
      return {
        value: printed === null ? '—' : scoreValue(printed),
        exists: true,
        // A bonus or penalty that nobody entered is nothing to wonder at.
        state: explained?.section === 'base' ? explained.state : null,
      }
    },
  }
}

function nameOf({ name, weight }: Node): string {
  return weight === undefined ? name : `${name}（权重${shown(weight)}%）`
}
