import type { Actor } from '../domain/actor.ts'
import { dissolutionUnconfirmed } from '../errors.ts'
import { cycleAssessors } from '../store/assessors.ts'
import { recordAudit } from '../store/audit.ts'
import type { Database } from '../store/database.ts'
import { deleteTeam } from '../store/teams.ts'
import { assertRole, openCycle } from './entry-place.ts'
import { assertNotSubmitted } from './led-team.ts'
import { findTeam, namesOf } from './team-rules.ts'

export interface DissolveTeam {
  cycleId: string
  /** the team's code */
  team: string
  confirmed: boolean
  actor: Actor
  at: string
}

/**
 * Dissolves a team. Its members stay assessors of the cycle, with what is assigned to them and what they
 * marked.
 *
 * @throws {AppError} if the actor may not, there is no such team, it is submitted, or he did not confirm it
 */
export async function dissolveTeam(
  db: Database,
  { cycleId, team: code, confirmed, actor, at }: DissolveTeam,
): Promise<void> {
  assertRole(actor, ['organiser'])
  await db.transaction().execute(async (trx) => {
    const cycle = await openCycle(trx, cycleId, 'prepare')
    const team = await findTeam(trx, cycle.id, code)
    await assertNotSubmitted(trx, cycle, team)
    if (!confirmed) throw dissolutionUnconfirmed()
    const people = new Map((await cycleAssessors(trx, cycle.id)).map((each) => [each.code, each]))
    await deleteTeam(trx, cycle.id, code)
    await recordAudit(trx, {
      at,
      actor,
      action: 'team.dissolve',
      cycleId,
      subject: team.name,
      detail: { code, ...namesOf(people, team) },
    })
  })
}
