import { existsFor, fullMarks } from '../../../exports/assessment.ts'
import { printExact } from '../../domain/decimal.ts'
import { shown } from '../../domain/methods/amounts.ts'
import { isGroup, type Node, type Scheme } from '../../domain/scheme.ts'

export interface FullMarks {
  /** the categories that the scheme names; one that stands for all if it names none */
  categories: readonly string[]
  /** full marks in a few words: 100分, or by category where they differ */
  text: string
  /** a row for each dimension and one for the total, a cell for each category */
  rows: readonly { name: string; cells: readonly string[] }[]
}

const ANY = '各类单位'

/** What units of each category can earn in the base, dimension by dimension. */
export function fullMarksByCategory(scheme: Scheme): FullMarks {
  const named = [...new Set(scheme.base.flatMap(categoriesNamed))]
  const categories = named.length > 0 ? named : [ANY]
  const totals = categories.map((category) => printExact(fullMarks(scheme, category)))
  const rows = scheme.base.map((node) => ({
    name: node.name,
    cells: categories.map((category) =>
      existsFor(node, category) ? shown(node.points ?? 0) : '—',
    ),
  }))
  const same = totals.every((total) => total === totals[0])
  const text = same
    ? `${totals[0]}分`
    : categories.map((category, index) => `${category}${totals[index]}分`).join('，')
  return { categories, text, rows: [...rows, { name: '满分', cells: totals }] }
}

function categoriesNamed(node: Node): string[] {
  return [
    ...(node.categories ?? []),
    ...(isGroup(node) ? node.children.flatMap(categoriesNamed) : []),
  ]
}
