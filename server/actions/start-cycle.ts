import { v7 as uuid } from 'uuid'
import type { Actor } from '../domain/actor.ts'
import type { Bundle } from '../domain/bundle.ts'
import { check } from '../domain/check-bundle.ts'
import { indicatorsOf, type Scheme } from '../domain/scheme.ts'
import { assignmentIncomplete, cycleNameMissing, cycleNotFound, FaultyEntries } from '../errors.ts'
import { insertAssignments } from '../store/assigning.ts'
import { dutyRoster } from '../store/assignments.ts'
import { recordAudit } from '../store/audit.ts'
import { readCycle, storeBundle } from '../store/bundle.ts'
import { addCycle, findCycle } from '../store/cycles.ts'
import type { Database, Trx } from '../store/database.ts'
import { insertRecusal } from '../store/recusals.ts'
import { findScheme } from '../store/schemes.ts'
import { cycleTeams, insertTeam, replaceMembers } from '../store/teams.ts'
import { assertRole, typedText } from './entry-place.ts'

export interface StartCycle {
  /** the cycle it starts from */
  from: string
  name: string
  year: number
  /** codes of the units and the assessors that take part again */
  units: readonly string[]
  assessors: readonly string[]
  /** whether assignments come along; teams and declared ties always do */
  assignments: boolean
  /** a rehearsal can be thrown away, and no unit sees it */
  rehearsal: boolean
  actor: Actor
  at: string
}

/**
 * Starts a cycle in preparation from another one: its units, assessors, teams, ties and, if wanted,
 * assignments, on the latest version of its scheme. Nothing that was scored comes along.
 *
 * @returns the new cycle's id
 * @throws {AppError} if the actor may not, a name or units are missing, or there is no such cycle
 * @throws {FaultyEntries} if the latest version of the scheme does not fit these units
 */
export async function startCycle(db: Database, start: StartCycle): Promise<string> {
  const { from, year, rehearsal, actor, at } = start
  assertRole(actor, ['organiser'])
  const name = typedText(start.name)
  if (name === undefined || !Number.isInteger(year)) throw cycleNameMissing()
  if (start.units.length === 0) throw assignmentIncomplete('参评单位')
  const cycleId = uuid()
  await db.transaction().execute(async (trx) => {
    if (!(await findCycle(trx, from))) throw cycleNotFound(from)
    const { cycle, bundle: before } = await readCycle(trx, from)
    const latest = await findScheme(trx, cycle.schemeCode)
    if (!latest) throw cycleNotFound(from)
    const bundle = successor(latest.scheme, before, start)
    const faults = check(bundle)
    if (faults.length > 0) throw new FaultyEntries(faults)
    await addCycle(trx, {
      id: cycleId,
      name: rehearsal ? `【演练】${name}` : name,
      year,
      schemeCode: latest.code,
      schemeVersion: latest.version,
      stage: 'draft',
      visibleFrom: 'published',
      rehearsal,
      revision: 1,
      createdAt: at,
      publishedAt: null,
      startedFrom: from,
    })
    await storeBundle(trx, cycleId, bundle, { at, by: actor.accountId })
    const assigned = await copyRoster(trx, cycleId, bundle, start)
    const teams = await copyTeams(trx, cycleId, start)
    await recordAudit(trx, {
      at,
      actor,
      action: 'cycle.start',
      cycleId,
      subject: name,
      detail: {
        from: cycle.name,
        version: latest.version,
        units: bundle.units.length,
        assessors: bundle.assessors?.length ?? 0,
        teams,
        count: assigned,
        rehearsal,
      },
    })
  })
  return cycleId
}

/** Who takes part again; what does not apply to a unit, as far as the indicators are still there. */
function successor(scheme: Scheme, before: Bundle, { units, assessors }: StartCycle): Bundle {
  const known = new Set([...indicatorsOf(scheme)].map(({ indicator }) => indicator.code))
  return {
    scheme,
    units: before.units
      .filter(({ code }) => units.includes(code))
      .map(({ notApplicable = [], ...unit }) => {
        const still = notApplicable.filter((code) => known.has(code))
        return still.length === 0 ? unit : { ...unit, notApplicable: still }
      }),
    assessors: (before.assessors ?? []).filter(({ code }) => assessors.includes(code)),
  }
}

/** @returns how many assignments came along */
async function copyRoster(
  trx: Trx,
  cycleId: string,
  bundle: Bundle,
  { from, assignments, actor, at }: StartCycle,
): Promise<number> {
  const roster = await dutyRoster(trx, from)
  const known = new Set([...indicatorsOf(bundle.scheme)].map(({ indicator }) => indicator.code))
  const units = new Set(bundle.units.map(({ code }) => code))
  const assessors = new Set(bundle.assessors?.map(({ code }) => code))
  const stays = ({ assessor, unit }: { assessor: string; unit: string }) =>
    assessors.has(assessor) && units.has(unit)
  for (const tie of roster.recusals.filter(stays)) {
    await insertRecusal(trx, cycleId, tie, { at, by: actor.accountId })
  }
  const again = roster.assignments.filter((each) => stays(each) && known.has(each.indicator))
  if (!assignments) return 0
  await insertAssignments(trx, cycleId, again)
  return again.length
}

/** Teams come along with those of their members who take part again. @returns how many there are */
async function copyTeams(
  trx: Trx,
  cycleId: string,
  { from, assessors }: StartCycle,
): Promise<number> {
  const again = (await cycleTeams(trx, from))
    .map((team) => ({ ...team, members: team.members.filter((code) => assessors.includes(code)) }))
    .filter(({ members }) => members.length > 0)
  for (const { name, lead, members } of again) {
    const code = await insertTeam(trx, cycleId, name)
    await replaceMembers(trx, cycleId, { code, lead, members })
  }
  return again.length
}
