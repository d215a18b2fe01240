/** The team a lead acts for. */

import type { Actor } from '../domain/actor.ts'
import { teamNotLed, teamSubmitted } from '../errors.ts'
import type { Cycle } from '../store/cycles.ts'
import type { Trx } from '../store/database.ts'
import { teamSubmissions } from '../store/team-submissions.ts'
import { ledTeam, type Team } from '../store/teams.ts'
import { assertRole } from './entry-place.ts'

/** @throws {AppError} if the actor leads no team in the cycle */
export async function ownTeam(trx: Trx, cycle: Cycle, actor: Actor): Promise<Team> {
  assertRole(actor, ['lead'])
  const team = await ledTeam(trx, cycle.id, actor)
  if (!team) throw teamNotLed(cycle.name)
  return team
}

/** @throws {AppError} likewise, and if the team is submitted */
export async function openTeam(trx: Trx, cycle: Cycle, actor: Actor): Promise<Team> {
  const team = await ownTeam(trx, cycle, actor)
  await assertNotSubmitted(trx, cycle, team)
  return team
}

/** @throws {AppError} if the team is submitted */
export async function assertNotSubmitted(trx: Trx, cycle: Cycle, team: Team): Promise<void> {
  if ((await teamSubmissions(trx, cycle.id)).has(team.code)) throw teamSubmitted(team.name)
}
