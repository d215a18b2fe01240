import type { FastifyPluginAsync } from 'fastify'
import { keptFormPageView } from './view.ts'

/** What was typed when the session had run out, to be sent again or dropped. */
export const keptFormRoutes: FastifyPluginAsync = async (app) => {
  app.get('/kept-form', { config: { access: 'signed-in' } }, async (request, reply) => {
    const { kept } = request.session
    if (kept?.accountId !== request.actor.accountId) return reply.redirect('/', 303)
    return reply.page('kept-form/show', keptFormPageView(kept))
  })

  app.post('/kept-form/removal', { config: { access: 'signed-in' } }, async (request, reply) => {
    delete request.session.kept
    return reply.seeOther('/', '已放弃刚才填写的内容。')
  })
}
