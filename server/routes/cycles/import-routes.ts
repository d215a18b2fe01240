import type { FastifyPluginAsync } from 'fastify'
import { importBundle } from '../../actions/import-bundle.ts'
import { FaultyEntries } from '../../errors.ts'
import { typedDocument, typedText } from '../../form.ts'
import { FIELD_LABELS, typedVisibility } from './form.ts'
import { importView } from './import-view.ts'

/** 120 units × 130 indicators × 9 assessors are about 10 MB. */
const UPLOAD_LIMIT = 32 * 1024 * 1024

/** A cycle out of a bundle (考核数据包): its scheme, its units and what was entered so far. */
export const importRoutes: FastifyPluginAsync = async (app) => {
  const access = ['organiser'] as const
  const config = { access, fieldLabels: FIELD_LABELS, uploadLimit: UPLOAD_LIMIT }

  app.get('/cycles/import', { config }, async (_request, reply) =>
    reply.page('cycles/import', importView()),
  )

  app.post(
    '/cycles/import',
    { config, bodyLimit: UPLOAD_LIMIT },
    async ({ body, actor }, reply) => {
      const typed = typedDocument(body, '考核数据包')
      if ('error' in typed) return reply.page('cycles/import', importView(body, typed), 422)
      const [name, visibleFrom] = [typedText(body, 'name').trim(), typedVisibility(body)]
      const given = { ...(name && { name }), ...(visibleFrom && { visibleFrom }) }
      try {
        const bundle = typed.value
        const id = await importBundle(app.db, { bundle, ...given, actor, at: app.now() })
        return reply.seeOther(`/cycles/${id}`, '已导入，考核周期已建立，可以开始打分。')
      } catch (error) {
        if (!(error instanceof FaultyEntries)) throw error
        return reply.page('cycles/import', importView(body, undefined, error.faults), 422)
      }
    },
  )
}
