import t, { type Test } from 'tap'
import type { Role } from '../../server/domain/actor.ts'
import { navigationFor } from '../../server/plugins/navigation.ts'
import { anAccount, anApp, Clock, signIn, Visitor } from '../helpers/app.ts'
import { emptyDatabase, writingPast } from '../helpers/database.ts'

async function anAppWithPages(t: Test, clock = new Clock()) {
  const db = await emptyDatabase()
  const app = await anApp(t, db, { clock })
  app.get('/test/anybody', { config: { access: 'public' } }, async () => 'anybody')
  app.get('/test/leaders', { config: { access: ['leader', 'auditor'] } }, async (request) => {
    return `${request.actor.name} ${request.actor.roles}`
  })
  return { app, db }
}

t.test('a route that does not say who may use it does not start', async (t) => {
  const { app } = await anAppWithPages(t)
  t.throws(() => app.get('/test/open', async () => ''), {
    message: 'GET /test/open does not say who may use it (config.access)',
  })
})

t.test('a public page asks for nobody', async (t) => {
  const { app } = await anAppWithPages(t)
  t.equal((await new Visitor(app).get('/test/anybody')).body, 'anybody')
})

t.test('somebody signed out is sent to sign in, and back to the page he asked for', async (t) => {
  const { app, db } = await anAppWithPages(t)
  const account = await anAccount(db, { roles: ['leader'] })
  const visitor = new Visitor(app)
  const sent = await visitor.get('/test/leaders?year=2026&q=czj')
  t.equal(sent.statusCode, 303)
  const login = sent.headers.location ?? ''
  t.equal(login, `/login?next=${encodeURIComponent('/test/leaders?year=2026&q=czj')}`)
  const page = await visitor.get(login)
  t.match(page.body, 'name="next" value="/test/leaders?year&#x3D;2026&amp;q&#x3D;')
  const { login: name, password } = account
  const next = '/test/leaders?year=2026&q=1'
  const answer = await visitor.postForm('/login', { login: name, password, next })
  t.equal(answer.headers.location, next)
  t.equal((await visitor.get(next)).body, '王芳 leader')
})

t.test('another host is no page to go on to after signing in', async (t) => {
  const { app, db } = await anAppWithPages(t)
  const { login, password } = await anAccount(db)
  for (const next of [
    'https://evil.example/',
    '//evil.example/',
    '/\\evil.example',
    'javascript:0',
    '//localhost//evil.example/',
    '/.//evil.example/',
    '/..//evil.example/',
    '/./\\evil.example/',
  ]) {
    const answer = await new Visitor(app).postForm('/login', { login, password, next })
    t.equal(answer.headers.location, '/', next)
  }
})

t.test('a page for others answers 403 and names the roles it is for', async (t) => {
  const { app, db } = await anAppWithPages(t)
  const unit = await signIn(app, await anAccount(db, { roles: ['unit'], unitCode: 'CZJ' }))
  const answer = await unit.get('/test/leaders')
  t.equal(answer.statusCode, 403)
  t.match(answer.body, '这一页只供「领导」或「监督员」使用')
  t.match(answer.body, '<title>没有权限 · 衡鉴</title>')
})

t.test('a person with a one-time password goes nowhere before he has changed it', async (t) => {
  const { app, db } = await anAppWithPages(t)
  const account = await anAccount(db, { roles: ['leader'], firstPassword: true })
  const visitor = await signIn(app, account)
  const sent = await visitor.get('/test/leaders')
  t.equal(sent.statusCode, 303)
  t.equal(sent.headers.location, '/account/password')
  t.match((await visitor.get('/account/password')).body, '请先设置自己的密码')
})

t.test('a role that is taken away is gone with the next request', async (t) => {
  const { app, db } = await anAppWithPages(t)
  const leader = await signIn(app, await anAccount(db, { roles: ['leader'] }))
  t.equal((await leader.get('/test/leaders')).statusCode, 200)
  await writingPast(db).updateTable('account_role').set({ role: 'organiser' }).execute()
  t.equal((await leader.get('/test/leaders')).statusCode, 403)
})

t.test('a session ends after 30 minutes without a request, not while it is used', async (t) => {
  const clock = new Clock()
  const { app, db } = await anAppWithPages(t, clock)
  const leader = await signIn(app, await anAccount(db, { roles: ['leader'] }))
  for (const minutes of [20, 20, 29]) {
    clock.pass(minutes)
    t.equal((await leader.get('/test/leaders')).statusCode, 200)
  }
  clock.pass(30)
  t.equal((await leader.get('/test/leaders')).statusCode, 303)
})

t.test('the database holds no session id that a cookie could carry', async (t) => {
  const { app, db } = await anAppWithPages(t)
  const leader = await signIn(app, await anAccount(db, { roles: ['leader'] }))
  const [cookie = ''] = leader.cookies.values()
  const [id = ''] = decodeURIComponent(cookie).split('.')
  t.equal(id.length, 32)
  const rows = await db.selectFrom('session').selectAll().execute()
  t.notMatch(JSON.stringify(rows), id)
  t.ok(rows.every((row) => /^[0-9a-f]{64}$/.test(row.id)))
})

t.test('a cookie with another signature opens nothing', async (t) => {
  const { app, db } = await anAppWithPages(t)
  const leader = await signIn(app, await anAccount(db, { roles: ['leader'] }))
  for (const [name, value] of leader.cookies) leader.cookies.set(name, `${value.slice(0, -4)}AAAA`)
  t.equal((await leader.get('/test/leaders')).statusCode, 303)
})

t.test('each role is shown the way to its own pages', async (t) => {
  const labels = (...roles: Role[]) =>
    navigationFor(
      { accountId: '', login: '', name: '', roles, unitCode: null, assessorCode: null },
      '/cycles/2026',
    ).map(({ label, current }) => (current ? `[${label}]` : label))
  t.same(labels('organiser'), ['我的待办', '[考核周期]', '评价体系', '单位'])
  t.same(labels('unit'), ['我的待办', '[考核周期]', '评价体系'])
  t.same(labels('auditor'), ['我的待办', '[考核周期]', '评价体系', '单位', '审计'])
  t.same(labels('admin'), ['我的待办', '账号'])
})
