/** Points of plain groups add up and weights of weighted ones come to 100, for every category. */

import { equals, HUNDRED, printExact, sum, ZERO } from './decimal.ts'
import type { Report } from './fault.ts'
import {
  existsFor,
  isPreparedGroup,
  type PreparedGroup,
  type PreparedNode,
} from './prepared-scheme.ts'

/** Reports each group whose children do not add up, once for each wrong sum. */
export function checkSums(
  nodes: readonly PreparedNode[],
  categories: readonly string[],
  report: Report,
): void {
  for (const node of nodes) {
    if (!isPreparedGroup(node)) continue
    if (node.whole) checkGroup(node, categories, report)
    checkSums(node.children, categories, report)
  }
}

function checkGroup(group: PreparedGroup, categories: readonly string[], report: Report): void {
  const wanted = group.weighted ? HUNDRED : group.points
  const concerned = categories.filter((category) => existsFor(group, category))
  const wrong = new Map<string, string[]>()
  for (const category of concerned) {
    const children = group.children.filter((child) => existsFor(child, category))
    const total = sum(
      children.map((child) => (group.weighted ? child.weight : (child.points ?? ZERO))),
    )
    if (equals(total, wanted)) continue
    const text = printExact(total)
    wrong.set(text, [...(wrong.get(text) ?? []), category])
  }
  for (const [total, whose] of wrong) {
    const names = whose.map((name) => `「${name}」`).join('、')
    const what = `${whose.length < concerned.length ? `对${names},` : ''}「${group.name}」`
    if (group.weighted) {
      const message = `${what}下级的权重之和是 ${total},应为 100。`
      report(`${group.path}/children`, 'WEIGHTS_NOT_100', message)
    } else {
      const message = `${what}的分值是 ${printExact(wanted)},下级的分值之和是 ${total},应相等。`
      report(`${group.path}/points`, 'POINTS_MISMATCH', message)
    }
  }
}
