/** The pipeline: check, awards, totals, ranks, grades. */

import { aggregate, type NodeScore } from './aggregate.ts'
import { Awards } from './award.ts'
import { type Decimal, parseDecimal, print, ZERO } from './decimal.ts'
import { type ExplainedUnit, explainUnit } from './explain.ts'
import { explainGrade } from './explain-decision.ts'
import type { GradeStep, UnitExplanation } from './explanation.ts'
import { FaultyBundle } from './fault.ts'
import type { Pipeline } from './given-back.ts'
import { applyQuotas, type Graded, gradeBeforeQuota, isFixed } from './grade.ts'
import { type LossShares, lossShares } from './loss-shares.ts'
import { type NextGrade, nextGrade } from './next-grade.ts'
import {
  type PreparedBundle,
  type PreparedUnit,
  prepareBundle,
  sameFullMarks,
} from './prepare-bundle.ts'
import type { PreparedVeto } from './prepare-decision.ts'
import { type Candidate, inRankOrder, ranks } from './rank.ts'
import type { Result, UnitResult } from './result.ts'
import { isUnranked, vetoedTotal } from './veto.ts'

/** Rises with every change that can make another result of the same bundle; sealed with each result. */
export const ENGINE_VERSION = '1'

export interface Evaluation {
  result: Result
  /** Why a unit has its result. @throws {RangeError} for a unit that is not in the bundle */
  explain(unitCode: string): UnitExplanation
  /** The `grade` of its explanation alone, for lists of many units. @throws {RangeError} likewise */
  explainGrade(unitCode: string): GradeStep[]
  /** How much of the total a point of each indicator is. @throws {RangeError} likewise */
  shares(unitCode: string): LossShares
  /** What it would have taken to reach the next grade. @throws {RangeError} likewise */
  nextGrade(unitCode: string): NextGrade
}

/** A unit on its way through the pipeline. */
export interface ScoredUnit {
  unit: PreparedUnit
  missing: string[]
  base: Decimal
  bonus: Decimal
  penalty: Decimal
  /** after vetoes */
  total: Decimal
  scores: Record<string, string | null>
  vetoes: readonly PreparedVeto[]
  candidate: Candidate | null
  rank: number | null
  overallRank: number | null
  graded: Graded | null
}

/**
 * Scores a whole bundle.
 *
 * @throws {FaultyBundle} with all faults, if there are any; then nothing is scored
 * @see docs/methods.md
 */
export function evaluate(bundle: unknown): Evaluation {
  const { faults, prepared } = prepareBundle(bundle)
  if (!prepared) throw new FaultyBundle(faults)
  const awards = new Awards(prepared)
  const scored = prepared.units.map((unit) => scoreUnit(prepared, awards, unit))
  const inOrder = rankUnits(prepared, scored)
  gradeUnits(prepared, scored)
  const byCode = new Map(scored.map((unit) => [unit.unit.unit.code, unit]))
  const explained = (code: string): ExplainedUnit => {
    const unit = byCode.get(code)
    if (!unit) throw new RangeError(`no unit ${code} in the bundle`)
    return { bundle: prepared, awards, all: scored, unit }
  }
  const nexts = new Map<string, NextGrade>()
  return {
    result: {
      scheme: prepared.scheme.code,
      units: inOrder.map((unit) => unitResult(prepared, unit)),
    },
    explain: (code) => explainUnit(explained(code)),
    explainGrade: (code) => explainGrade(explained(code)),
    shares: (code) => sharesOf(explained(code).unit),
    nextGrade(code) {
      const known = nexts.get(code) ?? nextGrade(explained(code), PIPELINE)
      nexts.set(code, known)
      return known
    },
  }
}

const PIPELINE: Pipeline = {
  score: scoreUnit,
  decide(bundle, scored) {
    rankUnits(bundle, scored)
    gradeUnits(bundle, scored)
  },
}

