import t, { type Test } from 'tap'
import {
  anAccount,
  anApp,
  Clock,
  hiddenField,
  signIn,
  type TestAccount,
  Visitor,
} from '../helpers/app.ts'
import { emptyDatabase, writingPast } from '../helpers/database.ts'

const TYPED = { mark: '7.5', reason: '会议记录不全\n缺三次', unit: ['CZJ', 'JYJ'] }

/** An application with a form that writes down what it got, and an organiser signed in. */
async function aForm(t: Test) {
  const db = await emptyDatabase()
  const clock = new Clock()
  const app = await anApp(t, db, { clock })
  const saved: unknown[] = []
  const fieldLabels = { mark: '得分', reason: '理由' }
  app.post(
    '/test/marks',
    { config: { access: ['organiser'], fieldLabels } },
    async (request, reply) => {
      const { _csrf, _for, ...fields } = Object(request.body)
      saved.push({ ...fields, by: request.actor.login })
      return reply.seeOther('/account', '已保存。')
    },
  )
  const account = await anAccount(db)
  return { app, db, clock, saved, account, visitor: await signIn(app, account) }
}

/** Signs in on a page that a form was answered with, sending along everything it holds. */
async function signInOn(
  page: Awaited<ReturnType<Visitor['get']>>,
  visitor: Visitor,
  { login, password }: Pick<TestAccount, 'login' | 'password'>,
) {
  const hidden = ['_csrf', '_for', 'next', 'kept'].map((name) => [name, hiddenField(page, name)])
  return visitor.post('/login', { ...Object.fromEntries(hidden), login, password })
}

t.test('a form with its token is saved', async (t) => {
  const { visitor, saved } = await aForm(t)
  const answer = await visitor.postForm('/test/marks', TYPED)
  t.equal(answer.statusCode, 303)
  t.same(saved, [{ ...TYPED, by: 'wangfang' }])
  t.match((await visitor.get('/account')).body, '已保存。')
  t.notMatch((await visitor.get('/account')).body, '已保存。', 'a notice is shown once')
})

t.test('a form whose session has run out survives signing in again', async (t) => {
  const { visitor, clock, saved, account } = await aForm(t)
  const tokens = await visitor.tokens()
  clock.pass(31)
  const refused = await visitor.post('/test/marks', { ...tokens, ...TYPED })
  t.equal(refused.statusCode, 401)
  t.match(refused.body, '刚才填写的内容没有丢失')
  const mistyped = await signInOn(refused, visitor, { ...account, password: 'not it' })
  t.equal(mistyped.statusCode, 422)
  const answer = await signInOn(mistyped, visitor, account)
  t.equal(answer.statusCode, 303)
  t.equal(answer.headers.location, '/kept-form')
  const page = await visitor.get('/kept-form')
  t.match(page.body, '<h1>您刚才填写的内容还在</h1>')
  t.match(page.body, '<dt>得分</dt><dd>7.5</dd>')
  t.match(page.body, 'action="/test/marks"')
  t.same(saved, [])
  const sent = {
    _csrf: hiddenField(page, '_csrf'),
    mark: hiddenField(page, 'mark'),
    reason: hiddenField(page, 'reason'),
    unit: [...page.body.matchAll(/name="unit" value="(\w+)"/g)].map(([, code]) => code ?? ''),
  }
  t.equal((await visitor.post('/test/marks', sent)).statusCode, 303)
  t.same(saved, [{ ...TYPED, by: 'wangfang' }])
  t.equal((await visitor.get('/kept-form')).headers.location, '/', 'and it is not kept any longer')
})

