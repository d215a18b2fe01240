import type { Unit } from './bundle.ts'
import {
  type Group,
  type Indicator,
  isGroup,
  type Node,
  type Scheme,
  type Section,
} from './scheme.ts'

/** An indicator with where it stands in the tree. */
export interface PlacedIndicator {
  indicator: Indicator
  section: Section
  /** the groups above it, from the dimension down; none in bonus and penalty */
  groups: readonly Group[]
}

/** Every indicator of a scheme in the order of the tree, each with the groups above it. */
export function placedIndicators(scheme: Scheme): PlacedIndicator[] {
  const extra = (section: Section, items: readonly Indicator[] = []): PlacedIndicator[] =>
    items.map((indicator) => ({ indicator, section, groups: [] }))
  return [
    ...below(scheme.base, []),
    ...extra('bonus', scheme.bonus?.items),
    ...extra('penalty', scheme.penalty?.items),
  ]
}

function below(nodes: readonly Node[], groups: readonly Group[]): PlacedIndicator[] {
  return nodes.flatMap((node) =>
    isGroup(node)
      ? below(node.children, [...groups, node])
      : [{ indicator: node, section: 'base' as const, groups }],
  )
}

/** Whether an indicator exists for units of a category: neither it nor a group above it leaves them out. */
export function existsForCategory(
  { indicator, groups }: PlacedIndicator,
  category: string,
): boolean {
  return [...groups, indicator].every(({ categories }) => categories?.includes(category) ?? true)
}

/** Whether entries can be made for a unit: the indicator exists for it and applies to it. */
export function appliesTo(placed: PlacedIndicator, unit: Unit): boolean {
  return existsForCategory(placed, unit.category) && !isNotApplicable(placed.indicator, unit)
}

export function isNotApplicable({ code }: Indicator, { notApplicable = [] }: Unit): boolean {
  return notApplicable.includes(code)
}
