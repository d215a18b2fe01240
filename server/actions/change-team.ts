import type { Actor } from '../domain/actor.ts'
import { cycleAssessors } from '../store/assessors.ts'
import { recordAudit } from '../store/audit.ts'
import type { Database } from '../store/database.ts'
import { renameTeam, replaceMembers } from '../store/teams.ts'
import { assertRole, openCycle } from './entry-place.ts'
import { assertNotSubmitted } from './led-team.ts'
import { findTeam, namesOf, soundTeam, type TypedTeam } from './team-rules.ts'

export interface ChangeTeam extends TypedTeam {
  cycleId: string
  /** the team's code */
  team: string
  actor: Actor
  at: string
}

/**
 * Renames a team, changes its members or its lead. What was assigned to its members stays theirs.
 *
 * @throws {AppError} if the actor may not, there is no such team, it is submitted, or it would not be sound
 */
export async function changeTeam(
  db: Database,
  { cycleId, team: code, actor, at, ...typed }: ChangeTeam,
): Promise<void> {
  assertRole(actor, ['organiser'])
  await db.transaction().execute(async (trx) => {
    const cycle = await openCycle(trx, cycleId, 'prepare')
    const before = await findTeam(trx, cycle.id, code)
    await assertNotSubmitted(trx, cycle, before)
    const { named, ...team } = await soundTeam(trx, cycle.id, typed, code)
    await renameTeam(trx, cycle.id, { code, name: team.name })
    await replaceMembers(trx, cycle.id, { code, ...team })
    const people = new Map((await cycleAssessors(trx, cycle.id)).map((each) => [each.code, each]))
    await recordAudit(trx, {
      at,
      actor,
      action: 'team.change',
      cycleId,
      subject: team.name,
      detail: {
        code,
        before: { name: before.name, ...namesOf(people, before) },
        after: { name: team.name, ...named },
      },
    })
  })
}
