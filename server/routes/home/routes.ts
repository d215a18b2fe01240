import type { FastifyPluginAsync } from 'fastify'
import { type Actor, hasRole } from '../../domain/actor.ts'
import { isOpenFor } from '../../domain/stage.ts'
import { listAccounts, ownUnitsByAssessor } from '../../store/accounts.ts'
import { recusedUnits } from '../../store/assignments.ts'
import { auditEntries } from '../../store/audit.ts'
import { cyclesOf, isClosed } from '../../store/cycles.ts'
import { waitingDecisions } from '../../store/decisions.ts'
import { type EvaluatedCycle, evaluatedCycle } from '../../store/evaluation.ts'
import { openReturns } from '../../store/mark-returns.ts'
import { latestSchemes } from '../../store/schemes.ts'
import {
  cycleSelfAssessments,
  type SelfAssessment,
  selfAssessment,
} from '../../store/self-assessments.ts'
import { lockedLogins } from '../../store/sign-in-failures.ts'
import { teamSubmissions } from '../../store/team-submissions.ts'
import { ledTeam } from '../../store/teams.ts'
import { rosterUnits } from '../../store/units.ts'
import { adminSection } from './admin-section.ts'
import { assessorSection } from './assessor-section.ts'
import { auditorSection } from './auditor-section.ts'
import { type LedCycle, leadSection } from './lead-section.ts'
import { leaderSection } from './leader-section.ts'
import { organiserSection } from './organiser-section.ts'
import { unitSection } from './unit-section.ts'
import { type WaitingLine, waitingLines } from './waiting-lines.ts'

/** Cycles shown in full; older ones are on their own page. */
const MOST_CYCLES = 3
const LATEST_ENTRIES = 10

/** «我的待办»: what waits for this person, in each of his roles. */
export const homeRoutes: FastifyPluginAsync = async (app) => {
  app.get('/', { config: { access: 'signed-in' } }, async ({ actor }, reply) => {
    const cycles = await currentCycles(actor)
    const view = {
      title: '我的待办',
      organiser: hasRole(actor, 'organiser') ? await organiser(cycles, actor) : null,
      assessor: hasRole(actor, 'assessor', 'lead')
        ? assessorSection(
            cycles,
            await ownUnitsByAssessor(app.db),
            await returnsTo(actor, cycles),
            actor,
          )
        : null,
      lead: hasRole(actor, 'lead')
        ? leadSection(await ledCycles(cycles, actor), await ownUnitsByAssessor(app.db))
        : null,
      leader: hasRole(actor, 'leader') ? leaderSection(cycles) : null,
      unit: hasRole(actor, 'unit')
        ? unitSection(cycles, actor, await ownAssessments(cycles, actor))
        : null,
      auditor: hasRole(actor, 'auditor')
        ? auditorSection(await auditEntries(app.db, { limit: LATEST_ENTRIES }))
        : null,
      admin: hasRole(actor, 'admin')
        ? adminSection(await listAccounts(app.db), await lockedLogins(app.db, app.now()))
        : null,
    }
    return reply.page('home/show', view)
  })

  async function organiser(cycles: readonly EvaluatedCycle[], { accountId }: Actor) {
    const waiting = new Map<string, readonly WaitingLine[]>()
    const submitted = new Map<string, number>()
    for (const evaluated of cycles) {
      const { cycle } = evaluated
      if (isOpenFor('decide', cycle.stage)) {
        const lines = waitingLines(evaluated, await waitingDecisions(app.db, cycle.id), accountId)
        waiting.set(cycle.id, lines)
      }
      if (!isOpenFor('self-assess', cycle.stage)) continue
      const states = [...(await cycleSelfAssessments(app.db, cycle.id)).values()]
      submitted.set(cycle.id, states.filter(({ state }) => state === 'submitted').length)
    }
    return organiserSection(cycles, await ownUnitsByAssessor(app.db), submitted, waiting, {
      schemes: (await latestSchemes(app.db)).length,
      units: (await rosterUnits(app.db)).length,
      markers: (await listAccounts(app.db)).filter(({ assessorCode }) => assessorCode).length,
    })
  }

  /** How many marks wait in each cycle for his answer. */
  async function returnsTo(
    { assessorCode: code }: Actor,
    cycles: readonly EvaluatedCycle[],
  ): Promise<Map<string, number>> {
    const waiting = new Map<string, number>()
    if (code === null) return waiting
    for (const { cycle } of cycles) {
      waiting.set(cycle.id, (await openReturns(app.db, cycle.id, [code])).length)
    }
    return waiting
  }

  /** Those of the cycles in which he leads a team. */
  async function ledCycles(cycles: readonly EvaluatedCycle[], actor: Actor): Promise<LedCycle[]> {
    const led: LedCycle[] = []
    for (const evaluated of cycles) {
      const { id } = evaluated.cycle
      const team = await ledTeam(app.db, id, actor)
      if (!team) continue
      led.push({
        ...{ evaluated, team },
        recused: await recusedUnits(app.db, id, actor),
        submittedAt: (await teamSubmissions(app.db, id)).get(team.code) ?? null,
        waiting: (await openReturns(app.db, id, team.members)).length,
      })
    }
    return led
  }

  /** What his unit says of itself, in the cycles in which units do so now. */
  async function ownAssessments(cycles: readonly EvaluatedCycle[], { unitCode }: Actor) {
    const found = new Map<string, SelfAssessment>()
    for (const { cycle } of cycles) {
      if (unitCode === null || !isOpenFor('self-assess', cycle.stage)) continue
      found.set(cycle.id, await selfAssessment(app.db, cycle.id, unitCode))
    }
    return found
  }

  /** The cycles that are open, and the newest one however it stands. */
  async function currentCycles(actor: Actor): Promise<EvaluatedCycle[]> {
    // A supervisor sees what was done, an administrator nothing of any cycle.
    if (!hasRole(actor, 'organiser', 'assessor', 'lead', 'leader', 'unit')) return []
    const all = await cyclesOf(app.db, actor)
    const current = all.filter((cycle, index) => index === 0 || !isClosed(cycle))
    const evaluated = []
    for (const { id } of current.slice(0, MOST_CYCLES)) {
      evaluated.push(await evaluatedCycle(app.db, id))
    }
    return evaluated
  }
}
