import t, { type Test } from 'tap'
import type { Database } from '../../server/store/database.ts'
import { anAccount, anApp, signIn, Visitor } from '../helpers/app.ts'
import { emptyDatabase, onEachDatabase } from '../helpers/database.ts'

const ZHAO = { login: 'zhaomin', name: '赵敏', roles: 'assessor', unitCode: '', assessorCode: 'P3' }

async function anAdmin(t: Test, db: Database) {
  const app = await anApp(t, db)
  const account = await anAccount(db, { login: 'root1', name: '周管', roles: ['admin'] })
  return { app, account, admin: await signIn(app, account) }
}

const shownPassword = (body: string) => /<code class="secret">([^<]+)/.exec(body)?.[1] ?? ''

await onEachDatabase(
  t,
  'an account is added with a one-time password, shown once',
  async (t, db) => {
    const { app, admin } = await anAdmin(t, db)
    const added = await admin.postForm('/admin/accounts', { ...ZHAO, roles: ['assessor', 'lead'] })
    t.equal(added.statusCode, 200)
    t.match(added.body, '已新增账号「zhaomin」')
    const password = shownPassword(added.body)
    const list = await admin.get('/admin/accounts')
    t.match(list.body, '赵敏')
    t.match(list.body, '考核组组长、考核员')
    t.match(list.body, '待改密码')
    t.notMatch(list.body, password)
    const visitor = await signIn(app, { login: 'zhaomin', password })
    t.equal((await visitor.get('/account')).headers.location, '/account/password')
    const stored = JSON.stringify(await db.selectFrom('audit_entry').selectAll().execute())
    t.match(stored, 'account.add')
    t.notMatch(stored, password)
  },
)

t.test('a faulty account comes back as typed, with the fault at its field', async (t) => {
  const { admin } = await anAdmin(t, await emptyDatabase())
  const faults = [
    [{ ...ZHAO, login: '赵敏' }, 'login', '登录名「赵敏」不合要求', 422],
    [{ ...ZHAO, login: 'ROOT1' }, 'login', '登录名「root1」已有人使用，请换一个。', 409],
    [{ ...ZHAO, name: ' ' }, 'name', '请填写姓名', 422],
    [{ ...ZHAO, roles: [] }, 'roles', '请至少选择一个角色。', 422],
    [
      { ...ZHAO, roles: ['auditor', 'assessor'] },
      'roles',
      '「监督员」和「考核员」不能由同一个人担任',
      422,
    ],
    [{ ...ZHAO, roles: 'unit' }, 'unitCode', '角色「单位联络员」要填写所属单位的代码。', 422],
    [
      { ...ZHAO, assessorCode: '' },
      'assessorCode',
      '角色「考核员」和「考核组组长」要填写考核员代码。',
      422,
    ],
  ] as const
  for (const [fields, name, message, status] of faults) {
    const answer = await admin.postForm('/admin/accounts', fields)
    t.equal(answer.statusCode, status, message)
    t.match(answer.body, `<a href="#${name}">${message}`)
    t.match(answer.body, `value="${fields.login}"`)
  }
  t.notMatch((await admin.get('/admin/accounts')).body, 'zhaomin')
})

await onEachDatabase(t, 'name, roles and codes can be changed', async (t, db) => {
  const { app, admin } = await anAdmin(t, db)
  const zhao = await signIn(
    app,
    await anAccount(db, { login: 'zhaomin', name: '赵敏', roles: ['leader'] }),
  )
  const form = await admin.get('/admin/accounts/zhaomin')
  t.match(form.body, 'value="leader" checked')
  const change = { name: '赵 敏', roles: ['unit'], unitCode: 'CZJ', assessorCode: '' }
  t.equal((await admin.postForm('/admin/accounts/zhaomin', change)).statusCode, 303)
  t.match((await zhao.get('/account')).body, '<dt>角色</dt><dd>单位联络员</dd>')
  const { detail } = await db
    .selectFrom('audit_entry')
    .where('action', '=', 'account.change')
    .select('detail')
    .executeTakeFirstOrThrow()
  t.match(JSON.parse(detail), {
    before: { roles: ['leader'] },
    after: { roles: ['unit'], unitCode: 'CZJ' },
  })
  t.equal(
    (await admin.postForm('/admin/accounts/zhaomin', { ...change, unitCode: '' })).statusCode,
    422,
  )
})

await onEachDatabase(
  t,
  'a reset gives a new one-time password, lifts a lock and ends sessions',
  async (t, db) => {
    const { app, admin } = await anAdmin(t, db)
    const account = await anAccount(db)
    const visitor = await signIn(app, account)
    for (const n of [1, 2, 3, 4, 5]) {
      await new Visitor(app).postForm('/login', { login: 'wangfang', password: `no ${n}` })
    }
    t.match((await admin.get('/admin/accounts')).body, '锁定到 09:15')
    const reset = await admin.postForm('/admin/accounts/wangfang/password-reset', {})
    t.match(reset.body, '已重置「wangfang」的密码')
    t.equal((await visitor.get('/account')).statusCode, 303)
    await t.rejects(signIn(app, account), 'the old password is gone')
    const again = await signIn(app, { ...account, password: shownPassword(reset.body) })
    t.equal((await again.get('/account')).headers.location, '/account/password')
  },
)