t.test('another person who signs in does not get what was typed', async (t) => {
  const { visitor, app, db, clock, saved } = await aForm(t)
  const other = await anAccount(db, { login: 'liqiang', name: '李强' })
  const tokens = await visitor.tokens()
  clock.pass(31)
  const refused = await visitor.post('/test/marks', { ...tokens, ...TYPED })
  const answer = await signInOn(refused, visitor, other)
  t.equal(answer.headers.location, '/')
  t.equal((await visitor.get('/kept-form')).headers.location, '/')
  t.match((await visitor.get('/account')).body, '登录前填写的内容属于另一个账号，没有带过来。')
  t.same(saved, [])
  t.equal(typeof app.openKeptForm(hiddenField(refused, 'kept')), 'object')
})

t.test('what was kept cannot be altered on the way', async (t) => {
  const { visitor, app, clock, account } = await aForm(t)
  const tokens = await visitor.tokens()
  clock.pass(31)
  const refused = await visitor.post('/test/marks', { ...tokens, ...TYPED })
  const [body = '', seal = ''] = hiddenField(refused, 'kept').split('.')
  const forged = Buffer.from(
    JSON.stringify({
      path: '/admin/accounts',
      fields: [],
      labels: {},
      accountId: account.actor.accountId,
    }),
  ).toString('base64url')
  for (const kept of [`${forged}.${seal}`, `${body}.`, `${body}`, `${body}.x`, '.', 'x']) {
    t.equal(app.openKeptForm(kept), undefined)
  }
  const { login, password } = account
  const answer = await visitor.postForm('/login', { login, password, kept: `${forged}.${seal}` })
  t.equal(answer.headers.location, '/')
})

t.test('a form of somebody who was never here carries nothing', async (t) => {
  const { app, saved } = await aForm(t)
  const refused = await new Visitor(app).post('/test/marks', TYPED)
  t.equal(refused.statusCode, 401)
  t.equal(hiddenField(refused, 'kept'), '')
  t.notMatch(refused.body, '会议记录不全')
  t.same(saved, [])
})

t.test('a form still open after signing out elsewhere is kept for its person', async (t) => {
  const { visitor, account } = await aForm(t)
  const tokens = await visitor.tokens()
  await visitor.postForm('/logout', {})
  const refused = await visitor.post('/test/marks', { ...tokens, ...TYPED })
  t.equal(refused.statusCode, 401)
  t.equal((await signInOn(refused, visitor, account)).headers.location, '/kept-form')
})

t.test('a second form of the same evening is kept too', async (t) => {
  const { visitor, clock, account } = await aForm(t)
  const tokens = await visitor.tokens()
  clock.pass(31)
  await visitor.post('/test/marks', { ...tokens, ...TYPED })
  await visitor.get('/account')
  const second = await visitor.post('/test/marks', { ...tokens, mark: '3' })
  await signInOn(second, visitor, account)
  t.match((await visitor.get('/kept-form')).body, '<dt>得分</dt><dd>3</dd>')
})

t.test('a password is never kept', async (t) => {
  const { visitor, clock } = await aForm(t)
  const tokens = await visitor.tokens()
  clock.pass(31)
  const passwords = { currentPassword: 'Morgentau 77', newPassword: 'Abendrot 88!' }
  const refused = await visitor.post('/account/password', { ...tokens, ...passwords })
  t.equal(refused.statusCode, 401)
  t.equal(hiddenField(refused, 'kept'), '')
  t.notMatch(refused.body, 'Abendrot')
})

t.test('what was kept waits until a one-time password has been changed', async (t) => {
  const { visitor, db, clock, account } = await aForm(t)
  const tokens = await visitor.tokens()
  clock.pass(31)
  const refused = await visitor.post('/test/marks', { ...tokens, ...TYPED })
  await writingPast(db).updateTable('account').set({ must_change_password: 1 }).execute()
  t.equal((await signInOn(refused, visitor, account)).headers.location, '/account/password')
  const changed = await visitor.postForm('/account/password', {
    currentPassword: account.password,
    newPassword: 'Abendrot 88!',
    repeatedPassword: 'Abendrot 88!',
  })
  t.equal(changed.headers.location, '/kept-form')
  t.match((await visitor.get('/kept-form')).body, '<dd>7.5</dd>')
})

