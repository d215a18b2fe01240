import type { FastifyPluginAsync } from 'fastify'
import { markPaces } from '../../store/marks.ts'
import { soughtIn } from './sought.ts'
import { teamWork } from './work.ts'
import { workView } from './work-view.ts'

interface OfCycle {
  Params: { id: string }
  Querystring: Record<string, string | undefined>
}

/** What a lead (组长) sees of his own team: how far it is, and its members' marks. */
export const teamWorkRoutes: FastifyPluginAsync = async (app) => {
  const config = { access: ['lead'] as const }

  app.get<OfCycle>('/cycles/:id/team', { config }, async ({ params, query, actor }, reply) => {
    const work = await teamWork(app.db, params.id, actor)
    const paces = { of: await markPaces(app.db, params.id), now: app.now() }
    const view = workView({ work, paces, sought: soughtIn(query), page: query.page })
    return reply.page('teams/work', view)
  })
}
