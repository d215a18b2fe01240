import type { FastifyPluginAsync } from 'fastify'
import { drawRanking, loadCharts } from '../../charts/draw.ts'
import { cycleNotFound } from '../../errors.ts'
import { Recent } from '../../recent.ts'
import { findCycle } from '../../store/cycles.ts'
import { type EvaluatedCycle, evaluatedCycle } from '../../store/evaluation.ts'
import { rankingBars } from './chart.ts'
import { standingOf } from './standing.ts'
import { rankingView } from './view.ts'

interface Asked {
  Params: { id: string }
  Querystring: { category?: string; scope?: string; sort?: string; order?: string }
}

const text = { type: 'string' }

const options = {
  config: { access: ['organiser', 'leader', 'auditor'] },
  schema: {
    querystring: {
      type: 'object',
      properties: { category: text, scope: text, sort: text, order: text },
    },
  },
} as const

/** The ranking by category and over all units. */
export const rankingRoutes: FastifyPluginAsync = async (app) => {
  const charts = new Recent<string>(50)
  // Loading takes a moment that nobody should have to wait for.
  app.addHook('onListen', () => void loadCharts())

  app.get<Asked>('/cycles/:id/ranking', options, async ({ params, query }, reply) => {
    const evaluated = await evaluatedOr404(params.id)
    const view = rankingView(evaluated, {
      category: categoryOf(query),
      sorting: { by: query.sort ?? 'rank', descending: query.order === 'desc' },
    })
    return reply.page('ranking/show', view)
  })

  app.get<Asked>('/cycles/:id/ranking/chart.svg', options, async ({ params, query }, reply) => {
    const evaluated = await evaluatedOr404(params.id)
    const standing = standingOf(evaluated, categoryOf(query))
    const { cycle } = evaluated
    const key = JSON.stringify([cycle.id, cycle.revision, standing.category])
    const svg = await charts.get(key, () => drawRanking(...rankingBars(standing)))
    return reply.type('image/svg+xml; charset=utf-8').send(svg)
  })

  async function evaluatedOr404(id: string): Promise<EvaluatedCycle> {
    if (!(await findCycle(app.db, id))) throw cycleNotFound(id)
    return evaluatedCycle(app.db, id)
  }
}

function categoryOf({ category, scope }: Asked['Querystring']): string | null | undefined {
  return scope === 'overall' ? null : category
}
