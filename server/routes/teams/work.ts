/** What a lead checks: how far his team is, and every mark of its members. */

import type { Actor } from '../../domain/actor.ts'
import type { Assessor, Unit } from '../../domain/bundle.ts'
import type { AssessorProgress } from '../../domain/cycle-progress.ts'
import { markStanding, type Standing } from '../../domain/mark-standing.ts'
import { placedIndicators } from '../../domain/placed-indicators.ts'
import type { Indicator } from '../../domain/scheme.ts'
import { teamProgress } from '../../domain/team-progress.ts'
import { cycleNotFound, teamNotLed } from '../../errors.ts'
import { ownUnitsByAssessor } from '../../store/accounts.ts'
import { recusedUnits } from '../../store/assignments.ts'
import { type Cycle, findCycle } from '../../store/cycles.ts'
import type { Database } from '../../store/database.ts'
import { evaluatedCycle } from '../../store/evaluation.ts'
import { type MarkReturn, markReturns } from '../../store/mark-returns.ts'
import type { StoredMark } from '../../store/mark-rows.ts'
import { teamMarks } from '../../store/marks.ts'
import { teamSubmissions } from '../../store/team-submissions.ts'
import { isReached, ledTeam, reachOf, type Team } from '../../store/teams.ts'

/** One member's mark of a unit in an indicator, or that it is still to come. */
export interface TeamCell {
  unit: Unit
  indicator: Indicator
  assessor: Assessor
  mark: StoredMark | null
  standing: Standing
  /** what of it was given back, in that order; the last may wait for an answer */
  returns: readonly MarkReturn[]
}

export interface TeamWork {
  cycle: Cycle
  team: Team
  /** when it was submitted; null: it is not */
  submittedAt: string | null
  /** without the units that the lead is recused from */
  members: readonly AssessorProgress[]
  units: readonly Unit[]
  /** units of the team that the lead is not shown (回避) */
  hidden: readonly Unit[]
  /** by unit, indicator and member, each in the order of the cycle */
  cells: readonly TeamCell[]
}

/**
 * The work of the team that a person leads. Nothing of another team's members, and nothing about a unit
 * that he himself is recused from, is in it.
 *
 * @throws {AppError} if there is no such cycle, or he leads no team in it
 */
export async function teamWork(db: Database, cycleId: string, actor: Actor): Promise<TeamWork> {
  const cycle = await findCycle(db, cycleId)
  if (!cycle) throw cycleNotFound(cycleId)
  const team = await ledTeam(db, cycleId, actor)
  if (!team) throw teamNotLed(cycle.name)
  const { bundle, roster } = await evaluatedCycle(db, cycleId)
  const recused = await recusedUnits(db, cycleId, actor)
  const reach = await reachOf(db, cycleId, actor)
  const ownUnits = await ownUnitsByAssessor(db)
  const units = bundle.units.filter(({ code }) => isReached(reach, code))
  const shown = units.filter(({ code }) => !recused.has(code))
  const members = teamProgress(
    bundle,
    team.members,
    (code) => ownUnits.get(code) ?? [],
    roster,
    recused,
  )
  const marks = await teamMarks(db, cycleId, team.members)
  const returns = await markReturns(db, cycleId, team.members)
  const indicators = placedIndicators(bundle.scheme).map(({ indicator }) => indicator)
  return {
    ...{ cycle, team, units: shown },
    members,
    hidden: units.filter(({ code }) => recused.has(code)),
    submittedAt: (await teamSubmissions(db, cycleId)).get(team.code) ?? null,
    cells: cellsOf({ units: shown, indicators, members }, marks, returns),
  }
}

/** What is to be marked, and what is marked though it is nobody's duty any more. */
function cellsOf(
  places: Pick<TeamWork, 'units' | 'members'> & { indicators: readonly Indicator[] },
  marks: readonly StoredMark[],
  returns: readonly MarkReturn[],
): TeamCell[] {
  const returned = Map.groupBy(returns, (each) => keyOf(each.unit, each.indicator, each.assessor))
  const marked = new Map(
    marks.map((mark) => [keyOf(mark.unit, mark.indicator, mark.assessor), mark]),
  )
  const awaited = new Set(
    places.members.flatMap(({ assessor, duties }) =>
      duties.flatMap(({ indicator, units }) =>
        units.map(({ code }) => keyOf(code, indicator.code, assessor.code)),
      ),
    ),
  )
  return places.units.flatMap((unit) =>
    places.indicators.flatMap((indicator) =>
      places.members.flatMap(({ assessor }) => {
        const key = keyOf(unit.code, indicator.code, assessor.code)
        const mark = marked.get(key) ?? null
        if (!mark && !awaited.has(key)) return []
        const about = { mark, standing: markStanding(indicator, mark) }
        return [{ unit, indicator, assessor, ...about, returns: returned.get(key) ?? [] }]
      }),
    ),
  )
}

function keyOf(...codes: readonly string[]): string {
  return JSON.stringify(codes)
}

/** Whether what was given back last waits for an answer. */
export function isWaiting({ returns }: Pick<TeamCell, 'returns'>): boolean {
  return returns.at(-1)?.answer === null
}
