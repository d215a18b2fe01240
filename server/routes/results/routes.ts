import type { FastifyPluginAsync } from 'fastify'
import { drawRadar, drawStanding } from '../../charts/draw.ts'
import type { Actor } from '../../domain/actor.ts'
import type { Proof } from '../../domain/proof.ts'
import { STAGE_NAMES } from '../../domain/stage.ts'
import { cycleNotFound, resultNotVisible, resultOfOthers, unitNotInCycle } from '../../errors.ts'
import { Recent } from '../../recent.ts'
import { ledgerEnd } from '../../store/audit-days.ts'
import { findCycle, isVisibleToUnits } from '../../store/cycles.ts'
import { type EvaluatedCycle, evaluatedCycle } from '../../store/evaluation.ts'
import { standingRows } from './dimension-table.ts'
import { lastResult } from './last-result.ts'
import { radarAxes, radarLines } from './radar.ts'
import { type Audience, audienceOf, previewPath, type Subject, subjectOf, UNIT } from './subject.ts'
import { resultView } from './view.ts'

interface Asked {
  Params: { id: string; unit: string }
  Querystring: { open?: string }
}

const options = {
  config: { access: ['organiser', 'leader', 'auditor', 'unit'] },
  schema: {
    querystring: { type: 'object', properties: { open: { type: 'string' } } },
  },
} as const

/** One unit's result with the whole way to it. */
export const resultRoutes: FastifyPluginAsync = async (app) => {
  const charts = new Recent<string>(200)

  app.get<Asked>('/cycles/:id/results/:unit', options, async ({ params, query, actor }, reply) => {
    const subject = await subjectFor(actor, params, query.open)
    const last = await lastResult(app.db, subject.evaluated, params.unit, subject.audience)
    return reply.page('results/show', resultView(subject, last, await proofOf(subject.evaluated)))
  })

  app.get<Asked>(
    '/cycles/:id/results/:unit/preview',
    { ...options, config: { access: ['organiser'] } },
    async ({ params, query }, reply) => {
      const subject = await subjectAs(UNIT, params, query.open)
      const last = await lastResult(app.db, subject.evaluated, params.unit, UNIT)
      const path = previewPath(params.id, params.unit)
      const shown = { ...subject, path, preview: true }
      return reply.page('results/show', resultView(shown, last, await proofOf(shown.evaluated)))
    },
  )

  async function proofOf({ seal }: EvaluatedCycle): Promise<Proof> {
    return { seal, ledger: await ledgerEnd(app.db) }
  }

  const charted: readonly [string, (subject: Subject) => Promise<string>][] = [
    ['standing', (subject) => drawStanding(standingRows(subject))],
    ['radar', (subject) => drawRadar(radarAxes(subject), radarLines(subject))],
  ]
  for (const [name, draw] of charted) {
    const url = `/cycles/:id/results/:unit/${name}.svg`
    app.get<Asked>(url, options, async ({ params, actor }, reply) => {
      const subject = await subjectFor(actor, params)
      const { cycle, result } = subject
      const key = JSON.stringify([name, cycle.id, cycle.revision, result.unit])
      const svg = await charts.get(key, () => draw(subject))
      return reply.type('image/svg+xml; charset=utf-8').send(svg)
    })
  }

  /** @throws {AppError} if there is nothing there that this person may see */
  async function subjectFor(
    actor: Actor,
    { id, unit }: Asked['Params'],
    open = '',
  ): Promise<Subject> {
    const audience = audienceOf(actor)
    // Before anything is looked up: a liaison learns nothing about units that are not his.
    if (!audience.others && actor.unitCode !== unit) throw resultOfOthers()
    const cycle = await findCycle(app.db, id)
    if (!cycle) throw cycleNotFound(id)
    if (!audience.others && !isVisibleToUnits(cycle)) {
      const from = STAGE_NAMES[cycle.visibleFrom]
      throw resultNotVisible(cycle.name, { from, now: STAGE_NAMES[cycle.stage] })
    }
    return subjectAs(audience, { id, unit }, open)
  }

  async function subjectAs(
    audience: Audience,
    { id, unit }: Asked['Params'],
    open = '',
  ): Promise<Subject> {
    if (!(await findCycle(app.db, id))) throw cycleNotFound(id)
    const subject = subjectOf(await evaluatedCycle(app.db, id), unit, { audience, open })
    if (!subject) throw unitNotInCycle(unit)
    return subject
  }
}
