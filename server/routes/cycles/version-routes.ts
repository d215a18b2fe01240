import type { FastifyPluginAsync, FastifyReply } from 'fastify'
import { adoptSchemeVersion } from '../../actions/adopt-scheme-version.ts'
import { AppError, cycleNotFound, FaultyEntries } from '../../errors.ts'
import { typedText } from '../../form.ts'
import { findCycle } from '../../store/cycles.ts'
import { findScheme } from '../../store/schemes.ts'
import { versionView } from './version-view.ts'

interface ById {
  Params: { id: string }
}

/** The version of the index a cycle goes by, and a later one while it is prepared. */
export const versionRoutes: FastifyPluginAsync = async (app) => {
  const config = { access: ['organiser'] as const, fieldLabels: { version: '版本' } }

  app.get<ById>('/cycles/:id/scheme-version', { config }, async ({ params }, reply) =>
    showVersion(params.id, reply),
  )

  app.post<ById>(
    '/cycles/:id/scheme-version',
    { config },
    async ({ params: { id }, body, actor }, reply) => {
      const version = Number(typedText(body, 'version'))
      let taken: number
      try {
        taken = await adoptSchemeVersion(app.db, { cycleId: id, version, actor, at: app.now() })
      } catch (error) {
        if (!(error instanceof AppError) || error.status === 403 || error.status === 404)
          throw error
        return showVersion(id, reply, error)
      }
      const gone = taken === 0 ? '' : `；不再有的指标的 ${taken} 项分工已收回`
      return reply.seeOther(`/cycles/${id}`, `已改用第 ${version} 版${gone}。`)
    },
  )

  async function showVersion(id: string, reply: FastifyReply, fault?: AppError) {
    const cycle = await findCycle(app.db, id)
    const own = cycle && (await findScheme(app.db, cycle.schemeCode, cycle.schemeVersion))
    const latest = cycle && (await findScheme(app.db, cycle.schemeCode))
    if (!cycle || !own || !latest) throw cycleNotFound(id)
    const faults = fault instanceof FaultyEntries ? fault.faults : []
    const view = versionView({ cycle, own, latest, faults, ...(fault && { fault }) })
    return reply.page('cycles/version', view, fault?.status ?? 200)
  }
}
