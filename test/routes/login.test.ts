import { performance } from 'node:perf_hooks'
import t, { type Test } from 'tap'
import { hashPassword } from '../../server/actions/password-hash.ts'
import { signIn as signInAction } from '../../server/actions/sign-in.ts'
import { loadConfig } from '../../server/config.ts'
import type { Database } from '../../server/store/database.ts'
import { anAccount, anApp, Clock, MORNING, signIn, Visitor } from '../helpers/app.ts'
import { emptyDatabase, onEachDatabase, writingPast } from '../helpers/database.ts'
import { testConfig } from '../helpers/test-config.ts'

async function aLogin(t: Test, db: Database) {
  const clock = new Clock()
  const app = await anApp(t, db, { clock })
  const account = await anAccount(db)
  const visitor = new Visitor(app)
  const attempt = (login: string, password: string) =>
    visitor.postForm('/login', { login, password })
  return { app, clock, account, visitor, attempt }
}

const actions = (db: Database) =>
  db.selectFrom('audit_entry').select(['action', 'subject', 'actor_name']).orderBy('id').execute()

await onEachDatabase(
  t,
  'signing in opens a session under a new id and is recorded',
  async (t, db) => {
    const { visitor, attempt, account } = await aLogin(t, db)
    await visitor.get('/login')
    const [before] = visitor.cookies.values()
    const answer = await attempt(' WangFang ', account.password)
    t.equal(answer.statusCode, 303)
    t.equal(answer.headers.location, '/')
    const [after] = visitor.cookies.values()
    t.not(before, after)
    t.match((await visitor.get('/account')).body, '王芳')
    const planted = new Visitor(await anApp(t, db))
    planted.cookies.set('hengjian_session', before ?? '')
    t.equal((await planted.get('/account')).statusCode, 303, 'the id from before opens nothing')
    t.match((await actions(db)).at(-1), {
      action: 'session.open',
      subject: 'wangfang',
      actor_name: '王芳',
    })
  },
)

await onEachDatabase(
  t,
  'five failures lock a name for 15 minutes and say until when',
  async (t, db) => {
    const { attempt, clock, account } = await aLogin(t, db)
    for (const round of [1, 2, 3, 4]) {
      const answer = await attempt('wangfang', `wrong ${round}`)
      t.equal(answer.statusCode, 422)
      t.match(answer.body, '登录名或密码不对，请重新填写。')
      t.match(answer.body, 'value="wangfang"', 'the name stays as typed')
    }
    const locked = await attempt('wangfang', 'wrong 5')
    t.equal(locked.statusCode, 429)
    t.match(locked.body, '已锁定到 09:15（北京时间）')
    clock.pass(14)
    const still = await attempt('wangfang', account.password)
    t.equal(still.statusCode, 429)
    t.match(still.body, '已锁定到 09:15（北京时间）', 'trying again does not make it longer')
    clock.pass(1)
    t.equal((await attempt('wangfang', account.password)).statusCode, 303)
    const recorded = (await actions(db)).map(({ action }) => action)
    t.same(recorded, [
      'account.add',
      ...Array(4).fill('sign-in.fail'),
      'sign-in.lock',
      'session.open',
    ])
  },
)

await onEachDatabase(
  t,
  'many guesses at once get no more tries than one after another',
  async (t, db) => {
    const { account } = await aLogin(t, db)
    const cost = testConfig().passwordCost
    const guess = (password: string) =>
      signInAction(db, { login: 'wangfang', password, cost, address: '', at: MORNING }).catch(
        (error) => error.code,
      )
    const answers = await Promise.all(Array.from({ length: 12 }, () => guess('wrong')))
    t.equal(await guess(account.password), 'SIGN_IN_LOCKED', 'the right one comes too late')
    t.equal(answers.filter((code) => code === 'SIGN_IN_REFUSED').length, 4)
    t.equal(answers.filter((code) => code === 'SIGN_IN_LOCKED').length, 8)
  },
)

t.test('a success in between starts the count anew', async (t) => {
  const { attempt, account } = await aLogin(t, await emptyDatabase())
  for (const round of [1, 2]) {
    for (const n of [1, 2, 3, 4]) t.equal((await attempt('wangfang', `no ${n}`)).statusCode, 422)
    t.equal((await attempt('wangfang', account.password)).statusCode, 303, `round ${round}`)
  }
})

