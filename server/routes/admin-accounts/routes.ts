import type { FastifyPluginAsync } from 'fastify'
import { addAccount } from '../../actions/add-account.ts'
import { changeAccount } from '../../actions/change-account.ts'
import { disableAccount } from '../../actions/disable-account.ts'
import { enableAccount } from '../../actions/enable-account.ts'
import { resetPassword } from '../../actions/reset-password.ts'
import { AppError, accountNotFound } from '../../errors.ts'
import { pagingOf } from '../../paging.ts'
import { findAccountByLogin, listAccounts } from '../../store/accounts.ts'
import { lockedLogins } from '../../store/sign-in-failures.ts'
import { accountForm, FIELD_LABELS, type TypedAccount, typedAccount } from './form.ts'
import { accountListView, changeView, newView, oneTimePasswordView } from './view.ts'

const access = ['admin'] as const
const config = { access }
const formConfig = { access, fieldLabels: FIELD_LABELS }

interface ByLogin {
  Params: { login: string }
}

/** Accounts for the administrator: the same actions as the command line. */
export const adminAccountRoutes: FastifyPluginAsync = async (app) => {
  app.get<{ Querystring: { q?: string; page?: string } }>(
    '/admin/accounts',
    { config },
    async (request, reply) => {
      const sought = (request.query.q ?? '').trim()
      const all = await listAccounts(app.db)
      const found = all.filter(({ login, name }) => `${login} ${name}`.includes(sought))
      const paging = pagingOf(request.query.page, found.length)
      const locked = await lockedLogins(app.db, app.now())
      return reply.page('admin-accounts/list', accountListView({ found, sought, paging, locked }))
    },
  )

  app.get('/admin/accounts/new', { config }, async (_request, reply) =>
    reply.page('admin-accounts/new', newView(accountForm(NOBODY))),
  )

  app.post('/admin/accounts', { config: formConfig }, async (request, reply) => {
    const typed = typedAccount(request.body)
    const [cost, actor, at] = [app.config.passwordCost, request.actor, app.now()]
    try {
      const { login, password } = await addAccount(app.db, { ...typed, cost, actor, at })
      return reply.page('admin-accounts/password', oneTimePasswordView('新增', login, password))
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      return reply.page('admin-accounts/new', newView(accountForm(typed, error)), error.status)
    }
  })

  app.get<ByLogin>('/admin/accounts/:login', { config }, async (request, reply) => {
    const account = await findAccountByLogin(app.db, request.params.login)
    if (!account) throw accountNotFound(request.params.login)
    return reply.page('admin-accounts/show', changeView(account, accountForm(account)))
  })

  app.post<ByLogin>('/admin/accounts/:login', { config: formConfig }, async (request, reply) => {
    const account = await findAccountByLogin(app.db, request.params.login)
    if (!account) throw accountNotFound(request.params.login)
    const { login: _, ...typed } = typedAccount(request.body)
    const { login } = account
    try {
      await changeAccount(app.db, { ...typed, login, actor: request.actor, at: app.now() })
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      const form = accountForm({ ...typed, login }, error)
      return reply.page('admin-accounts/show', changeView(account, form), error.status)
    }
    return reply.seeOther('/admin/accounts', `已保存账号「${login}」。`)
  })

  app.post<ByLogin>(
    '/admin/accounts/:login/password-reset',
    { config },
    async ({ params: { login }, actor }, reply) => {
      const [cost, at] = [app.config.passwordCost, app.now()]
      const password = await resetPassword(app.db, { login, cost, actor, at })
      return reply.page('admin-accounts/password', oneTimePasswordView('重置', login, password))
    },
  )

  app.post<ByLogin>(
    '/admin/accounts/:login/disablement',
    { config },
    async ({ params: { login }, actor }, reply) => {
      await disableAccount(app.db, { login, actor, at: app.now() })
      return reply.seeOther('/admin/accounts', `已停用账号「${login}」，其登录都已结束。`)
    },
  )

  app.post<ByLogin>(
    '/admin/accounts/:login/enablement',
    { config },
    async ({ params: { login }, actor }, reply) => {
      await enableAccount(app.db, { login, actor, at: app.now() })
      return reply.seeOther('/admin/accounts', `已启用账号「${login}」。`)
    },
  )
}

const NOBODY: TypedAccount = { login: '', name: '', roles: [], unitCode: null, assessorCode: null }
