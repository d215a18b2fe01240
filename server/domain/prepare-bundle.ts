/** Reads a whole bundle once: every fault is found here, and everything is ready to be scored. */

import type { Adjustment, Bundle, Unit, UnitVeto } from './bundle.ts'
import { equals } from './decimal.ts'
import { type Fault, pointer } from './fault.ts'
import { existsFor, type PreparedScheme } from './prepared-scheme.ts'
import { readDecisions } from './read-decisions.ts'
import { type Entries, type Place, readEntries } from './read-entries.ts'
import { bundleShape, type RowReader, readAssessors, readUnits } from './read-lists.ts'
import { type CategoryOfScheme, readSchemeFor, type SchemeReadFor } from './read-scheme.ts'
import type { Scheme } from './scheme.ts'
import { checkShape, isRecord } from './shape.ts'

export interface PreparedUnit {
  index: number
  unit: Unit
  category: PreparedCategory
  /** indices of the indicators that do not apply; null: all apply */
  notApplicable: ReadonlySet<number> | null
}

export interface PreparedCategory extends CategoryOfScheme {
  index: number
  /** its units, in the order given */
  units: PreparedUnit[]
}

export interface PreparedBundle {
  scheme: PreparedScheme
  categories: PreparedCategory[]
  units: PreparedUnit[]
  entries: Entries
  /** vetoes that hold (not exempt), by unit index, in the order entered */
  vetoes: ReadonlyMap<number, readonly UnitVeto[]>
  adjustments: ReadonlyMap<number, Adjustment>
}

/**
 * Reads and checks a bundle.
 *
 * @param readScheme how its scheme is read: each time, unless it is known and stays as it is
 * @returns all faults; `prepared` only if there are none
 */
export function prepareBundle(
  input: unknown,
  readScheme: (scheme: Scheme, names: readonly string[]) => SchemeReadFor = readSchemeFor,
): { faults: Fault[]; prepared?: PreparedBundle } {
  const faults: Fault[] = []
  const report: RowReader['report'] = (path, code, message) => faults.push({ path, code, message })
  const unsound = new Set<string>()
  checkShape(bundleShape, input, '考核数据包', (path, code, message) => {
    unsound.add(path.split('/')[1] ?? '')
    report(path, code, message)
  })
  if (!isRecord(input)) return { faults }
  const bundle = readablePart(input, unsound)
  const names = categoryNames(bundle)
  const read = readScheme(bundle.scheme, names)
  for (const { path, code, message } of read.faults) report(`/scheme${path}`, code, message)
  const { scheme } = read
  const { rows: unitRows, unreadable: unreadUnits } = readUnits(bundle.units, report)
  const assessors = readAssessors(bundle.assessors ?? [], report)
  if (!scheme || unsound.has('units')) return { faults }
  const categories = read.categories.map((category, index) => ({
    ...category,
    index,
    units: [] as PreparedUnit[],
  }))
  const byName = new Map(categories.map((category) => [category.name, category]))
  const units: PreparedUnit[] = []
  const byCode = new Map<string, number>()
  for (const [position, unit] of unitRows) {
    const category = byName.get(unit.category)
    if (!category) continue
    byCode.set(unit.code, units.length)
    const notApplicable = readNotApplicable(unit, position, category, scheme, report)
    const prepared = { index: units.length, unit, category, notApplicable }
    units.push(prepared)
    category.units.push(prepared)
  }
  const place: Place = { scheme, units, unitByCode: byCode, unreadUnits, report }
  const entries = readEntries(bundle, assessors, place)
  const { vetoes, adjustments } = readDecisions(bundle, place)
  checkRanking(categories, scheme, report)
  return faults.length > 0
    ? { faults }
    : { faults, prepared: { scheme, categories, units, entries, vetoes, adjustments } }
}

/** The bundle without the faulty of its top keys, so that the rest is checked too. */
function readablePart(input: Record<string, unknown>, unsound: ReadonlySet<string>): Bundle {
  const kept = Object.entries(input).filter(([key]) => !unsound.has(key))
  // Every list that is left has passed its shape check; its rows are checked as they are read.
  return { scheme: undefined, units: [], ...Object.fromEntries(kept) } as unknown as Bundle
}

/** The categories that have units, in order of first appearance. */
function categoryNames(bundle: Bundle): string[] {
  const names = new Set<string>()
  for (const unit of bundle.units) {
    if (isRecord(unit) && typeof unit.category === 'string') names.add(unit.category)
  }
  // A scheme by itself is checked for every category it names, and for one it does not.
  return names.size > 0 ? [...names] : namedCategories(bundle.scheme)
}

function namedCategories(scheme: Scheme): string[] {
  if (!isRecord(scheme) || !Array.isArray(scheme.base)) return []
  const names = new Set<string>()
  // A list of what is left to visit, not recursion: nothing has checked yet how deep the tree goes.
  const left: unknown[] = [...scheme.base]
  for (let node = left.pop(); node !== undefined; node = left.pop()) {
    if (!isRecord(node)) continue
    if (Array.isArray(node.categories))
      for (const name of node.categories) if (typeof name === 'string') names.add(name)
    if (Array.isArray(node.children)) for (const child of node.children) left.push(child)
  }
  return names.size > 0 ? [...names] : ['各类单位']
}

function readNotApplicable(
  unit: Unit,
  position: number,
  category: PreparedCategory,
  scheme: PreparedScheme,
  report: RowReader['report'],
): ReadonlySet<number> | null {
  if (!unit.notApplicable?.length && category.indicators[0]?.section === 'base') return null
  const found = new Set<number>()
  unit.notApplicable?.forEach((code, index) => {
    const path = pointer('units', position, 'notApplicable', index)
    const indicator = scheme.byCode.get(code)
    if (!indicator) {
      if (scheme.unreadable.has(code)) return
      report(path, 'UNKNOWN_INDICATOR', `「${unit.name}」的不适用指标「${code}」不存在。`)
    } else if (!existsFor(indicator, category.name)) {
      report(
        path,
        'NOT_FOR_CATEGORY',
        `「${indicator.name}」本来就不考核「${category.name}」,「${unit.name}」不必列为不适用。`,
      )
    } else if (found.has(indicator.index)) {
      report(path, 'DUPLICATE_ENTRY', `「${unit.name}」的不适用指标「${indicator.name}」写了两次。`)
    } else found.add(indicator.index)
  })
  const base = category.indicators.filter(({ section }) => section === 'base')
  if (scheme.whole && base.every(({ index }) => found.has(index))) {
    report(
      pointer('units', position),
      'NOTHING_APPLIES',
      `「${unit.name}」没有任何适用的指标,无法评价。`,
    )
  }
  return found.size > 0 ? found : null
}

function checkRanking(
  categories: readonly PreparedCategory[],
  scheme: PreparedScheme,
  report: RowReader['report'],
): void {
  if (scheme.whole && scheme.within === 'overall' && !sameFullMarks(categories)) {
    const message = '各类别的满分不同,不能合并排名;请按类别排名(within: "category")或统一满分。'
    report('/scheme/ranking/within', 'FULL_MARKS_DIFFER', message)
  }
}

/** Whether all categories have the same full marks, so that their totals compare. */
export function sameFullMarks(categories: readonly PreparedCategory[]): boolean {
  const [first, ...others] = categories
  return others.every(({ fullMarks }) => first !== undefined && equals(fullMarks, first.fullMarks))
}
