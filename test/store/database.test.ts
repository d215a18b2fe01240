import { execFile } from 'node:child_process'
import { setTimeout as wait } from 'node:timers/promises'
import { promisify } from 'node:util'
import { sql } from 'kysely'
import t from 'tap'
import { openDatabase } from '../../server/store/database.ts'
import { newDatabaseUrl, onEachDatabase, writingPast } from '../helpers/database.ts'

onEachDatabase(t, 'whole numbers beyond 32 bits come back as numbers', async (t, db) => {
  await writingPast(db)
    .updateTable('sequence')
    .set({ last: Number.MAX_SAFE_INTEGER })
    .where('name', '=', 'audit_entry')
    .execute()
  const row = await db
    .selectFrom('sequence')
    .select((eb) => ['last', eb.fn.countAll<number>().over().as('rows')])
    .executeTakeFirstOrThrow()
  t.same(row, { last: Number.MAX_SAFE_INTEGER, rows: 1 })
})

onEachDatabase(t, 'a row that refers to nothing is refused', async (t, db) => {
  await t.rejects(
    db.insertInto('account_role').values({ account_id: 'nobody', role: 'admin' }).execute(),
    /foreign key/i,
  )
})

onEachDatabase(t, 'a transaction that fails leaves nothing behind', async (t, db) => {
  await t.rejects(
    db.transaction().execute(async (trx) => {
      await trx.insertInto('setting').values({ name: 'a', value: '1' }).execute()
      throw new Error('no')
    }),
    /no/,
  )
  t.same(await db.selectFrom('setting').selectAll().execute(), [])
})

t.test('a SQLite file is opened so that a commit survives a power cut', async (t) => {
  const db = await openDatabase(await newDatabaseUrl('SQLite'))
  t.teardown(() => db.destroy())
  const read = async (name: string) => (await sql.raw(`pragma ${name}`).execute(db)).rows
  t.same(await read('journal_mode'), [{ journal_mode: 'wal' }])
  t.same(await read('synchronous'), [{ synchronous: 2 }])
  t.same(await read('foreign_keys'), [{ foreign_keys: 1 }])
  t.same(await read('busy_timeout'), [{ timeout: 5000 }])
})

/** Raises the counter in `url` 100 times, reading it before it writes. */
const COUNTING = `
  import { sql } from 'kysely'
  const { openDatabase } = await import(process.argv[1])
  const db = await openDatabase(process.argv[2])
  for (let round = 0; round < 100; round += 1) {
    await db.transaction().execute(async (trx) => {
      const { rows } = await sql\`select n from counter\`.execute(trx)
      await sql\`update counter set n = \${rows[0].n + 1}\`.execute(trx)
    })
  }
`

t.test('two programs that read before they write to one SQLite file both succeed', async (t) => {
  const url = await newDatabaseUrl('SQLite')
  const db = await openDatabase(url)
  t.teardown(() => db.destroy())
  await sql`create table counter (n integer not null)`.execute(db)
  await sql`insert into counter values (0)`.execute(db)
  const opener = new URL('../../server/store/database.ts', import.meta.url).href
  const count = () =>
    promisify(execFile)(process.execPath, ['--input-type=module', '-e', COUNTING, opener, url])
  await Promise.all([count(), count()])
  t.same((await sql`select n from counter`.execute(db)).rows, [{ n: 200 }])
})

t.test('a connection that PostgreSQL closes is replaced, and the program goes on', async (t) => {
  const url = await newDatabaseUrl('PostgreSQL')
  const [db, other] = [await openDatabase(url), await openDatabase(url)]
  t.teardown(() => Promise.all([db.destroy(), other.destroy()]))
  const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(db)
  await sql`select pg_terminate_backend(${rows[0]?.pid})`.execute(other)
  // Time for the news to arrive at the idle connection, where it is an event and no failed query.
  await wait(100)
  t.strictSame((await sql`select 1 as one`.execute(db)).rows, [{ one: 1 }])
})

t.test('an address that names neither database is refused in words', async (t) => {
  await t.rejects(openDatabase('mysql://localhost/x'), { message: /sqlite: 或 postgres:/ })
})

t.test(
  'a database that cannot be opened is named, with what to do and without a password',
  async (t) => {
    const folder = t.testdir({ 'notes.txt': 'x'.repeat(4096), plain: 'a file' })
    await t.rejects(openDatabase(`sqlite:${folder}/notes.txt`), {
      message: /notes\.txt」打不开：这个文件不是 SQLite 数据库。/,
    })
    await t.rejects(openDatabase(`sqlite:${folder}/plain/x.db`), {
      message: /请检查 DATABASE_URL，以及对文件和所在文件夹的读写权限/,
    })
    await t.rejects(openDatabase(`sqlite:${folder}`), { message: /读写权限/ })
    await t.rejects(openDatabase('postgres://hj:ge:h@im@127.0.0.1:1/hj'), {
      message: /「postgres:\/\/hj@127\.0\.0\.1:1\/hj」打不开：没有程序在这个地址应答。/,
    })
    const url = await newDatabaseUrl('PostgreSQL')
    await t.rejects(openDatabase(url.replace(/hengjian_test_\w+/, 'absent')), {
      message: /没有这个名称的数据库。/,
    })
  },
)
