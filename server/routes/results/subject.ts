/** The unit a result page is about, with all that its parts look up. */

import { type Assessment, readAssessment } from '../../../exports/assessment.ts'
import { type Actor, hasRole } from '../../domain/actor.ts'
import { type Comparison, categoryComparison, type ScoreOf } from '../../domain/comparison.ts'
import type { UnitExplanation } from '../../domain/explanation.ts'
import type { NextGrade } from '../../domain/next-grade.ts'
import type { UnitResult } from '../../domain/result.ts'
import type { Cycle } from '../../store/cycles.ts'
import type { EvaluatedCycle } from '../../store/evaluation.ts'
import { fingerprint } from '../../store/fingerprint.ts'

/** What the reader may see beside this unit's own result. */
export interface Audience {
  /** who marked, by name */
  names: boolean
  /** other units: their places, the way to them */
  others: boolean
  /** the page as the unit gets it */
  preview: boolean
}

export interface Subject {
  evaluated: EvaluatedCycle
  cycle: Cycle
  assessment: Assessment
  result: UnitResult
  name: string
  explanation: UnitExplanation
  /** worked out when it is asked for: the charts do without */
  nextGrade(): NextGrade
  /** of the whole result, as the workbook and the publication have it */
  fingerprint(): string
  decimals: number
  audience: Audience
  /** the category's quartiles and best of a score; null where too few have it */
  compare(score: ScoreOf, better?: 'higher' | 'lower'): Comparison | null
  /** the parts that are unfolded */
  open: string
  /** the address of the page */
  path: string
  /** whether somebody else looks at what the unit sees */
  preview: boolean
}

/** What the unit itself may see: its own result. */
export const UNIT: Audience = { names: false, others: false, preview: false }

/** Marks carry names only for those who answer for the scoring or watch over it. */
export function audienceOf(actor: Actor): Audience {
  return {
    names: hasRole(actor, 'organiser', 'auditor'),
    others: hasRole(actor, 'organiser', 'leader', 'auditor'),
    preview: hasRole(actor, 'organiser'),
  }
}

/** @returns undefined if the cycle has no such unit */
export function subjectOf(
  evaluated: EvaluatedCycle,
  unit: string,
  { audience, open }: Pick<Subject, 'audience' | 'open'>,
): Subject | undefined {
  const { cycle, bundle, evaluation } = evaluated
  const result = evaluation.result.units.find((each) => each.unit === unit)
  if (!result) return undefined
  const about = { name: cycle.name, year: cycle.year }
  const assessment = readAssessment({
    bundle,
    evaluation,
    fingerprint: '',
    cycle: about,
    by: '',
    at: '',
  })
  return {
    evaluated,
    cycle,
    assessment,
    result,
    name: assessment.unit(unit).name,
    explanation: assessment.explain(unit),
    nextGrade: () => evaluation.nextGrade(unit),
    fingerprint: () => fingerprint(evaluation.result),
    decimals: assessment.decimals,
    audience,
    compare: categoryComparison(evaluation.result, result.category),
    open,
    path: resultPath(cycle.id, unit),
    preview: false,
  }
}

export function resultPath(cycleId: string, unit: string): string {
  return `/cycles/${cycleId}/results/${encodeURIComponent(unit)}`
}

/** Where who runs the cycle looks at what the unit sees. */
export function previewPath(cycleId: string, unit: string): string {
  return `${resultPath(cycleId, unit)}/preview`
}

/** The id of a node's part of the page. */
export function nodeId(code: string): string {
  return `node-${encodeURIComponent(code)}`
}

/** The address of a node's part of the page, with what it is folded into opened. */
export function partHref({ path, open }: Pick<Subject, 'path' | 'open'>, code: string): string {
  const query = open === 'all' ? 'all' : encodeURIComponent(code)
  return `${path}?open=${query}#${nodeId(code)}`
}
