/** Errors for a route that a script asks: the same words as on a page, as JSON. */

import type { FastifyReply, FastifyRequest } from 'fastify'
import type { AppError } from '../errors.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** asked by a script of a page, which says itself what went wrong and keeps what was typed */
    answersJson?: boolean
  }
}

/** Whether a request wants to be told in JSON what went wrong. */
export function wantsJson(request: FastifyRequest): boolean {
  return request.routeOptions.config.answersJson === true
}

/** Answers with an error's status, code and words. */
export function sendJsonError(
  reply: FastifyReply,
  { code, status, message }: AppError,
): FastifyReply {
  return reply.code(status).send({ error: { code, message } })
}
