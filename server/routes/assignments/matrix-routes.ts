import type { FastifyPluginAsync, FastifyReply } from 'fastify'
import { changeAssignments } from '../../actions/change-assignments.ts'
import { type Actor, hasRole } from '../../domain/actor.ts'
import { assignmentMatrix, type MatrixPage } from '../../domain/assignment-matrix.ts'
import { closedWords } from '../../domain/stage.ts'
import { AppError, assessorNotInCycle, cycleNotFound, indicatorNotInScheme } from '../../errors.ts'
import { ownUnitsByAssessor } from '../../store/accounts.ts'
import { auditEntries } from '../../store/audit.ts'
import { findCycle } from '../../store/cycles.ts'
import type { Database } from '../../store/database.ts'
import { type EvaluatedCycle, evaluatedCycle } from '../../store/evaluation.ts'
import { rosterVersion } from '../../store/roster-version.ts'
import { cycleTeams } from '../../store/teams.ts'
import { type TypedMatrix, typedMatrix } from './matrix-form.ts'
import { matrixView } from './matrix-view.ts'
import { partView } from './part-view.ts'
import { assignmentsView } from './view.ts'

interface ById {
  Params: { id: string }
}
interface ByCode {
  Params: { id: string; code: string }
}

/** What was not saved, and why. */
interface Refused {
  typed: TypedMatrix
  fault: AppError
}

/** The table of assignments: who marks what, cell by cell, changed together. */
export const matrixRoutes: FastifyPluginAsync = async (app) => {
  const reading = { access: ['organiser', 'auditor'] as const }
  // Cells are told by their numbers: nobody could read them on a form that is shown again.
  const config = { access: ['organiser'] as const, fieldLabels: () => ({}) }

  app.get<ById>('/cycles/:id/assignments', { config: reading }, async ({ params, actor }, reply) =>
    showMatrix(params.id, { by: 'all' }, actor, reply),
  )

  app.get<ByCode>(
    '/cycles/:id/assignments/indicators/:code',
    { config: reading },
    async ({ params, actor }, reply) =>
      showMatrix(params.id, { by: 'indicator', code: params.code }, actor, reply),
  )

  app.get<ByCode>(
    '/cycles/:id/assignments/assessors/:code',
    { config: reading },
    async ({ params, actor }, reply) =>
      showMatrix(params.id, { by: 'assessor', code: params.code }, actor, reply),
  )

  app.post<ById>(
    '/cycles/:id/assignments/cells',
    { config },
    async ({ params: { id }, body, actor }, reply) => {
      const typed = typedMatrix(body)
      const { page, version, changes } = typed
      try {
        const change = { cycleId: id, version, changes, actor, at: app.now() }
        const { given, taken } = await changeAssignments(app.db, change)
        return reply.seeOther(pathOf(id, page), `已保存：分给 ${given} 格，收回 ${taken} 格。`)
      } catch (error) {
        if (!(error instanceof AppError) || !SHOWN_AGAIN.has(error.status)) throw error
        return showMatrix(id, page, actor, reply, { typed, fault: error })
      }
    },
  )

  async function showMatrix(
    id: string,
    page: MatrixPage,
    actor: Actor,
    reply: FastifyReply,
    refused?: Refused,
  ) {
    if (!(await findCycle(app.db, id))) throw cycleNotFound(id)
    const evaluated = await evaluatedCycle(app.db, id)
    const shown = await matrixOf(app.db, evaluated, page, actor, refused)
    const status = refused?.fault.status ?? 200
    const errors = refused ? [{ href: '#matrix', message: refused.fault.message }] : []
    if (page.by !== 'all') {
      return reply.page('assignments/part', partView({ evaluated, ...shown, errors }), status)
    }
    const ownUnits = await ownUnitsByAssessor(app.db)
    const teams = await cycleTeams(app.db, id)
    const view = assignmentsView({ evaluated, ownUnits, teams, actor, table: shown.table })
    return reply.page('assignments/show', { ...view, errors }, status)
  }
}

/** What the person can mend on the page. */
const SHOWN_AGAIN: ReadonlySet<number> = new Set([409, 422])

function pathOf(id: string, page: MatrixPage): string {
  const path = `/cycles/${id}/assignments`
  return page.by === 'all' ? path : `${path}/${page.by}s/${encodeURIComponent(page.code)}`
}

/** A table as this person sees it now. @throws {AppError} if it is of nobody or nothing in the cycle */
export async function matrixOf(
  db: Database,
  { cycle, bundle, roster }: EvaluatedCycle,
  page: MatrixPage,
  actor: Actor,
  refused?: Refused,
) {
  const ownUnits = await ownUnitsByAssessor(db)
  const matrix = assignmentMatrix(page, { ...bundle, roster, ownUnits })
  if (!matrix && page.by === 'assessor') throw assessorNotInCycle(page.code)
  if (!matrix) throw indicatorNotInScheme(page.by === 'all' ? '' : page.code)
  const entries = await auditEntries(db, { cycleId: cycle.id, action: 'assignment', limit: 20 })
  const ties = await auditEntries(db, { cycleId: cycle.id, action: 'recusal', limit: 20 })
  const done = [...entries, ...ties].sort((a, b) => b.id - a.id)
  const since = refused?.typed.since ?? 0
  const closed = closedWords('prepare', cycle.stage)
  const table = matrixView({
    matrix,
    cycleId: cycle.id,
    version: rosterVersion(roster),
    newest: done[0]?.id ?? 0,
    editable: closed === null && hasRole(actor, 'organiser'),
    byName: roster.byName,
    ...(refused && {
      unsaved: { typed: refused.typed, others: done.filter(({ id }) => id > since) },
    }),
  })
  return { matrix, table, closed }
}
