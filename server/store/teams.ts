/** The teams (考核组) of a cycle, and how far a team's people see. */

import { type Actor, hasRole } from '../domain/actor.ts'
import { assignedUnits } from './assignments.ts'
import { compiled, soughtText } from './compiled.ts'
import type { Database, Trx } from './database.ts'
import { insertRows, noteGone, noteRows } from './row-ledger.ts'

export interface Team {
  code: string
  /** as it is called in its cycle, unique there */
  name: string
  /** the assessor's code of its lead (组长), who is one of the members; null: it has none yet */
  lead: string | null
  /** codes of assessors in the order of the cycle, the lead among them */
  members: readonly string[]
}

const teamRows = compiled((db, { cycleId }: { cycleId: string }) =>
  db
    .selectFrom('team')
    .where('cycle_id', '=', soughtText(cycleId))
    .select(['code', 'name'])
    .orderBy('position')
    .orderBy('code'),
)

const memberRows = compiled((db, { cycleId }: { cycleId: string }) =>
  db
    .selectFrom('team_member')
    .innerJoin('assessor', (join) =>
      join
        .onRef('assessor.cycle_id', '=', 'team_member.cycle_id')
        .onRef('assessor.code', '=', 'team_member.assessor_code'),
    )
    .where('team_member.cycle_id', '=', soughtText(cycleId))
    .select(['team_member.team_code as team', 'team_member.leads', 'assessor.code'])
    .orderBy('assessor.position'),
)

/** A cycle's teams in the order in which they were set up. */
export async function cycleTeams(db: Database, cycleId: string): Promise<Team[]> {
  const { rows: teams } = await teamRows(db, { cycleId })
  if (teams.length === 0) return []
  const { rows: members } = await memberRows(db, { cycleId })
  const byTeam = Map.groupBy(members, ({ team }) => team)
  return teams.map(({ code, name }) => {
    const own = byTeam.get(code) ?? []
    const lead = own.find(({ leads }) => leads === 1)?.code ?? null
    return { code, name, lead, members: own.map((each) => each.code) }
  })
}

/** The team a person leads in a cycle: his role and his place in it, both. */
export async function ledTeam(
  db: Database,
  cycleId: string,
  actor: Actor,
): Promise<Team | undefined> {
  const { assessorCode: code } = actor
  if (!hasRole(actor, 'lead') || code === null) return undefined
  return (await cycleTeams(db, cycleId)).find(({ lead }) => lead === code)
}

/** The units a person has to do with in a cycle; null: every one of them. */
export type Reach = ReadonlySet<string> | null

/**
 * How far a person who marks sees in a cycle. In one with teams somebody in a team has to do with the units
 * that are assigned to its members, and a lead without a team only with those assigned to himself. Whoever
 * runs or supervises the cycle, and an assessor outside the teams, sees every unit, as everybody does in a
 * cycle without teams. Whose marks a person sees is another matter.
 */
export async function reachOf(db: Database, cycleId: string, actor: Actor): Promise<Reach> {
  if (hasRole(actor, 'organiser', 'auditor')) return null
  const teams = await cycleTeams(db, cycleId)
  if (teams.length === 0) return null
  const { assessorCode: code } = actor
  const own = teams.find(({ members }) => code !== null && members.includes(code))
  if (own) return assignedUnits(db, cycleId, own.members)
  if (!hasRole(actor, 'lead')) return null
  return code === null ? new Set() : assignedUnits(db, cycleId, [code])
}

export function isReached(reach: Reach, unitCode: string): boolean {
  return reach === null || reach.has(unitCode)
}

/** Adds a team after those that are there. @returns its code */
export async function insertTeam(trx: Trx, cycleId: string, name: string): Promise<string> {
  const row = await trx
    .selectFrom('team')
    .where('cycle_id', '=', cycleId)
    .select((eb) => eb.fn.max('position').as('last'))
    .executeTakeFirst()
  const position = (row?.last ?? 0) + 1
  const code = `T${position}`
  await insertRows(trx, 'team', [{ cycle_id: cycleId, code, name, position }])
  return code
}

export async function renameTeam(
  trx: Trx,
  cycleId: string,
  { code, name }: Pick<Team, 'code' | 'name'>,
): Promise<void> {
  const rows = await trx
    .updateTable('team')
    .set({ name })
    .where('cycle_id', '=', cycleId)
    .where('code', '=', code)
    .returningAll()
    .execute()
  noteRows(trx, 'team', rows)
}

/** Puts these members in the place of those that a team has. */
export async function replaceMembers(
  trx: Trx,
  cycleId: string,
  { code, lead, members }: Pick<Team, 'code' | 'lead' | 'members'>,
): Promise<void> {
  const before = await trx
    .deleteFrom('team_member')
    .where('cycle_id', '=', cycleId)
    .where('team_code', '=', code)
    .returningAll()
    .execute()
  noteGone(trx, 'team_member', before)
  const rows = members.map((member) => ({
    ...{ cycle_id: cycleId, assessor_code: member, team_code: code },
    leads: member === lead ? (1 as const) : (0 as const),
  }))
  await insertRows(trx, 'team_member', rows)
}

export async function deleteTeam(trx: Trx, cycleId: string, code: string): Promise<void> {
  await replaceMembers(trx, cycleId, { code, lead: null, members: [] })
  const rows = await trx
    .deleteFrom('team')
    .where('cycle_id', '=', cycleId)
    .where('code', '=', code)
    .returningAll()
    .execute()
  noteGone(trx, 'team', rows)
}
