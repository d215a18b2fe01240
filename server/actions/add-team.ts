import type { Actor } from '../domain/actor.ts'
import { recordAudit } from '../store/audit.ts'
import type { Database } from '../store/database.ts'
import { insertTeam, replaceMembers } from '../store/teams.ts'
import { assertRole, openCycle } from './entry-place.ts'
import { soundTeam, type TypedTeam } from './team-rules.ts'

export interface AddTeam extends TypedTeam {
  cycleId: string
  actor: Actor
  at: string
}

/**
 * Sets up a team (考核组) of a cycle's assessors. From the first one on a lead sees no more than his team.
 *
 * @returns its code
 * @throws {AppError} if the actor may not, or the team is not sound
 */
export async function addTeam(
  db: Database,
  { cycleId, actor, at, ...typed }: AddTeam,
): Promise<string> {
  assertRole(actor, ['organiser'])
  return db.transaction().execute(async (trx) => {
    const cycle = await openCycle(trx, cycleId, 'prepare')
    const { named, ...team } = await soundTeam(trx, cycle.id, typed, null)
    const code = await insertTeam(trx, cycle.id, team.name)
    await replaceMembers(trx, cycle.id, { code, ...team })
    await recordAudit(trx, {
      at,
      actor,
      action: 'team.add',
      cycleId,
      subject: team.name,
      detail: { code, ...named },
    })
    return code
  })
}
