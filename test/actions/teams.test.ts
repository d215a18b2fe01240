import t from 'tap'
import { addEvent } from '../../server/actions/add-event.ts'
import { type AddTeam, addTeam } from '../../server/actions/add-team.ts'
import { assignMarks } from '../../server/actions/assign-marks.ts'
import { changeTeam } from '../../server/actions/change-team.ts'
import { dissolveTeam } from '../../server/actions/dissolve-team.ts'
import { recordTally } from '../../server/actions/record-tally.ts'
import { recordValue } from '../../server/actions/record-value.ts'
import { startCycle } from '../../server/actions/start-cycle.ts'
import { withdrawEvent } from '../../server/actions/withdraw-event.ts'
import type { Database } from '../../server/store/database.ts'
import { cycleTeams, reachOf } from '../../server/store/teams.ts'
import { anAccount } from '../helpers/app.ts'
import {
  AT,
  aCycle,
  actorsWithout,
  anActor,
  li,
  organiser,
  setStage,
  traceOf,
  type wang,
} from '../helpers/cycle.ts'
import { onEachDatabase } from '../helpers/database.ts'

const by = { actor: organiser, at: AT }
/** Marks as K1 and has the role of a lead. */
const wangLeads = anActor({ roles: ['lead'] })

async function aCycleToTeam(db: Database): Promise<string> {
  await anAccount(db, { login: 'wang', name: '王考核', roles: ['lead'], assessorCode: 'K1' })
  return aCycle(db)
}

function team(cycleId: string, about: Partial<AddTeam> = {}): AddTeam {
  return { cycleId, name: '第一组', members: ['K2'], lead: 'K1', ...by, ...about }
}

onEachDatabase(t, 'a team has a name, members, and a lead who is one of them', async (t, db) => {
  const cycleId = await aCycleToTeam(db)
  const code = await addTeam(db, team(cycleId))
  t.match((await traceOf(db, cycleId)).newest, {
    action: 'team.add',
    subject: '第一组',
    detail: { code, lead: '王考核', members: ['李考核', '王考核'] },
  })
  const second = team(cycleId, { name: '第二组', members: ['K3'], lead: null })
  t.equal(await addTeam(db, second), 'T2')
  t.strictSame(await cycleTeams(db, cycleId), [
    { code: 'T1', name: '第一组', lead: 'K1', members: ['K1', 'K2'] },
    { code: 'T2', name: '第二组', lead: null, members: ['K3'] },
  ])
  const changed = { ...team(cycleId), name: '督查组', members: ['K1'], team: code }
  await changeTeam(db, changed)
  t.match((await traceOf(db, cycleId)).newest, {
    action: 'team.change',
    detail: {
      before: { name: '第一组', members: ['王考核', '李考核'] },
      after: { name: '督查组', members: ['王考核'] },
    },
  })
  const gone = { cycleId, team: code, ...by }
  const unasked = dissolveTeam(db, { ...gone, confirmed: false })
  await t.rejects(unasked, { code: 'DISSOLUTION_UNCONFIRMED' })
  await dissolveTeam(db, { ...gone, confirmed: true })
  t.match((await traceOf(db, cycleId)).newest, { action: 'team.dissolve', subject: '督查组' })
  await t.rejects(changeTeam(db, changed), { code: 'TEAM_NOT_FOUND', status: 404 })
  t.equal((await cycleTeams(db, cycleId)).length, 1)
})

onEachDatabase(t, 'an unsound team is refused in words that say why', async (t, db) => {
  const cycleId = await aCycleToTeam(db)
  await addTeam(db, team(cycleId))
  const refusals: readonly [Partial<AddTeam>, string, RegExp][] = [
    [{ name: ' ' }, 'TEAM_NAME_MISSING', /1 到 20 个字/],
    [{ name: '组'.repeat(21) }, 'TEAM_NAME_MISSING', /1 到 20 个字/],
    [{ name: '第一组' }, 'TEAM_NAME_TAKEN', /「第一组」/],
    [{ name: '第二组', members: [], lead: '' }, 'TEAM_MEMBERS_MISSING', /「第二组」/],
    [{ name: '第二组', lead: null }, 'MEMBER_OF_ANOTHER_TEAM', /「李考核」已在「第一组」/],
    [{ name: '第二组', members: [], lead: 'K3' }, 'LEAD_ROLE_MISSING', /「张组长」的账号没有/],
    [{ name: '第二组', members: ['K9'], lead: null }, 'ASSESSOR_NOT_IN_CYCLE', /「K9」/],
  ]
  for (const [about, code, message] of refusals) {
    await t.rejects(addTeam(db, team(cycleId, about)), { code, message })
  }
  t.equal((await cycleTeams(db, cycleId)).length, 1)
  await setStage(db, cycleId, 'decided')
  const late = team(cycleId, { name: '第二组', members: ['K3'], lead: null })
  await t.rejects(addTeam(db, late), { code: 'STAGE_NOT_OPEN' })
})

