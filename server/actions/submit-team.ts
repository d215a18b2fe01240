import type { Actor } from '../domain/actor.ts'
import { teamProgress } from '../domain/team-progress.ts'
import { returnsUnanswered, teamIncomplete } from '../errors.ts'
import { ownUnitsByAssessor } from '../store/accounts.ts'
import { dutyRoster } from '../store/assignments.ts'
import { recordAudit } from '../store/audit.ts'
import { readCycle } from '../store/bundle.ts'
import type { Database } from '../store/database.ts'
import { openReturns } from '../store/mark-returns.ts'
import { insertSubmission } from '../store/team-submissions.ts'
import { openCycle } from './entry-place.ts'
import { openTeam } from './led-team.ts'

export interface SubmitTeam {
  cycleId: string
  actor: Actor
  at: string
}

/**
 * Hands a team's marks in: every one is given and no return is unanswered, those about units the lead is
 * recused from among them. From then on its members' marks stay as they are.
 *
 * @throws {AppError} if the actor leads no team, or it is submitted already, not complete, or has returns open
 */
export async function submitTeam(db: Database, { cycleId, actor, at }: SubmitTeam): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const cycle = await openCycle(trx, cycleId, 'check')
    const team = await openTeam(trx, cycle, actor)
    const { bundle } = await readCycle(trx, cycleId)
    const own = await ownUnitsByAssessor(trx)
    const roster = await dutyRoster(trx, cycleId)
    const members = teamProgress(bundle, team.members, (code) => own.get(code) ?? [], roster)
    const behind = members
      .filter(({ left }) => left > 0)
      .map(({ assessor, left }) => `${assessor.name}还剩 ${left} 项`)
    if (behind.length > 0) throw teamIncomplete(team.name, behind.join('，'))
    const open = Map.groupBy(
      await openReturns(trx, cycleId, team.members),
      ({ assessor }) => assessor,
    )
    const silent = members.flatMap(({ assessor }) => {
      const returns = open.get(assessor.code)?.length ?? 0
      return returns === 0 ? [] : [`${assessor.name} ${returns} 项`]
    })
    if (silent.length > 0) throw returnsUnanswered(team.name, silent.join('，'))
    await insertSubmission(trx, cycleId, team.code, { at, by: actor.accountId })
    const count = members.reduce((sum, { marks }) => sum + marks, 0)
    await recordAudit(trx, {
      at,
      actor,
      action: 'team.submit',
      cycleId,
      subject: team.name,
      detail: { code: team.code, marks: count },
    })
  })
}