await onEachDatabase(
  t,
  'a disabled person is out at once, and in again when enabled',
  async (t, db) => {
    const { app, admin } = await anAdmin(t, db)
    const account = await anAccount(db)
    const visitor = await signIn(app, account)
    await admin.postForm('/admin/accounts/wangfang/disablement', {})
    t.equal((await visitor.get('/account')).statusCode, 303)
    await t.rejects(signIn(app, account))
    const list = await admin.get('/admin/accounts')
    t.match(list.body, '已停用')
    t.match(list.body, '已停用账号「wangfang」，其登录都已结束。')
    await admin.postForm('/admin/accounts/wangfang/enablement', {})
    await t.resolves(signIn(app, account))
    const actions = await db.selectFrom('audit_entry').select('action').orderBy('id').execute()
    t.match(actions.map(({ action }) => action).join(' '), /account\.disable .*account\.enable/)
  },
)

await onEachDatabase(
  t,
  'nobody gets the assessor code of another, and with it his marks',
  async (t, db) => {
    const { admin } = await anAdmin(t, db)
    await anAccount(db, { login: 'wang', roles: ['assessor'], assessorCode: 'K1' })
    await anAccount(db, { login: 'li', roles: ['lead'], assessorCode: 'K2' })
    const taken = '考核员代码「K1」正由账号「wang」使用'
    const zhang = { login: 'zhang', name: '张', roles: 'assessor', assessorCode: 'K1' }
    const added = await admin.postForm('/admin/accounts', zhang)
    t.equal(added.statusCode, 409)
    t.match(added.body, `有误：</span>${taken}`)
    const li = { name: '李', roles: 'lead', assessorCode: 'K1' }
    t.equal((await admin.postForm('/admin/accounts/li', li)).statusCode, 409)
    const own = { name: '王', roles: ['assessor', 'lead'], assessorCode: 'K1' }
    t.equal((await admin.postForm('/admin/accounts/wang', own)).statusCode, 303)
    await admin.postForm('/admin/accounts/wang/disablement', {})
    t.equal((await admin.postForm('/admin/accounts', zhang)).statusCode, 200, 'a successor')
    const back = await admin.postForm('/admin/accounts/wang/enablement', {})
    t.equal(back.statusCode, 409)
    t.match(back.body, '考核员代码「K1」正由账号「zhang」使用')
  },
)

t.test('an administrator cannot shut himself out', async (t) => {
  const { admin } = await anAdmin(t, await emptyDatabase())
  const disabled = await admin.postForm('/admin/accounts/root1/disablement', {})
  t.equal(disabled.statusCode, 409)
  t.match(disabled.body, '不能停用自己的账号')
  const change = { name: '周管', roles: 'leader', unitCode: '', assessorCode: '' }
  const changed = await admin.postForm('/admin/accounts/root1', change)
  t.equal(changed.statusCode, 409)
  t.match(changed.body, '不能去掉自己的系统管理员角色')
})

t.test('accounts are found by name, and long lists come in pages', async (t) => {
  const db = await emptyDatabase()
  const { admin } = await anAdmin(t, db)
  for (let n = 10; n < 65; n += 1) await anAccount(db, { login: `user${n}`, name: `张${n}` })
  const first = await admin.get('/admin/accounts')
  t.match(first.body, '共 56 条，第 1 页，共 2 页')
  t.notMatch(first.body, 'user64')
  const second = await admin.get('/admin/accounts?page=2')
  t.match(second.body, 'user64')
  t.notMatch(second.body, 'user10')
  const found = await admin.get(`/admin/accounts?q=${encodeURIComponent('张64')}`)
  t.match(found.body, 'user64')
  t.match(found.body, '共 1 条')
  t.match(
    (await admin.get('/admin/accounts?q=nobody')).body,
    '没有登录名或姓名含有「nobody」的账号。',
  )
})

t.test('an account that does not exist is named', async (t) => {
  const { admin } = await anAdmin(t, await emptyDatabase())
  const answer = await admin.get('/admin/accounts/ghost')
  t.equal(answer.statusCode, 404)
  t.match(answer.body, '没有登录名为「ghost」的账号。')
})

t.test('only an administrator sees or changes accounts', async (t) => {
  const db = await emptyDatabase()
  const { app } = await anAdmin(t, db)
  const others = ['organiser', 'lead', 'assessor', 'leader', 'unit', 'auditor'] as const
  for (const role of others) {
    const account = await anAccount(db, { login: role, roles: [role], unitCode: 'CZJ' })
    const visitor = await signIn(app, account)
    t.equal((await visitor.get('/admin/accounts')).statusCode, 403, role)
    t.equal((await visitor.postForm('/admin/accounts', ZHAO)).statusCode, 403, role)
    const reset = await visitor.postForm('/admin/accounts/root1/password-reset', {})
    t.equal(reset.statusCode, 403, role)
  }
})