onEachDatabase(t, 'only organisers set up, change and dissolve teams', async (t, db) => {
  const cycleId = await aCycleToTeam(db)
  const code = await addTeam(db, team(cycleId))
  for (const actor of actorsWithout('organiser')) {
    const writes = [
      () => addTeam(db, team(cycleId, { actor })),
      () => changeTeam(db, { ...team(cycleId, { actor }), team: code }),
      () => dissolveTeam(db, { cycleId, team: code, confirmed: true, actor, at: AT }),
    ]
    for (const write of writes)
      await t.rejects(Promise.resolve<unknown>(write()), { code: 'ROLE_NEEDED' })
  }
})

onEachDatabase(t, 'teams bound what a person has to do with', async (t, db) => {
  const cycleId = await aCycleToTeam(db)
  const reach = async (actor: typeof wang) => {
    const units = await reachOf(db, cycleId, actor)
    return units && [...units].sort()
  }
  const zhang = anActor({ roles: ['lead'], assessorCode: 'K3' })
  t.equal(await reach(wangLeads), null, 'without teams everybody')
  await addTeam(db, team(cycleId))
  t.equal(await reach(wangLeads), null, 'without assignments his members mark every unit')
  const given = { cycleId, how: 'give' as const, indicators: ['A1'], ...by }
  await assignMarks(db, { ...given, assessors: ['K1'], units: ['U1'] })
  await assignMarks(db, { ...given, assessors: ['K2'], units: ['U2'] })
  await assignMarks(db, { ...given, assessors: ['K3'], units: ['U3'] })
  t.strictSame(await reach(wangLeads), ['U1', 'U2'])
  t.strictSame(await reach(li), ['U1', 'U2'], 'and his members')
  t.strictSame(await reach(zhang), ['U3'], 'a lead without a team what is his own')
  t.strictSame(await reach(anActor({ roles: ['lead'], assessorCode: null })), [])
  t.equal(await reach(anActor({ assessorCode: 'K3' })), null, 'an assessor outside the teams')
  t.equal(await reach(organiser), null)
})

onEachDatabase(t, 'nobody records about a unit of another team', async (t, db) => {
  const cycleId = await aCycleToTeam(db)
  await addTeam(db, team(cycleId))
  const given = { cycleId, how: 'give' as const, indicators: ['A1'], ...by }
  await assignMarks(db, { ...given, assessors: ['K1'], units: ['U1'] })
  await assignMarks(db, { ...given, assessors: ['K3'], units: ['U2'] })
  const event = { unit: 'U2', indicator: 'C1', rule: 'late', reason: '迟报' }
  const eventId = await addEvent(db, { cycleId, event, ...by })
  const cell = { cycleId, unitCode: 'U2', version: null, at: AT }
  for (const actor of [wangLeads, li]) {
    const writes = [
      () => recordValue(db, { ...cell, indicatorCode: 'B1', value: '95', actor }),
      () => recordTally(db, { ...cell, indicatorCode: 'B2', counts: { 满意: 9 }, actor }),
      () => addEvent(db, { cycleId, event, actor, at: AT }),
      () => withdrawEvent(db, { cycleId, eventId, reason: '有误', actor, at: AT }),
    ]
    for (const write of writes) {
      await t.rejects(Promise.resolve<unknown>(write()), {
        code: 'UNIT_OF_ANOTHER_TEAM',
        status: 403,
      })
    }
    await addEvent(db, { cycleId, event: { ...event, unit: 'U1' }, actor, at: AT })
  }
})

onEachDatabase(t, 'teams come along into the next cycle with who stays', async (t, db) => {
  const from = await aCycleToTeam(db)
  await addTeam(db, team(from))
  await addTeam(db, team(from, { name: '第二组', members: ['K3'], lead: null }))
  const next = { from, name: '2027年度', year: 2027, assignments: true, rehearsal: false, ...by }
  const id = await startCycle(db, { ...next, units: ['U1'], assessors: ['K1'] })
  t.strictSame(await cycleTeams(db, id), [
    { code: 'T1', name: '第一组', lead: 'K1', members: ['K1'] },
  ])
  t.match((await traceOf(db, id)).newest, { action: 'cycle.start', detail: { teams: 1 } })
})
