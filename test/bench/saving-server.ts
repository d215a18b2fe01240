/**
 * A server for test/bench/saving.ts, as a process of its own: the application, or the least that keeps a
 * mark as safely (Fastify and one insert that is on the disk when it is answered). It loads nothing of
 * tap: that follows every promise, which would be measured too.
 */

import formbody from '@fastify/formbody'
import SqliteDatabase from 'better-sqlite3'
import fastify, { type FastifyInstance } from 'fastify'
import { buildApp } from '../../server/app.ts'
import { openDatabase } from '../../server/store/database.ts'
import { testConfig } from '../helpers/test-config.ts'

const [kind, file = ''] = process.argv.slice(2)

async function application(): Promise<FastifyInstance> {
  const db = await openDatabase(`sqlite:${file}`)
  return buildApp({ db, config: testConfig(), now: () => new Date().toISOString() })
}

async function bare(): Promise<FastifyInstance> {
  const db = new SqliteDatabase(file)
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = FULL')
  db.exec('create table mark (id integer primary key, unit text, indicator text, mark text)')
  const insert = db.prepare('insert into mark (unit, indicator, mark) values (?, ?, ?)')
  const app = fastify()
  await app.register(formbody)
  app.post<{ Body: Record<string, string> }>('/marks', async ({ body }) => {
    insert.run(body.unit, body.indicator, body.mark)
    return { saved: true }
  })
  return app
}

const app = await (kind === 'bare' ? bare() : application())
process.stdout.write(`${await app.listen({ host: '127.0.0.1', port: 0 })}\n`)
