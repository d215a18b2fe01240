import type { FastifyPluginAsync, FastifyReply } from 'fastify'
import { addTeam } from '../../actions/add-team.ts'
import { changeTeam } from '../../actions/change-team.ts'
import { dissolveTeam } from '../../actions/dissolve-team.ts'
import { reopenTeam } from '../../actions/reopen-team.ts'
import type { Actor } from '../../domain/actor.ts'
import { AppError, cycleNotFound, teamNotFound } from '../../errors.ts'
import { typedText } from '../../form.ts'
import { leadCodes } from '../../store/accounts.ts'
import { cycleAssessors } from '../../store/assessors.ts'
import { dutyRoster } from '../../store/assignments.ts'
import { cycleUnits } from '../../store/cycle-units.ts'
import { findCycle } from '../../store/cycles.ts'
import { teamSubmissions } from '../../store/team-submissions.ts'
import { cycleTeams } from '../../store/teams.ts'
import { FIELD_LABELS, typedTeam } from './form.ts'
import {
  type TeamFault,
  type TeamsOfCycle,
  type Typed,
  teamPath,
  teamsPath,
  teamsView,
  teamView,
} from './list-view.ts'

interface ById {
  Params: { id: string }
}
interface ByTeam {
  Params: { id: string; team: string }
}

/** The teams of a cycle (考核组): who belongs to which, and who leads it. */
export const teamRoutes: FastifyPluginAsync = async (app) => {
  const reading = { access: ['organiser', 'auditor'] as const }
  const config = { access: ['organiser'] as const, fieldLabels: FIELD_LABELS }

  app.get<ById>('/cycles/:id/teams', { config: reading }, async ({ params, actor }, reply) =>
    showTeams(params.id, actor, reply),
  )

  app.post<ById>('/cycles/:id/teams', { config }, async ({ params, body, actor }, reply) => {
    const values = typedTeam(body)
    try {
      await addTeam(app.db, { cycleId: params.id, ...values, actor, at: app.now() })
    } catch (error) {
      return showTeams(params.id, actor, reply, { values, fault: mendable(error) })
    }
    return reply.seeOther(teamsPath(params), `已增设「${values.name.trim()}」。`)
  })

  app.get<ByTeam>('/cycles/:id/teams/:team', { config }, async ({ params }, reply) =>
    showTeam(params, reply),
  )

  app.post<ByTeam>(
    '/cycles/:id/teams/:team',
    { config },
    async ({ params, body, actor }, reply) => {
      const values = typedTeam(body)
      const change = { cycleId: params.id, team: params.team, ...values, actor, at: app.now() }
      try {
        await changeTeam(app.db, change)
      } catch (error) {
        return showTeam(params, reply, { form: 'team', values, fault: mendable(error) })
      }
      return reply.seeOther(teamsPath(params), `已保存「${values.name.trim()}」。`)
    },
  )

  app.post<ByTeam>(
    '/cycles/:id/teams/:team/dissolution',
    { config },
    async ({ params, body, actor }, reply) => {
      const confirmed = typedText(body, 'confirmed') === 'yes'
      const given = { cycleId: params.id, team: params.team, confirmed, actor, at: app.now() }
      try {
        await dissolveTeam(app.db, given)
      } catch (error) {
        return showTeam(params, reply, { form: 'dissolution', fault: mendable(error) })
      }
      return reply.seeOther(teamsPath(params), '考核组已撤销，考核员和分工都保留。')
    },
  )

  app.post<ByTeam>(
    '/cycles/:id/teams/:team/submission/withdrawal',
    { config },
    async ({ params, body, actor }, reply) => {
      const reason = typedText(body, 'reason')
      const given = { cycleId: params.id, team: params.team, reason, actor, at: app.now() }
      try {
        await reopenTeam(app.db, given)
      } catch (error) {
        return showTeam(params, reply, { form: 'reopening', reason, fault: mendable(error) })
      }
      return reply.seeOther(teamPath(params, params.team), '已撤回提交。')
    },
  )

  async function showTeams(id: string, actor: Actor, reply: FastifyReply, typed?: Typed) {
    const view = teamsView(await teamsOf(id), actor, typed)
    return reply.page('teams/list', view, typed?.fault.status ?? 200)
  }

  async function showTeam(
    { id, team: code }: ByTeam['Params'],
    reply: FastifyReply,
    typed?: TeamFault,
  ) {
    const given = await teamsOf(id)
    const team = given.teams.find((each) => each.code === code)
    if (!team) throw teamNotFound()
    return reply.page('teams/show', teamView(given, team, typed), typed?.fault.status ?? 200)
  }

  async function teamsOf(id: string): Promise<TeamsOfCycle> {
    const cycle = await findCycle(app.db, id)
    if (!cycle) throw cycleNotFound(id)
    return {
      cycle,
      teams: await cycleTeams(app.db, id),
      assessors: await cycleAssessors(app.db, id),
      roster: await dutyRoster(app.db, id),
      units: (await cycleUnits(app.db, id)).length,
      leads: await leadCodes(app.db),
      submissions: await teamSubmissions(app.db, id),
    }
  }
}

/** @throws what the person cannot mend in the form */
function mendable(error: unknown): AppError {
  if (error instanceof AppError && error.status === 422) return error
  throw error
}
