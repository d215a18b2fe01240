import { readdirSync } from 'node:fs'
import { sql } from 'kysely'
import t from 'tap'
import { openDatabase } from '../server/store/database.ts'
import { migrateToLatest, NewerSchema } from '../server/store/migrator.ts'
import { DATABASE_KINDS, newDatabaseUrl, onEachDatabase } from './helpers/database.ts'

const shipped = readdirSync(new URL('../migrations', import.meta.url))
  .sort()
  .map((file) => ({ name: file.replace(/\.ts$/, '') }))

const executed = sql<{ name: string }>`select name from kysely_migration order by name`

for (const kind of DATABASE_KINDS) {
  t.test(
    `three programs that start at once migrate an empty database once (${kind})`,
    async (t) => {
      const url = await newDatabaseUrl(kind)
      const programs = await Promise.all([1, 2, 3].map(() => openDatabase(url)))
      t.teardown(() => Promise.all(programs.map((db) => db.destroy())))
      await Promise.all(programs.map((db) => migrateToLatest(db)))
      for (const db of programs) {
        t.same((await executed.execute(db)).rows, shipped)
      }
    },
  )
}

onEachDatabase(t, 'migrating a database that is up to date changes nothing', async (t, db) => {
  await db.insertInto('setting').values({ name: 'kept', value: 'yes' }).execute()
  await migrateToLatest(db)
  t.same(await db.selectFrom('setting').selectAll().execute(), [{ name: 'kept', value: 'yes' }])
})

onEachDatabase(t, 'a database of a newer program is refused and left alone', async (t, db) => {
  await sql`insert into kysely_migration (name, timestamp) values ('20991231-0000-later', '')`.execute(
    db,
  )
  t.teardown(() => sql`delete from kysely_migration where name like '2099%'`.execute(db))
  await t.rejects(migrateToLatest(db), NewerSchema)
  await t.rejects(migrateToLatest(db), { message: /更新版本的程序.*20991231-0000-later/ })
  t.equal((await executed.execute(db)).rows.length, shipped.length + 1)
})
