/** Every form carries a token of its session; one that does not changes nothing. */

import csrfProtection from '@fastify/csrf-protection'
import type { FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { formForeign } from '../errors.ts'

const SAFE: readonly string[] = ['GET', 'HEAD', 'OPTIONS']

export const csrf = fp(async (app) => {
  await app.register(csrfProtection, { sessionPlugin: '@fastify/session' })
  // Before anything of a foreign form is read, or kept for somebody to send again.
  app.addHook('onRequest', async (request) => {
    if (!SAFE.includes(request.method) && !request.is404 && isForeign(request)) throw formForeign()
  })
  app.addHook('preValidation', (request, reply, done) => {
    if (SAFE.includes(request.method) || request.is404) return done()
    app.csrfProtection(request, reply, done)
  })
  // The form has come through whole: what was kept of it has done its work.
  app.addHook('preHandler', async (request) => {
    const kept = request.session?.kept
    if (kept && !SAFE.includes(request.method) && kept.path === request.url) {
      delete request.session.kept
    }
  })
})

/** Browsers say where a form was sent from; those that do not are held to the token alone. */
function isForeign(request: FastifyRequest): boolean {
  const from = request.headers['sec-fetch-site']
  return from !== undefined && from !== 'same-origin' && from !== 'none'
}

/** The error of @fastify/csrf-protection: no token, or not of this session. */
export function isTokenFault(error: unknown): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('FST_CSRF_')
}

/** Whether a form was made on a page of the person who sends it now; a form that does not say so may be. */
export function isOwnForm(request: FastifyRequest): boolean {
  const { body, visitor } = request
  if (typeof body !== 'object' || body === null || !('_for' in body) || !visitor) return true
  return body._for === '' || body._for === request.server.formOwner(visitor.accountId)
}
