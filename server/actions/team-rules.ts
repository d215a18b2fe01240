/** What holds for a team (考核组) whenever it is set up or changed. */

import type { Assessor } from '../domain/bundle.ts'
import {
  assessorNotInCycle,
  leadRoleMissing,
  memberOfAnotherTeam,
  teamMembersMissing,
  teamNameMissing,
  teamNameTaken,
  teamNotFound,
} from '../errors.ts'
import { leadCodes } from '../store/accounts.ts'
import { cycleAssessors } from '../store/assessors.ts'
import type { Trx } from '../store/database.ts'
import { cycleTeams, type Team } from '../store/teams.ts'
import { typedText } from './entry-place.ts'

export const LONGEST_TEAM_NAME = 20

/** A team as a form brings it. */
export interface TypedTeam {
  name: string
  /** codes of assessors; the lead is one of them, named or not */
  members: readonly string[]
  /** the code of an assessor; '' or null: none yet */
  lead: string | null
}

export interface SoundTeam extends Omit<Team, 'code'> {
  /** for the ledger of writes: names, not codes */
  named: { lead: string | null; members: readonly string[] }
}

/** @throws {AppError} if there is no such team */
export async function findTeam(trx: Trx, cycleId: string, code: string): Promise<Team> {
  const team = (await cycleTeams(trx, cycleId)).find((each) => each.code === code)
  if (!team) throw teamNotFound()
  return team
}

/**
 * @param own the team that is changed; null for a new one
 * @throws {AppError} if the name is missing or taken, nobody is chosen, somebody is not in the cycle or in
 *   another team already, or the lead's account does not have that role
 */
export async function soundTeam(
  trx: Trx,
  cycleId: string,
  typed: TypedTeam,
  own: string | null,
): Promise<SoundTeam> {
  const name = typedText(typed.name)
  if (name === undefined || [...name].length > LONGEST_TEAM_NAME) {
    throw teamNameMissing(LONGEST_TEAM_NAME)
  }
  const others = (await cycleTeams(trx, cycleId)).filter(({ code }) => code !== own)
  if (others.some((each) => each.name === name)) throw teamNameTaken(name)
  const lead = typed.lead || null
  const members = [...new Set([...typed.members, ...(lead === null ? [] : [lead])])]
  if (members.length === 0) throw teamMembersMissing(name)
  const people = new Map((await cycleAssessors(trx, cycleId)).map((each) => [each.code, each]))
  for (const code of members) {
    const person = people.get(code)
    if (!person) throw assessorNotInCycle(code)
    const elsewhere = others.find((team) => team.members.includes(code))
    if (elsewhere) throw memberOfAnotherTeam(person.name, elsewhere.name)
  }
  if (lead !== null && !(await leadCodes(trx)).has(lead)) {
    throw leadRoleMissing(nameOf(people, lead))
  }
  return { name, lead, members, named: namesOf(people, { lead, members }) }
}

/** A team's people by name. */
export function namesOf(
  people: ReadonlyMap<string, Assessor>,
  { lead, members }: Pick<Team, 'lead' | 'members'>,
): SoundTeam['named'] {
  return {
    lead: lead === null ? null : nameOf(people, lead),
    members: members.map((code) => nameOf(people, code)),
  }
}

function nameOf(people: ReadonlyMap<string, Assessor>, code: string): string {
  return people.get(code)?.name ?? code
}
