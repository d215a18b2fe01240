import t, { type Test } from 'tap'
import type { Database } from '../../server/store/database.ts'
import { anAccount, anApp, Clock, signIn } from '../helpers/app.ts'
import { emptyDatabase, onEachDatabase } from '../helpers/database.ts'

const NEW = 'Abendrot 88!'

async function signedIn(t: Test, db: Database) {
  const clock = new Clock()
  const app = await anApp(t, db, { clock })
  const account = await anAccount(db, { roles: ['lead', 'leader'], assessorCode: 'P7' })
  return { app, clock, account, visitor: await signIn(app, account) }
}

const passwords = (
  currentPassword: string,
  newPassword: string,
  repeatedPassword = newPassword,
) => ({
  currentPassword,
  newPassword,
  repeatedPassword,
})

t.test('my account says who I am and what I may do', async (t) => {
  const { visitor } = await signedIn(t, await emptyDatabase())
  const page = await visitor.get('/account')
  t.match(page.body, '<dt>登录名</dt><dd>wangfang</dd>')
  t.match(page.body, '<dt>角色</dt><dd>考核组组长、领导</dd>')
  t.match(page.body, '<dt>考核员代码</dt><dd>P7</dd>')
})

await onEachDatabase(
  t,
  'my sessions are listed, and one left elsewhere can be ended',
  async (t, db) => {
    const { app, account, clock, visitor } = await signedIn(t, db)
    clock.pass(3)
    const elsewhere = await signIn(app, account)
    const page = await visitor.get('/account')
    t.equal(page.body.split('本次登录').length - 1, 1)
    t.match(page.body, '2026-11-20 09:03')
    const [, path = ''] = /action="(\/account\/sessions\/\w+\/revocation)"/.exec(page.body) ?? []
    t.equal((await visitor.postForm(path, {})).headers.location, '/account')
    t.equal((await elsewhere.get('/account')).statusCode, 303)
    t.equal((await visitor.get('/account')).statusCode, 200)
    t.equal((await visitor.postForm(path, {})).statusCode, 404, 'and not twice')
  },
)

t.test("another person's session cannot be ended", async (t) => {
  const db = await emptyDatabase()
  const { app, visitor } = await signedIn(t, db)
  const other = await signIn(app, await anAccount(db, { login: 'liqiang', name: '李强' }))
  const { id } = await db
    .selectFrom('session')
    .innerJoin('account', 'account.id', 'session.account_id')
    .where('account.login', '=', 'liqiang')
    .select('session.id')
    .executeTakeFirstOrThrow()
  t.equal((await visitor.postForm(`/account/sessions/${id}/revocation`, {})).statusCode, 404)
  t.equal((await other.get('/account')).statusCode, 200)
})

await onEachDatabase(
  t,
  'a new password ends all other sessions and holds from then on',
  async (t, db) => {
    const { app, account, visitor } = await signedIn(t, db)
    const elsewhere = await signIn(app, account)
    const [before] = visitor.cookies.values()
    const answer = await visitor.postForm('/account/password', passwords(account.password, NEW))
    t.equal(answer.statusCode, 303)
    t.equal(answer.headers.location, '/account')
    t.not([...visitor.cookies.values()][0], before, 'under a new id')
    t.match((await visitor.get('/account')).body, '密码已修改，您在别处的登录都已结束。')
    t.equal((await elsewhere.get('/account')).statusCode, 303)
    await t.rejects(signIn(app, account))
    await t.resolves(signIn(app, { ...account, password: NEW }))
    const entries = await db.selectFrom('audit_entry').select(['action', 'detail']).execute()
    t.ok(entries.some(({ action }) => action === 'password.change'))
    t.notMatch(JSON.stringify(entries), NEW)
  },
)

t.test('each fault of a new password is told at its field, and nothing changes', async (t) => {
  const { app, account, visitor } = await signedIn(t, await emptyDatabase())
  const faults = [
    [passwords('not mine', NEW), 'currentPassword', '现在的密码不对，请重新填写。'],
    [passwords(account.password, 'Abend 8'), 'newPassword', '密码至少 10 个字符，您填了 7 个。'],
    [passwords(account.password, account.password), 'newPassword', '新密码和现在的密码一样'],
    [passwords(account.password, 'x-wangfang-x'), 'newPassword', '密码里不能含有登录名'],
    [
      passwords(account.password, NEW, 'Abendrot 89!'),
      'repeatedPassword',
      '两次填写的新密码不一样。',
    ],
  ] as const
  for (const [fields, name, message] of faults) {
    const answer = await visitor.postForm('/account/password', fields)
    t.equal(answer.statusCode, 422)
    t.match(answer.body, `<a href="#${name}">${message}`)
    t.match(answer.body, `id="${name}-error"><span class="label">有误：</span>${message}`)
    t.match(answer.body, '<title>填写有误：修改密码 · 衡鉴</title>')
    t.notMatch(answer.body, 'value="Abend', 'passwords are not sent back')
  }
  await t.resolves(signIn(app, account))
})

t.test('after changing a first password everything is open', async (t) => {
  const db = await emptyDatabase()
  const app = await anApp(t, db)
  const account = await anAccount(db, { firstPassword: true })
  t.match(account.password, /^([a-z2-9]{4}-){3}[a-z2-9]{4}$/)
  const visitor = await signIn(app, account)
  const answer = await visitor.postForm('/account/password', passwords(account.password, NEW))
  t.equal(answer.headers.location, '/')
  t.equal((await visitor.get('/account')).statusCode, 200)
})
