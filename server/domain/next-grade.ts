/**
 * What it would have taken (差在哪里): the smallest set of a unit's losses that, given back, brings it to a
 * better grade while all other units keep their scores.
 */

import { compare, type Decimal, equals, max, print, printExact, subtract, ZERO } from './decimal.ts'
import type { ExplainedUnit } from './explain.ts'
import { GivenBack, type Pipeline } from './given-back.ts'
import { gradeBeforeQuota } from './grade.ts'
import { type Recoverable, recoverableItems } from './recoverable.ts'
import { smallestSet } from './smallest-set.ts'

export type NextGrade = NothingTaken | Taken

/** There is no such set, and why. */
export interface NothingTaken {
  kind: 'none'
  /**
   * best: it has the best grade; incomplete: not all is judged; adjustment: the grade was decided, whatever
   * the total; veto: no total would have helped; no-places: the quota leaves no place at all; quota: with
   * everything given back the line is reached, but not a place; points: the line is not even reached then
   */
  why: 'best' | 'incomplete' | 'adjustment' | 'veto' | 'no-places' | 'quota' | 'points'
  /** the grade that was asked for; null: there is none to ask for */
  grade: string | null
  /** the points of its line; null: it has none, or they do not matter */
  line: string | null
  /** the total with everything given back; null: it does not matter */
  most: string | null
}

export interface Taken {
  kind: 'set'
  /** the grade reached */
  grade: string
  /** the points of its line; null: it has none */
  line: string | null
  /** whether a place was missing, not points: what it takes then depends on other units */
  byPlace: boolean
  items: TakenItem[]
  /** the total with all items given back */
  total: string
  /** whether it is certain that fewer items would not have done; that as many would not have done with less */
  certain: { fewest: boolean; least: boolean }
}

/** One item of the set, in the order in which they are given back. */
export interface TakenItem {
  indicator: string
  /** the event's position in the bundle; null: all that was marked, measured or voted in the indicator */
  event: number | null
  /** what it brings back after those before it, exact: together they are all that is missing */
  brings: string
}

/** How many sets are tried before the search stops: a fraction of a second. */
export const TRIALS = 3000

/** @see docs/methods.md, what it would have taken */
export function nextGrade(explained: ExplainedUnit, pipeline: Pipeline): NextGrade {
  const { bundle, unit } = explained
  const { scheme } = bundle
  const grade = unit.graded?.grade
  if (grade === undefined) return none('incomplete')
  if (bundle.adjustments.has(unit.unit.index)) return none('adjustment')
  const wanted = scheme.grades[grade - 1]
  if (!wanted) return none('best')
  const about = { grade: wanted.name }
  const without = new GivenBack(explained, pipeline)
  const lines = linesFor(explained, grade)
  const line = lines[0]
  if (!line) return none('veto', about)
  const goal = leastTotal(explained, without, grade, lines)
  if (goal === null) return none('no-places', about)
  const { items, slack } = recoverableItems(explained)
  const most = without.total(items)
  const limits = { ...about, line: printExact(line), most: print(most, scheme.decimals) }
  if (compare(most, line) < 0) return none('points', limits)
  const before = without.total([])
  const pick = (set: readonly number[]) => set.flatMap((index) => items[index] ?? [])
  const found = smallestSet({
    most: items.map((item) => item.most),
    least: items.map((item) => item.least),
    needed: subtract(goal, before),
    slack,
    brings: (set) => subtract(without.total(pick(set)), before),
    suffices: (set) => without.grade(pick(set)) < grade,
    trials: TRIALS,
  })
  if (!found) return none('quota', limits)
  const byPlace = !lines.some((each) => equals(each, goal))
  return taken(explained, without, pick(found.set), { certain: found, byPlace })
}

function none(why: NothingTaken['why'], about: Partial<NothingTaken> = {}): NothingTaken {
  return { kind: 'none', why, grade: null, line: null, most: null, ...about }
}

function taken(
  { bundle: { scheme }, unit }: ExplainedUnit,
  without: GivenBack,
  set: readonly Recoverable[],
  { certain, byPlace }: { certain: Taken['certain']; byPlace: boolean },
): Taken {
  const totals = set.map((_, index) => without.total(set.slice(0, index + 1)))
  const before = without.total([])
  const reached = scheme.grades[without.grade(set)]
  const line = reached?.minimum(unit.unit.category.fullMarks)
  return {
    kind: 'set',
    grade: reached?.name ?? '',
    line: line ? printExact(line) : null,
    byPlace,
    items: set.map(({ indicator, event }, index) => ({
      indicator: indicator.code,
      event,
      brings: printExact(subtract(totals[index] ?? before, totals[index - 1] ?? before)),
    })),
    total: print(totals.at(-1) ?? before, scheme.decimals),
    certain: { fewest: certain.fewest, least: certain.least },
  }
}

/** The lines that lead to a better grade after vetoes, the lowest first. */
function linesFor({ bundle, unit }: ExplainedUnit, grade: number): Decimal[] {
  const { grades } = bundle.scheme
  const { fullMarks } = unit.unit.category
  const zeroed = unit.vetoes.some(({ effects }) => effects.some(({ type }) => type === 'zero'))
  return grades
    .flatMap((each) => each.minimum(fullMarks) ?? [])
    .filter((line) => gradeBeforeQuota(line, fullMarks, unit.vetoes, grades).grade < grade)
    .filter((line) => !zeroed || compare(line, ZERO) <= 0)
    .sort(compare)
}

/**
 * The least total that can bring a better grade, ahead of all who have the same; null: none can. The way
 * up has steps only at the lines and at the totals of others, and each is at least as good as the one below.
 */
function leastTotal(
  { all, unit }: ExplainedUnit,
  without: GivenBack,
  grade: number,
  lines: readonly Decimal[],
): Decimal | null {
  const least = max(unit.total, lines[0] ?? unit.total)
  const others = all.flatMap((each) => (each !== unit && each.candidate ? each.total : []))
  const above = [...lines, ...others].filter((total) => compare(total, least) > 0)
  const steps = [least, ...above].sort(compare)
  let low = 0
  let high = steps.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (without.gradeAt(steps[middle] ?? least) < grade) high = middle
    else low = middle + 1
  }
  return steps[low] ?? null
}
