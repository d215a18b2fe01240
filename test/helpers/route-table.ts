/** Every route of the real program with who may use it, as Fastify registers them. */

import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { FastifyInstance } from 'fastify'
import type { Test } from 'tap'
import type { Access } from '../../server/plugins/access.ts'
import { anApp } from './app.ts'
import { emptyDatabase } from './database.ts'

/** @returns by method and path, such as `GET /cycles/:id`; HEAD is as GET */
export async function routeTable(t: Test): Promise<Map<string, Access>> {
  const routes = new Map<string, Access>()
  const watch = (message: unknown) => {
    // Fastify hands over the application before anything is registered.
    const { fastify } = message as { fastify: FastifyInstance }
    fastify.addHook('onRoute', ({ method, url, config }) => {
      for (const each of [method].flat().filter((name) => name !== 'HEAD')) {
        routes.set(`${each} ${url}`, config?.access ?? [])
      }
    })
  }
  subscribe('fastify.initialization', watch)
  await (await anApp(t, await emptyDatabase())).ready()
  unsubscribe('fastify.initialization', watch)
  return routes
}
