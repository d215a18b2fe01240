import { type Actor, hasRole } from '../domain/actor.ts'
import { changeReasonMissing, teamNotSubmitted } from '../errors.ts'
import { recordAudit } from '../store/audit.ts'
import type { Database } from '../store/database.ts'
import { deleteSubmission } from '../store/team-submissions.ts'
import { assertRole, openCycle, typedText } from './entry-place.ts'
import { ownTeam } from './led-team.ts'
import { findTeam } from './team-rules.ts'

export interface ReopenTeam {
  cycleId: string
  /** the team's code; null: the one that the actor leads */
  team: string | null
  reason: string
  actor: Actor
  at: string
}

/**
 * Takes a team's submission back, by its lead, or by an organiser for any team: its marks can be changed and
 * returned again as the stage lets them.
 *
 * @throws {AppError} if the actor may not, there is no such team, it is not submitted, or a reason is missing
 */
export async function reopenTeam(
  db: Database,
  { cycleId, team: code, reason: typed, actor, at }: ReopenTeam,
): Promise<void> {
  assertRole(actor, ['lead', 'organiser'])
  await db.transaction().execute(async (trx) => {
    const cycle = await openCycle(trx, cycleId, 'check')
    const any = code !== null && hasRole(actor, 'organiser')
    const team = any ? await findTeam(trx, cycleId, code) : await ownTeam(trx, cycle, actor)
    const reason = typedText(typed)
    if (reason === undefined) throw changeReasonMissing('撤回提交')
    if (!(await deleteSubmission(trx, cycleId, team.code))) throw teamNotSubmitted(team.name)
    await recordAudit(trx, {
      at,
      actor,
      action: 'team.reopen',
      cycleId,
      subject: team.name,
      detail: { code: team.code, reason },
    })
  })
}
