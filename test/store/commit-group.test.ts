/** Transactions of one SQLite file that are committed together. */

import { sql } from 'kysely'
import t, { type Test } from 'tap'
import { type Database, openDatabase } from '../../server/store/database.ts'
import { newDatabaseUrl } from '../helpers/database.ts'

/** A file with a table of notes, opened twice: here, and as another program would. */
async function notes(t: Test): Promise<{ db: Database; other: Database }> {
  const url = await newDatabaseUrl('SQLite')
  const [db, other] = [await openDatabase(url), await openDatabase(url)]
  t.teardown(() => Promise.all([db.destroy(), other.destroy()]))
  await sql`create table note (text text primary key)`.execute(db)
  return { db, other }
}

const write = (db: Database, text: string) => sql`insert into note values (${text})`.execute(db)

async function read(db: Database): Promise<string[]> {
  const { rows } = await sql<{ text: string }>`select text from note order by text`.execute(db)
  return rows.map((row) => row.text)
}

const kinds = (all: readonly PromiseSettledResult<unknown>[]) => all.map(({ status }) => status)

t.test('transactions that come at the same moment are one commit', async (t) => {
  const { db, other } = await notes(t)
  const seen: [here: number, elsewhere: number][] = []
  await Promise.all(
    ['a', 'b', 'c'].map((text) =>
      db.transaction().execute(async (trx) => {
        await write(trx, text)
        seen.push([(await read(trx)).length, (await read(other)).length])
      }),
    ),
  )
  t.strictSame(seen, [
    [1, 0],
    [2, 0],
    [3, 0],
  ])
  t.strictSame(await read(other), ['a', 'b', 'c'])
})

t.test('what is not committed yet is seen by nobody else, and not answered', async (t) => {
  const { db, other } = await notes(t)
  const seen: string[][] = []
  const answered: string[] = []
  const first = db.transaction().execute((trx) => write(trx, 'a'))
  const second = db.transaction().execute(async (trx) => {
    await write(trx, 'b')
    seen.push(await read(trx), await read(db), await read(other))
    t.strictSame(answered, [], 'the first waits for the commit that it shares')
  })
  await Promise.all([first.then(() => answered.push('a')), second.then(() => answered.push('b'))])
  t.strictSame(seen, [['a', 'b'], [], []])
  t.strictSame(answered, ['a', 'b'])
  t.strictSame(await read(db), ['a', 'b'], 'whoever was answered reads what he wrote')
})

t.test('one that fails is undone, and the others of its group are kept', async (t) => {
  const { db, other } = await notes(t)
  const all = await Promise.allSettled([
    db.transaction().execute((trx) => write(trx, 'a')),
    db.transaction().execute(async (trx) => {
      await write(trx, 'b')
      throw new Error('no')
    }),
    db.transaction().execute(async (trx) => {
      await write(trx, 'c')
      await write(trx, 'a')
    }),
    write(db, 'a'),
    write(db, 'd'),
  ])
  t.strictSame(kinds(all), ['fulfilled', 'rejected', 'rejected', 'rejected', 'fulfilled'])
  t.match(all[1], { reason: { message: 'no' } })
  t.match(all[2], { reason: { message: /UNIQUE/ } })
  t.strictSame(await read(other), ['a', 'd'])
})

t.test('where the commit fails nobody is told that he was saved', async (t) => {
  const { db, other } = await notes(t)
  await sql`create table answer (note text references note deferrable initially deferred)`.execute(
    db,
  )
  const all = await Promise.allSettled([
    db.transaction().execute((trx) => write(trx, 'a')),
    db.transaction().execute((trx) => sql`insert into answer values ('none')`.execute(trx)),
    db.transaction().execute((trx) => write(trx, 'b')),
  ])
  t.strictSame(kinds(all), ['rejected', 'rejected', 'rejected'])
  t.strictSame(await read(other), [])
  await db.transaction().execute((trx) => write(trx, 'c'))
  t.strictSame(await read(other), ['c'], 'and the next is saved')
})

t.test('on a full disk who is told that he was saved is, and nobody else', async (t) => {
  const { db, other } = await notes(t)
  await write(db, 'before')
  await db.transaction().execute((trx) => sql`pragma max_page_count = 8`.execute(trx))
  const long = 'x'.repeat(1 << 20)
  const texts = ['a', long, 'b']
  const all = await Promise.allSettled(
    texts.map((text) => db.transaction().execute((trx) => write(trx, text))),
  )
  const kept = texts.filter((_, place) => all[place]?.status === 'fulfilled')
  t.notOk(kept.includes(long))
  t.strictSame(await read(other), [...kept, 'before'].sort())
  await write(db, 'after')
  t.ok((await read(other)).includes('after'))
})

t.test('more than fit one group are all kept', async (t) => {
  const { db, other } = await notes(t)
  const texts = Array.from({ length: 250 }, (_, place) => String(place + 1000))
  await Promise.all(texts.map((text) => db.transaction().execute((trx) => write(trx, text))))
  t.strictSame(await read(other), texts)
})

t.test('a database in memory does what a file does', async (t) => {
  const db = await openDatabase('sqlite::memory:')
  t.teardown(() => db.destroy())
  await sql`create table note (text text primary key)`.execute(db)
  const all = await Promise.allSettled([
    db.transaction().execute((trx) => write(trx, 'a')),
    db.transaction().execute((trx) => write(trx, 'a')),
    db
      .transaction()
      .setAccessMode('read only')
      .execute((trx) => read(trx)),
  ])
  t.strictSame(kinds(all), ['fulfilled', 'rejected', 'fulfilled'])
  t.strictSame(await read(db), ['a'])
})
