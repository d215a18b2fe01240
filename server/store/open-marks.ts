/** Which of his marks an assessor can change while the stage lets marks be changed. */

import type { Cycle } from './cycles.ts'
import type { Database } from './database.ts'
import { type MarkReturn, openReturns } from './mark-returns.ts'
import { teamSubmissions } from './team-submissions.ts'
import { cycleTeams } from './teams.ts'

export interface OpenMarks {
  /** the name of his team, where it is submitted: nothing is open */
  submitted: string | null
  /** whether only what was given back to him is open */
  onlyReturned: boolean
  /** what was given back to him and waits for his answer */
  returns: readonly MarkReturn[]
}

/** Whose marks nobody gives back or hands in. */
export const ALL_OPEN: OpenMarks = { submitted: null, onlyReturned: false, returns: [] }

/**
 * A submitted team's marks stay as they are. In 复核 those of a team with a lead are open only where he gave
 * one back; to whom nobody can give anything back, all his are.
 *
 * @param assessor his code
 */
export async function openMarks(
  db: Database,
  cycle: Pick<Cycle, 'id' | 'stage'>,
  assessor: string,
): Promise<OpenMarks> {
  const team = (await cycleTeams(db, cycle.id)).find(({ members }) => members.includes(assessor))
  if (!team) return ALL_OPEN
  const submitted = (await teamSubmissions(db, cycle.id)).has(team.code)
  return {
    submitted: submitted ? team.name : null,
    onlyReturned: cycle.stage === 'review' && team.lead !== null,
    returns: await openReturns(db, cycle.id, [assessor]),
  }
}

/** What of a cell was given back to him and waits for his answer. */
export function returnOf(
  { returns }: Pick<OpenMarks, 'returns'>,
  cell: Pick<MarkReturn, 'unit' | 'indicator'>,
): MarkReturn | undefined {
  return returns.find(({ unit, indicator }) => unit === cell.unit && indicator === cell.indicator)
}

export function isOpenMark(open: OpenMarks, cell: Pick<MarkReturn, 'unit' | 'indicator'>): boolean {
  if (open.submitted !== null) return false
  return !open.onlyReturned || returnOf(open, cell) !== undefined
}
