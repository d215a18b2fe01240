import type { Actor } from '../../domain/actor.ts'
import type { Unit } from '../../domain/bundle.ts'
import type { PlacedIndicator } from '../../domain/placed-indicators.ts'
import { missingMarks, selfAssessed } from '../../domain/self-assessment.ts'
import { isOpenFor } from '../../domain/stage.ts'
import { cycleNotFound, unitNotInCycle } from '../../errors.ts'
import { accountNames } from '../../store/account-names.ts'
import { findCycleUnit } from '../../store/cycle-units.ts'
import { type Cycle, findCycle } from '../../store/cycles.ts'
import type { Database } from '../../store/database.ts'
import { cycleEvidence, type Evidence } from '../../store/evidence.ts'
import { findScheme } from '../../store/schemes.ts'
import {
  type SelfAssessment,
  type SelfMark,
  selfAssessment,
  selfMarks,
} from '../../store/self-assessments.ts'

/** One unit's self-assessment with everything that is in it. */
export interface Subject {
  cycle: Cycle
  unit: Unit
  assessment: SelfAssessment
  placed: readonly PlacedIndicator[]
  /** by indicator */
  marks: ReadonlyMap<string, SelfMark>
  evidence: ReadonlyMap<string, readonly Evidence[]>
  /** the indicators that still want a mark */
  missing: readonly PlacedIndicator[]
  /** accounts by id */
  names: ReadonlyMap<string, string>
  /** whether its unit can change it now */
  editable: boolean
}

/**
 * @param unitCode null for somebody who belongs to no unit
 * @throws {AppError} if there is no such cycle, or the unit is not in it
 */
export async function subjectOf(
  db: Database,
  cycleId: string,
  unitCode: string | null,
): Promise<Subject> {
  const cycle = await findCycle(db, cycleId)
  const stored = cycle && (await findScheme(db, cycle.schemeCode, cycle.schemeVersion))
  if (!cycle || !stored) throw cycleNotFound(cycleId)
  const unit = unitCode === null ? undefined : await findCycleUnit(db, cycleId, unitCode)
  if (!unit) throw unitNotInCycle(unitCode ?? '')
  const placed = selfAssessed(stored.scheme, unit)
  const assessment = await selfAssessment(db, cycleId, unit.code)
  const marks = new Map(
    (await selfMarks(db, cycleId, { unit: unit.code })).map((each) => [each.indicator, each]),
  )
  const marked = [...marks.values()].filter(({ mark }) => mark !== null)
  return {
    ...{ cycle, unit, assessment, placed, marks },
    evidence: Map.groupBy(
      await cycleEvidence(db, cycleId, { unit: unit.code }),
      (each) => each.indicator,
    ),
    missing: missingMarks(placed, new Set(marked.map(({ indicator }) => indicator))),
    names: await accountNames(db),
    editable: isOpenFor('self-assess', cycle.stage) && assessment.state !== 'submitted',
  }
}

/**
 * The actor's own unit's self-assessment.
 *
 * @throws {AppError} likewise; a rehearsal is no cycle of a unit's
 */
export async function ownSubject(db: Database, cycleId: string, actor: Actor): Promise<Subject> {
  const subject = await subjectOf(db, cycleId, actor.unitCode)
  if (subject.cycle.rehearsal) throw cycleNotFound(cycleId)
  return subject
}

/** Where a unit's own self-assessment is. */
export function ownPath(cycle: Cycle): string {
  return `/cycles/${cycle.id}/self-assessment`
}
