/** Addresses as they are typed: what is no address, or asks twice for one thing, breaks nothing. */

import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { requestMalformed } from '../errors.ts'

/** The most characters of a code in an address: codes of an index are anybody's own. */
export const LONGEST_CODE = 1000

/** Each name of a query with its first value, so that a route never meets a list where it reads a text. */
export function readQuery(text: string): Record<string, string> {
  return Object.fromEntries([...new URLSearchParams(text)].reverse())
}

/** Answers an address in which no route is to be found. It comes before plugins and pages, so in plain words. */
export function answerUnreadable(
  error: FastifyError,
  _request: FastifyRequest,
  reply: FastifyReply,
): void {
  reply
    .code(error.statusCode ?? 400)
    .headers({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' })
    .type('text/plain; charset=utf-8')
    .send(requestMalformed([]).message)
}

export const address = fp(async (app) => {
  // PostgreSQL knows no NUL, so there is nothing of such a name.
  app.addHook('onRequest', async ({ url }) => {
    if (url.includes('%00')) throw requestMalformed([])
  })
})