t.test(
  'an unknown name gets the same answers as a wrong password, and is locked alike',
  async (t) => {
    const { app } = await aLogin(t, await emptyDatabase())
    for (const round of [1, 2, 3, 4, 5, 6]) {
      const answers = await Promise.all(
        ['wangfang', 'nobody'].map(async (login) => {
          const { statusCode, body } = await new Visitor(app).postForm('/login', {
            login,
            password: 'x',
          })
          return { statusCode, error: /<a href="#login">([^<]*)/.exec(body)?.[1] }
        }),
      )
      t.same(answers[0], answers[1], `attempt ${round}`)
      t.equal(answers[0]?.statusCode, round < 5 ? 422 : 429)
    }
  },
)

t.test('an unknown name takes as long as a wrong password', async (t) => {
  const db = await emptyDatabase()
  const cost = loadConfig({}).passwordCost
  await anAccount(db)
  const password_hash = await hashPassword('Morgentau 77', cost)
  await writingPast(db).updateTable('account').set({ password_hash }).execute()
  const took = async (login: string) => {
    const from = performance.now()
    await signInAction(db, { login, password: 'x', cost, address: '', at: MORNING }).catch(() => {})
    return performance.now() - from
  }
  await took('warm-up')
  const known = Math.min(await took('wangfang'), await took('wangfang'), await took('wangfang'))
  const unknown = Math.min(await took('nobody'), await took('nobody'), await took('nobody'))
  t.ok(unknown > known / 3 && unknown < known * 3, `${unknown} ms, ${known} ms`)
})

t.test('the ledger does not keep what was typed in place of a known name', async (t) => {
  const db = await emptyDatabase()
  const { attempt } = await aLogin(t, db)
  await attempt('Morgentau 77', 'wangfang')
  t.notMatch(JSON.stringify(await db.selectFrom('audit_entry').selectAll().execute()), /morgentau/i)
})

t.test('a disabled person learns that he is, once his password was right', async (t) => {
  const db = await emptyDatabase()
  const { attempt, account } = await aLogin(t, db)
  await writingPast(db).updateTable('account').set({ disabled_at: MORNING }).execute()
  t.match((await attempt('wangfang', 'wrong')).body, '登录名或密码不对')
  const answer = await attempt('wangfang', account.password)
  t.equal(answer.statusCode, 403)
  t.match(answer.body, '账号「wangfang」已停用，请联系系统管理员。')
})

await onEachDatabase(t, 'signing out is a form, ends the session and says so', async (t, db) => {
  const { app, account } = await aLogin(t, db)
  const visitor = await signIn(app, account)
  const cookie = new Map(visitor.cookies)
  t.equal((await visitor.get('/logout')).statusCode, 404)
  const answer = await visitor.postForm('/logout', {})
  t.equal(answer.headers.location, '/login')
  t.match((await visitor.get('/login')).body, '您已退出登录。')
  const thief = new Visitor(app)
  for (const [name, value] of cookie) thief.cookies.set(name, value)
  t.equal((await thief.get('/account')).statusCode, 303)
  t.match((await actions(db)).at(-1), { action: 'session.close', subject: 'wangfang' })
})

t.test('too many sign-ins from one address have to wait', async (t) => {
  const db = await emptyDatabase()
  const app = await anApp(t, db, { config: { rateLimits: { requests: 1000, signIns: 3 } } })
  const visitor = new Visitor(app)
  const answers = []
  for (const n of [1, 2, 3, 4]) {
    answers.push(await visitor.postForm('/login', { login: `nobody${n}`, password: 'x' }))
  }
  t.same(
    answers.map((answer) => answer.statusCode),
    [422, 422, 422, 429],
  )
  t.match(answers[3]?.body, /操作过于频繁，请在 \d+ 秒后再试。/)
})

t.test('passwords are hashed with argon2id, 19 MiB and 2 passes', async (t) => {
  const hashed = await hashPassword('Morgentau 77', loadConfig({}).passwordCost)
  t.match(hashed, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
})
