/** Styles, scripts and pictures from views/assets, each under an address that changes with its bytes. */

import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import fastifyStatic from '@fastify/static'
import fp from 'fastify-plugin'
import { pageNotFound } from '../errors.ts'

const FOLDER = join(import.meta.dirname, '..', '..', 'views', 'assets')

declare module 'fastify' {
  interface FastifyInstance {
    /** the address of a file of views/assets, such as `app.css` */
    asset: (name: string) => string
  }
}

export const assets = fp(async (app) => {
  const addresses = hashedAddresses()
  app.decorate('asset', (name: string) => {
    const address = addresses.get(name)
    if (address === undefined) throw new Error(`views/assets has no ${name}`)
    return address
  })
  // A scope of its own, made before sessions exist: a picture needs no database.
  await app.register(async (scope) => {
    await scope.register(fastifyStatic, { root: FOLDER, serve: false, cacheControl: false })
    scope.get<{ Params: { '*': string }; Querystring: { v?: string } }>(
      '/assets/*',
      { config: { access: 'public' } },
      (request, reply) => {
        const name = request.params['*']
        const address = addresses.get(name)
        if (address === undefined) throw pageNotFound(request.url)
        const current = request.query.v !== undefined && address.endsWith(`?v=${request.query.v}`)
        reply.header('cache-control', current ? 'public, max-age=31536000, immutable' : 'no-cache')
        return reply.sendFile(name)
      },
    )
  })
})

function hashedAddresses(): Map<string, string> {
  const files = readdirSync(FOLDER, { recursive: true, withFileTypes: true })
  return new Map(
    files
      .filter((file) => file.isFile())
      .map((file) => {
        const path = join(file.parentPath, file.name)
        const name = relative(FOLDER, path).split(sep).join('/')
        const hash = createHash('sha256').update(readFileSync(path)).digest('hex').slice(0, 12)
        return [name, `/assets/${name}?v=${hash}`]
      }),
  )
}
