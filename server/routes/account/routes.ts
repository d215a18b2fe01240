import type { FastifyPluginAsync } from 'fastify'
import { changePassword } from '../../actions/change-password.ts'
import { revokeOwnSession } from '../../actions/revoke-session.ts'
import { AppError } from '../../errors.ts'
import { typedText } from '../../form.ts'
import { openSessions } from '../../store/sessions.ts'
import { accountView, passwordView } from './view.ts'

/** A person's own account: who he is, his password, his sessions. */
export const accountRoutes: FastifyPluginAsync = async (app) => {
  app.get('/account', { config: { access: 'signed-in' } }, async (request, reply) => {
    const sessions = await openSessions(app.db, request.actor.accountId, app.now())
    return reply.page('account/show', accountView(request.actor, sessions, request.sessionKey))
  })

  app.post<{ Params: { id: string } }>(
    '/account/sessions/:id/revocation',
    { config: { access: 'signed-in' } },
    async (request, reply) => {
      const [sessionId, actor, at] = [request.params.id, request.actor, app.now()]
      await revokeOwnSession(app.db, { sessionId, actor, at })
      return reply.seeOther('/account', '已结束那一处登录。')
    },
  )

  const duringChange = { access: 'signed-in', duringPasswordChange: true } as const

  app.get('/account/password', { config: duringChange }, async (request, reply) =>
    reply.page('account/password', passwordView(request.mustChangePassword)),
  )

  app.post(
    '/account/password',
    {
      config: {
        ...duringChange,
        rateLimit: { max: app.config.rateLimits.signIns, timeWindow: '1 minute' },
      },
    },
    async (request, reply) => {
      const { body, actor, sessionKey, mustChangePassword } = request
      const [current = '', next = '', repeated = ''] = [
        'currentPassword',
        'newPassword',
        'repeatedPassword',
      ].map((name) => typedText(body, name))
      if (next !== repeated) {
        return reply.page('account/password', passwordView(mustChangePassword, 'REPEATED'), 422)
      }
      try {
        const cost = app.config.passwordCost
        await changePassword(app.db, {
          current,
          next,
          sessionId: sessionKey,
          cost,
          actor,
          at: app.now(),
        })
      } catch (error) {
        if (!(error instanceof AppError)) throw error
        const view = passwordView(mustChangePassword, error.code, error.message)
        return reply.page('account/password', view, error.status)
      }
      await request.session.regenerate(['accountId', 'address', 'agent', 'kept'])
      const onward = mustChangePassword ? '/' : '/account'
      const href = request.session.kept ? '/kept-form' : onward
      return reply.seeOther(href, '密码已修改，您在别处的登录都已结束。')
    },
  )
}
