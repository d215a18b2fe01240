import { once } from 'node:events'
import { connect } from 'node:net'
import t from 'tap'
import { openDatabase } from '../server/store/database.ts'
import { newDatabaseUrl } from './helpers/database.ts'
import { startServer } from './helpers/server-process.ts'

t.test(
  'a fresh start makes an administrator, prints his password once, serves and closes',
  async (t) => {
    const url = await newDatabaseUrl('SQLite')
    const first = await startServer(t, { DATABASE_URL: url })
    t.match(first.printed.stdout, /登录名：admin {2}一次性密码：([a-z2-9]{4}-){3}[a-z2-9]{4}\n/)
    const page = await fetch(`${first.address}/login`)
    t.equal(page.status, 200)
    t.match(await page.text(), '<h1>登录</h1>')
    first.child.kill('SIGTERM')
    t.same(await first.ended, [0, null])

    const second = await startServer(t, { DATABASE_URL: url })
    t.notMatch(second.printed.stdout, '密码')
    t.equal((await fetch(`${second.address}/login`)).status, 200)
    second.child.kill('SIGINT')
    t.same(await second.ended, [0, null])

    const db = await openDatabase(url)
    t.teardown(() => db.destroy())
    const accounts = await db
      .selectFrom('account')
      .select(['login', 'must_change_password'])
      .execute()
    t.same(accounts, [{ login: 'admin', must_change_password: 1 }])
  },
)

t.test(
  'a browser that holds a connection without asking does not keep it from ending',
  async (t) => {
    const server = await startServer(t, { DATABASE_URL: await newDatabaseUrl('SQLite') })
    const { hostname, port } = new URL(server.address)
    const idle = connect(Number(port), hostname)
    t.teardown(() => idle.destroy())
    await once(idle, 'connect')
    server.child.kill('SIGTERM')
    t.same(await server.ended, [0, null])
  },
)

t.test('a database of a newer program is refused with words', async (t) => {
  const url = await newDatabaseUrl('SQLite')
  const first = await startServer(t, { DATABASE_URL: url })
  first.child.kill('SIGTERM')
  await first.ended
  const db = await openDatabase(url)
  const name = '20990101-0000-from-the-future'
  await db
    .withTables<{ kysely_migration: { name: string; timestamp: string } }>()
    .insertInto('kysely_migration')
    .values({ name, timestamp: '' })
    .execute()
  await db.destroy()
  const refused = await startServer(t, { DATABASE_URL: url })
  t.same(await refused.ended, [1, null])
  t.match(refused.printed.stderr, '数据库由更新版本的程序建立')
  t.notMatch(refused.printed.stderr, '    at ')
})

t.test('a port that is taken is named', async (t) => {
  const first = await startServer(t, { DATABASE_URL: await newDatabaseUrl('SQLite') })
  const port = new URL(first.address).port
  const second = await startServer(t, { DATABASE_URL: await newDatabaseUrl('SQLite'), PORT: port })
  t.same(await second.ended, [1, null])
  t.match(second.printed.stderr, `127.0.0.1:${port} 已被其他程序占用`)
})

t.test('a faulty configuration is named before anything is opened', async (t) => {
  const refused = await startServer(t, { PORT: 'abc', LOG_LEVEL: 'loud' })
  t.same(await refused.ended, [1, null])
  t.match(refused.printed.stderr, /PORT .*\n.*LOG_LEVEL/)
})
