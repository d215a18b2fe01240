/** What every route stands on: the database, the clock, the configuration. */

import fp from 'fastify-plugin'
import type { Config } from '../config.ts'
import type { Database } from '../store/database.ts'

declare module 'fastify' {
  interface FastifyInstance {
    db: Database
    /** the moment, as ISO-8601 UTC text */
    now: () => string
    config: Config
  }
}

export interface Ground {
  db: Database
  now: () => string
  config: Config
}

export const database = fp<Ground>(async (app, { db, now, config }) => {
  app.decorate('db', db)
  app.decorate('now', now)
  app.decorate('config', config)
})
