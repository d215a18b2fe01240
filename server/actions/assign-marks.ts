import type { Actor } from '../domain/actor.ts'
import type { Assignable } from '../domain/assignable.ts'
import type { Assignment } from '../domain/duty-roster.ts'
import { assignmentIncomplete, nothingAssigned, nothingToAssign } from '../errors.ts'
import { type Crossing, deleteAssignments, insertAssignments } from '../store/assigning.ts'
import { dutyRoster } from '../store/assignments.ts'
import { recordAudit } from '../store/audit.ts'
import type { Database, Trx } from '../store/database.ts'
import { assignable } from './assignable.ts'
import { assertRole, openCycle } from './entry-place.ts'

export interface AssignMarks extends Crossing {
  cycleId: string
  /** take: away from them instead of giving to them; marks that are there stay and count */
  how: 'give' | 'take'
  actor: Actor
  at: string
}

/**
 * Gives assessors what they are to mark, or takes it away. What cannot be given is left out: an
 * indicator that does not exist for a unit, a unit he is recused from, a group that is not listed.
 *
 * @returns how many cells were given or taken
 * @throws {AppError} if the actor may not, nothing is chosen, or nothing would change
 */
export async function assignMarks(
  db: Database,
  { cycleId, how, actor, at, ...chosen }: AssignMarks,
): Promise<number> {
  assertRole(actor, ['organiser'])
  if (chosen.assessors.length === 0) throw assignmentIncomplete('考核员')
  if (chosen.indicators.length === 0) throw assignmentIncomplete('指标')
  if (chosen.units.length === 0) throw assignmentIncomplete('单位')
  return db.transaction().execute(async (trx) => {
    const cycle = await openCycle(trx, cycleId, 'prepare')
    const changed =
      how === 'take'
        ? await deleteAssignments(trx, cycleId, chosen)
        : await give(trx, cycleId, crossingOf(await assignable(trx, cycle), chosen))
    if (changed === 0) throw how === 'take' ? nothingAssigned() : nothingToAssign()
    await recordAudit(trx, {
      at,
      actor,
      action: how === 'give' ? 'assignment.give' : 'assignment.take',
      cycleId,
      subject: cycle.name,
      detail: { ...chosen, count: changed },
    })
    return changed
  })
}

async function give(trx: Trx, cycleId: string, wanted: readonly Assignment[]): Promise<number> {
  const roster = await dutyRoster(trx, cycleId)
  const isNew = ({ assessor, indicator, unit }: Assignment) =>
    !roster.byName || !roster.isAssigned(assessor, indicator, unit)
  const missing = wanted.filter(isNew)
  await insertAssignments(trx, cycleId, missing)
  return missing.length
}

/** The cells in which the chosen cross and which can be given. */
function crossingOf(indicators: readonly Assignable[], chosen: Crossing): Assignment[] {
  return indicators
    .filter(({ code }) => chosen.indicators.includes(code))
    .flatMap(({ code: indicator, assessors, units, isRecused }) =>
      chosen.assessors
        .filter((assessor) => assessors.includes(assessor))
        .flatMap((assessor) =>
          units
            .filter((unit) => chosen.units.includes(unit) && !isRecused(assessor, unit))
            .map((unit) => ({ assessor, indicator, unit })),
        ),
    )
}