function scoreUnit(
  bundle: PreparedBundle,
  awards: Pick<Awards, 'award'>,
  unit: PreparedUnit,
): ScoredUnit {
  const { scheme } = bundle
  const scores = { ...unit.category.blankScores }
  const missing: string[] = []
  const { base, bonus, penalty, total } = aggregate(
    scheme,
    unit.category,
    (indicator) => {
      const { exact, score } = awards.award(unit, indicator)
      if (exact === null && score !== null && indicator.section === 'base')
        missing.push(indicator.code)
      return score
    },
    (node, { score }: NodeScore) => {
      if (score !== null) scores[node.code] = print(score, scheme.decimals)
    },
  )
  const vetoes = (bundle.vetoes.get(unit.index) ?? []).flatMap(
    ({ veto }) => scheme.vetoes.get(veto) ?? [],
  )
  const vetoed = vetoedTotal(total, vetoes)
  const ranked = missing.length === 0 && !isUnranked(vetoes)
  const keyValue = (key: string) => {
    if (key === 'bonus') return bonus
    // A node's score is rounded, so that its text is all of it; what is left out counts nothing.
    return key === 'penalty' ? penalty : (parseDecimal(scores[key]) ?? ZERO)
  }
  const candidate = ranked
    ? { unit: unit.index, total: vetoed, keys: scheme.tieBreak.map(({ key }) => keyValue(key)) }
    : null
  return {
    unit,
    missing,
    base,
    bonus,
    penalty,
    total: vetoed,
    scores,
    vetoes,
    candidate,
    rank: null,
    overallRank: null,
    graded: null,
  }
}

/**
 * Ranks every unit within its category and, where full marks are the same, over all.
 *
 * @returns the units in the order of the result: by rank, category by category or all together, and after
 *   the ranked ones those without a rank as they were given
 */
function rankUnits(bundle: PreparedBundle, scored: readonly ScoredUnit[]): ScoredUnit[] {
  const { scheme, categories } = bundle
  const all: CategoryOrder = { ranked: [], others: [] }
  const each = categories.map((): CategoryOrder => ({ ranked: [], others: [] }))
  const candidates: Candidate[] = []
  for (const unit of scored) {
    if (unit.candidate) candidates.push(unit.candidate)
    else for (const order of [each[unit.unit.category.index], all]) order?.others.push(unit)
  }
  // The order within a category is that over all, without the others.
  for (const candidate of inRankOrder(candidates, scheme.tieBreak)) {
    const unit = scored[candidate.unit] as ScoredUnit
    each[unit.unit.category.index]?.ranked.push(unit)
    all.ranked.push(unit)
  }
  for (const { ranked } of each) {
    placesOf(bundle, ranked).forEach((place, index) => {
      ;(ranked[index] as ScoredUnit).rank = place
    })
  }
  if (sameFullMarks(categories)) {
    placesOf(bundle, all.ranked).forEach((place, index) => {
      ;(all.ranked[index] as ScoredUnit).overallRank = place
    })
    if (scheme.within === 'overall') return [...all.ranked, ...all.others]
  }
  return each.flatMap(({ ranked, others }) => [...ranked, ...others])
}

interface CategoryOrder {
  ranked: ScoredUnit[]
  others: ScoredUnit[]
}

function placesOf({ scheme }: PreparedBundle, ranked: readonly ScoredUnit[]): number[] {
  const candidates = ranked.map(({ candidate }) => candidate as Candidate)
  return ranks(candidates, scheme.tieBreak, scheme.ties)
}

function gradeUnits(bundle: PreparedBundle, scored: readonly ScoredUnit[]): void {
  const { scheme, categories, adjustments } = bundle
  for (const each of scored) {
    if (each.missing.length > 0) continue
    const { fullMarks } = each.unit.category
    each.graded = gradeBeforeQuota(each.total, fullMarks, each.vetoes, scheme.grades)
  }
  const groups = scheme.within === 'overall' ? [null] : categories
  for (const group of groups) {
    const places = scored.flatMap((each) => {
      const place = group === null ? each.overallRank : each.rank
      if (place === null || !each.graded || (group !== null && each.unit.category !== group))
        return []
      const fixed = isFixed(each.vetoes, adjustments.has(each.unit.index))
      return [{ graded: each.graded, rank: place, fixed }]
    })
    places.sort((a, b) => a.rank - b.rank)
    applyQuotas(places, scheme.grades)
  }
}

function sharesOf({ unit, scores }: ScoredUnit): LossShares {
  return lossShares(unit.category, { scores })
}

function unitResult({ scheme, adjustments }: PreparedBundle, each: ScoredUnit): UnitResult {
  const { unit, missing, graded } = each
  const printed = (value: Decimal) => print(value, scheme.decimals)
  const computed = graded ? (scheme.grades[graded.grade]?.name ?? null) : null
  return {
    unit: unit.unit.code,
    category: unit.category.name,
    complete: missing.length === 0,
    missing,
    total: printed(each.total),
    base: printed(each.base),
    bonus: printed(each.bonus),
    penalty: printed(each.penalty),
    rank: each.rank,
    overallRank: each.overallRank,
    grade: graded ? (adjustments.get(unit.index)?.grade ?? computed) : null,
    computedGrade: computed,
    vetoes: each.vetoes.map(({ code }) => code),
    scores: each.scores,
  }
}
