/** Who may use a route. A route that does not say so does not start. */

import type { FastifyReply, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { type Actor, hasRole, type Role } from '../domain/actor.ts'
import { roleNeeded, signInNeeded } from '../errors.ts'
import { actorOf } from '../store/accounts.ts'

/** Everybody, everybody who has signed in, or those with one of the roles. */
export type Access = 'public' | 'signed-in' | readonly Role[]

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: Access
    /** may be used before a first password is changed */
    duringPasswordChange?: boolean
  }
  interface FastifyRequest {
    /** who is signed in, if anybody */
    visitor: Actor | undefined
    /** who is signed in: on every route that is not public there is somebody */
    readonly actor: Actor
    mustChangePassword: boolean
  }
}

export const access = fp(async (app) => {
  app.addHook('onRoute', (route) => {
    if (route.config?.access === undefined) {
      throw new Error(`${route.method} ${route.url} does not say who may use it (config.access)`)
    }
  })
  app.decorateRequest('visitor', undefined)
  app.decorateRequest('mustChangePassword', false)
  app.decorateRequest('actor', {
    getter() {
      if (!this.visitor) throw signInNeeded()
      return this.visitor
    },
  })
  app.addHook('onRequest', async (request) => recognise(request))
  // Not earlier: what was typed must have been read, so that it can be kept.
  app.addHook('preValidation', enforce)
})

function recognise(request: FastifyRequest): void {
  const account = request.session.account?.()
  if (!account || account.disabledAt !== null) return
  request.visitor = actorOf(account)
  request.mustChangePassword = account.mustChangePassword
}

async function enforce(request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
  if (request.is404) return
  const { access: needed = [], duringPasswordChange = false } = request.routeOptions.config
  if (needed === 'public') return
  if (!request.visitor) return askToSignIn(request, reply)
  if (request.mustChangePassword && !duringPasswordChange) {
    return reply.redirect('/account/password', 303)
  }
  if (needed !== 'signed-in' && !hasRole(request.visitor, ...needed)) throw roleNeeded(needed)
}

/** A page is asked for again after signing in; what was typed into a form goes through the sign-in page. */
function askToSignIn(request: FastifyRequest, reply: FastifyReply): unknown {
  if (request.method === 'GET' || request.method === 'HEAD') {
    return reply.redirect(`/login?next=${encodeURIComponent(request.url)}`, 303)
  }
  return reply.askToSignIn()
}
