/** The columns of the ranking, and its rows in the order asked for. */

import { existsFor } from '../../../exports/assessment.ts'
import { compare, parseExact } from '../../domain/decimal.ts'
import type { UnitResult } from '../../domain/result.ts'
import { isGroup, type Node } from '../../domain/scheme.ts'
import { isTied, type Standing } from './standing.ts'
import { unitRemarks } from './unit-remarks.ts'

export interface Sorting {
  /** the key of a column */
  by: string
  descending: boolean
}

interface Column {
  key: string
  heading: string
  /** what the first click on the heading asks for */
  descendsFirst: boolean
  /** positive where `a` belongs after `b`; null stays last in both directions */
  value(result: UnitResult): string | number | null
}

/** @param address the address of the page with other parameters */
export function rankingTable(
  standing: Standing,
  sorting: Sorting,
  cycleId: string,
  address: (more: Record<string, string>) => string,
) {
  const all = columns(standing)
  const sorted = all.find(({ key }) => key === sorting.by) ?? all[0]
  const dimensions = dimensionsOf(standing)
  return {
    withCategory: standing.category === null,
    headings: all.map((column) => {
      const current = column === sorted
      const descending = current ? !sorting.descending : column.descendsFirst
      const order: Record<string, string> = descending ? { order: 'desc' } : {}
      return {
        heading: column.heading,
        href: address(column.key === 'rank' && !descending ? {} : { sort: column.key, ...order }),
        next: descending ? '从高到低' : '从低到高',
        number: column.key !== 'unit' && column.key !== 'category' && column.key !== 'grade',
        sorted: current ? (sorting.descending ? 'descending' : 'ascending') : null,
        arrow: current ? (sorting.descending ? '▼' : '▲') : '',
      }
    }),
    rows: inOrder(standing.results, sorted, sorting.descending).map((result) =>
      row(standing, result, dimensions, cycleId),
    ),
    width: all.length + 1,
  }
}

/** The dimensions that exist for any unit shown. */
export function dimensionsOf({ assessment, category }: Standing): Node[] {
  const { scheme, categories } = assessment
  const shown = category === null ? categories : [category]
  return scheme.base.filter((node) => shown.some((each) => existsFor(node, each)))
}

function columns(standing: Standing): Column[] {
  const { assessment, category, overall, placeOf } = standing
  const { scheme, unit, categories } = assessment
  const score = (key: string, heading: string, value: Column['value']): Column => ({
    key,
    heading,
    descendsFirst: true,
    value,
  })
  return [
    {
      key: 'rank',
      heading: category === null && !overall ? '类别内名次' : '名次',
      descendsFirst: false,
      // Listed category by category, the places of one category mean nothing beside those of another.
      value: (result) => (category === null && !overall ? 0 : placeOf(result)),
    },
    {
      key: 'unit',
      heading: '单位',
      descendsFirst: false,
      value: (result) => unit(result.unit).name,
    },
    ...(category === null
      ? [
          {
            key: 'category',
            heading: '类别',
            descendsFirst: false,
            value: (result: UnitResult) => categories.indexOf(result.category),
          },
        ]
      : []),
    ...dimensionsOf(standing).map(({ code, name }) =>
      score(`score.${code}`, name, ({ scores }) => scores[code] ?? null),
    ),
    score('base', '基础分', ({ base }) => base),
    score('bonus', '加分', ({ bonus }) => bonus),
    score('penalty', '扣分', ({ penalty }) => penalty),
    score('total', '总分', ({ total }) => total),
    {
      key: 'grade',
      heading: '等次',
      descendsFirst: false,
      value: ({ grade }) =>
        grade === null ? null : scheme.grades.findIndex(({ name }) => name === grade),
    },
  ]
}

function inOrder(
  results: readonly UnitResult[],
  column: Column | undefined,
  descending: boolean,
): UnitResult[] {
  if (!column) return [...results]
  return results.toSorted((a, b) => {
    const [left, right] = [column.value(a), column.value(b)]
    if (left === null || right === null) return Number(left === null) - Number(right === null)
    const found = compared(column.key, left, right)
    return descending ? -found : found
  })
}

function compared(key: string, left: string | number, right: string | number): number {
  if (typeof left === 'number' && typeof right === 'number') return left - right
  if (key === 'unit') return String(left).localeCompare(String(right), 'zh-CN')
  return compare(parseExact(String(left)), parseExact(String(right)))
}

function row(standing: Standing, result: UnitResult, dimensions: readonly Node[], cycleId: string) {
  const { assessment, placeOf } = standing
  const href = `/cycles/${cycleId}/results/${encodeURIComponent(result.unit)}`
  const place = placeOf(result)
  return {
    place: place === null ? null : String(place),
    unplaced: result.complete ? '不排名' : '未评完',
    tied: isTied(standing, result),
    href,
    name: assessment.unit(result.unit).name,
    category: result.category,
    dimensions: dimensions.map((node) => ({
      ...dimensionCell(result, node),
      ...partLink(href, node.code),
    })),
    base: result.base,
    bonus: { text: result.bonus, href: `${href}#bonus` },
    penalty: { text: result.penalty, href: `${href}#penalty` },
    total: result.total,
    provisional: !result.complete,
    grade: result.grade ?? '—',
    adjusted: result.grade !== null && result.grade !== result.computedGrade,
    remarks: unitRemarks(standing, result),
  }
}

function partLink(href: string, code: string) {
  const part = encodeURIComponent(code)
  return { href: `${href}?open=${part}#node-${part}` }
}

/** A dimension's score, or why there is none; with how much of it has nobody judged. */
function dimensionCell({ scores, missing }: UnitResult, node: Node) {
  const printed = scores[node.code]
  if (printed === undefined) return { text: '—', none: '本类别没有这项指标', missing: '' }
  if (printed === null) return { text: '—', none: '不适用', missing: '' }
  const open = codesOf(node).filter((code) => missing.includes(code)).length
  return { text: printed, none: '', missing: open === 0 ? '' : `缺 ${open} 项` }
}

function codesOf(node: Node): string[] {
  return isGroup(node) ? node.children.flatMap(codesOf) : [node.code]
}
