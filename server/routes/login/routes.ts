import type { FastifyPluginAsync, FastifyRequest } from 'fastify'
import { signIn } from '../../actions/sign-in.ts'
import { signOut } from '../../actions/sign-out.ts'
import { minutesLater } from '../../domain/beijing-time.ts'
import { AppError } from '../../errors.ts'
import { typedText } from '../../form.ts'
import type { Account } from '../../store/accounts.ts'
import { sweepSessions } from '../../store/sessions.ts'
import { sweepFailures } from '../../store/sign-in-failures.ts'
import { localPath, signInView } from './view.ts'

const DAY_MINUTES = 24 * 60

/** Signing in and out. */
export const loginRoutes: FastifyPluginAsync = async (app) => {
  app.get<{ Querystring: { next?: string } }>(
    '/login',
    { config: { access: 'public' } },
    async (request, reply) => {
      const next = localPath(request.query.next)
      if (request.visitor) return reply.redirect(next, 303)
      return reply.page('login/show', signInView({ next }))
    },
  )

  app.post(
    '/login',
    {
      // What was kept of a form comes along, and has grown a little on the way.
      bodyLimit: 6 * 1024 * 1024,
      config: {
        access: 'public',
        rateLimit: {
          max: app.config.rateLimits.signIns,
          timeWindow: '1 minute',
          keyGenerator: (request: FastifyRequest) => request.ip,
        },
      },
    },
    async (request, reply) => {
      const [login = '', password = '', next, kept = ''] = [
        'login',
        'password',
        'next',
        'kept',
      ].map((name) => typedText(request.body, name))
      const [cost, address, at] = [app.config.passwordCost, request.ip, app.now()]
      try {
        const account = await signIn(app.db, { login, password, cost, address, at })
        await openSession(request, account)
        return reply.redirect(continueAt(request, account, kept, localPath(next)), 303)
      } catch (error) {
        if (!(error instanceof AppError)) throw error
        const view = signInView({ login, next: localPath(next), kept, error: error.message })
        return reply.page('login/show', view, error.status)
      }
    },
  )

  app.post(
    '/logout',
    { config: { access: 'signed-in', duringPasswordChange: true } },
    async (request, reply) => {
      const { actor, sessionKey } = request
      await signOut(app.db, { sessionId: sessionKey, actor, at: app.now() })
      await closeSession(request)
      return reply.seeOther('/login', '您已退出登录。')
    },
  )

  /** A new id for a new person: one that was planted before is worth nothing. */
  async function openSession(request: FastifyRequest, account: Account): Promise<void> {
    const at = app.now()
    await sweepSessions(app.db, minutesLater(at, -30 * DAY_MINUTES))
    await sweepFailures(app.db, minutesLater(at, -DAY_MINUTES))
    await request.session.regenerate()
    request.session.accountId = account.id
    request.session.address = request.ip
    request.session.agent = (request.headers['user-agent'] ?? '').slice(0, 300)
  }

  /** Forms still open in other windows stay bound to the person who typed them. */
  async function closeSession(request: FastifyRequest): Promise<void> {
    const { accountId } = request.actor
    await request.session.regenerate()
    request.session.formerAccountId = accountId
  }

  /** Where to go: to what was typed when the session ran out, if the same person has come back. */
  function continueAt(
    request: FastifyRequest,
    account: Account,
    sealed: string,
    next: string,
  ): string {
    const form = sealed === '' ? undefined : app.openKeptForm(sealed)
    const own = form?.accountId === account.id
    if (form && own) request.session.kept = form
    if (form && !own) request.session.notice = '登录前填写的内容属于另一个账号，没有带过来。'
    if (account.mustChangePassword) return '/account/password'
    return form && own ? '/kept-form' : next
  }
}
