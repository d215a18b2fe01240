/** How many requests one person, or one address before signing in, may make. */

import rateLimit from '@fastify/rate-limit'
import fp from 'fastify-plugin'
import { tooManyRequests } from '../errors.ts'

export const rateLimits = fp(async (app) => {
  await app.register(rateLimit, {
    max: app.config.rateLimits.requests,
    timeWindow: '1 minute',
    // A whole building may share one address, so people are told apart as soon as they can be.
    keyGenerator: (request) => request.visitor?.accountId ?? request.ip,
    errorResponseBuilder: (_request, { ttl }) => tooManyRequests(Math.ceil(ttl / 1000)),
    addHeaders: {
      'x-ratelimit-limit': false,
      'x-ratelimit-remaining': false,
      'x-ratelimit-reset': false,
    },
    addHeadersOnExceeding: {
      'x-ratelimit-limit': false,
      'x-ratelimit-remaining': false,
      'x-ratelimit-reset': false,
    },
  })
})