t.test('what was kept can be dropped', async (t) => {
  const { visitor, clock, account, saved } = await aForm(t)
  const tokens = await visitor.tokens()
  clock.pass(31)
  const refused = await visitor.post('/test/marks', { ...tokens, ...TYPED })
  await signInOn(refused, visitor, account)
  t.equal((await visitor.postForm('/kept-form/removal', {})).statusCode, 303)
  t.equal((await visitor.get('/kept-form')).headers.location, '/')
  t.same(saved, [])
})

t.test('a wrong token saves nothing, says so, and loses nothing', async (t) => {
  const { visitor, saved } = await aForm(t)
  for (const wrong of [{ _csrf: 'wrong' }, {}]) {
    const refused = await visitor.post('/test/marks', { ...wrong, ...TYPED })
    t.equal(refused.statusCode, 403)
    t.match(refused.body, '这一页打开得太久，或者您在别处重新登录过，为安全起见没有保存。')
    t.match(refused.body, '您填写的内容还在')
    t.same(saved, [])
    const again = { _csrf: hiddenField(refused, '_csrf'), ...TYPED }
    t.equal((await visitor.post('/test/marks', again)).statusCode, 303)
    t.same(saved.pop(), { ...TYPED, by: 'wangfang' })
  }
})

t.test('the token of another person is worth nothing', async (t) => {
  const { app, db, visitor, saved } = await aForm(t)
  const other = await signIn(app, await anAccount(db, { login: 'liqiang', name: '李强' }))
  const { _csrf } = await other.tokens()
  t.equal((await visitor.post('/test/marks', { _csrf, ...TYPED })).statusCode, 403)
  t.same(saved, [])
})

t.test('a page opened by one person is not sent in the name of the next', async (t) => {
  const { app, db, visitor, saved } = await aForm(t)
  const opened = await visitor.tokens()
  const other = await signIn(app, await anAccount(db, { login: 'liqiang', name: '李强' }))
  const refused = await other.post('/test/marks', { ...opened, ...TYPED })
  t.equal(refused.statusCode, 403)
  t.match(refused.body, '这一页是用另一个账号打开的')
  t.notMatch(refused.body, '会议记录不全')
  t.same(saved, [])
})

t.test('a form sent by another site changes nothing, even with a token', async (t) => {
  const { visitor, saved } = await aForm(t)
  const fields = { ...(await visitor.tokens()), ...TYPED }
  for (const site of ['cross-site', 'same-site']) {
    const refused = await visitor.post('/test/marks', fields, { 'sec-fetch-site': site })
    t.equal(refused.statusCode, 403)
    t.match(refused.body, '这次提交不是从本系统的页面发出的，没有保存。')
    t.notMatch(refused.body, '会议记录不全')
  }
  t.same(saved, [])
})

t.test('nor is it kept for the person whose session has run out', async (t) => {
  const { visitor, clock } = await aForm(t)
  clock.pass(31)
  const refused = await visitor.post('/test/marks', TYPED, { 'sec-fetch-site': 'same-site' })
  t.equal(refused.statusCode, 403)
  t.notMatch(refused.body, 'name="kept"')
})

t.test('a sign-in page left open all night takes the password once more', async (t) => {
  const { app, clock, account } = await aForm(t)
  const visitor = new Visitor(app)
  const { login, password } = account
  const fields = { ...(await visitor.tokens()), login, password, next: '/account' }
  clock.pass(13 * 60)
  const refused = await visitor.post('/login', fields)
  t.equal(refused.statusCode, 401)
  t.match(refused.body, '登录页打开得太久，请再填一次密码。')
  t.match(refused.body, 'value="wangfang"')
  t.notMatch(refused.body, password)
  t.equal((await signInOn(refused, visitor, account)).headers.location, '/account')
})
