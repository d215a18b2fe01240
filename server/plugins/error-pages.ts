/** Errors as pages: what happened, what to do, a way back, and what was typed. */

import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import {
  AppError,
  bodyTooLarge,
  formOthers,
  formOutdated,
  pageNotFound,
  programFault,
  requestMalformed,
} from '../errors.ts'
import { keptFormView } from '../form.ts'
import { isOwnForm, isTokenFault } from './csrf.ts'
import { sendJsonError, wantsJson } from './json-errors.ts'
import { formOf } from './kept-form.ts'

/** After these the same form can be sent again as it is. */
const WORTH_REPEATING: readonly string[] = ['FORM_OUTDATED', 'TOO_MANY_REQUESTS', 'PROGRAM_FAULT']

const TITLES: Readonly<Record<number, string>> = {
  401: '请先登录',
  403: '没有权限',
  404: '找不到这一页',
  409: '没有保存',
  422: '填写有误',
  429: '请稍候再试',
  500: '程序出错了',
}

export const errorPages = fp(async (app) => {
  app.setErrorHandler<FastifyError>(async (error, request, reply) => {
    if (isTokenFault(error) && !request.visitor) return reply.askToSignIn()
    const shown = shownError(error, request)
    if (shown.status >= 500) request.log.error({ err: error }, 'request failed')
    return wantsJson(request) ? sendJsonError(reply, shown) : showError(shown, reply)
  })
  app.setNotFoundHandler({ preHandler: app.rateLimit() }, (request, reply) =>
    showError(pageNotFound(request.url), reply),
  )
})

/** What the person is told: only an AppError's own words; anything else keeps its details to the log. */
function shownError(error: FastifyError, request: FastifyRequest): AppError {
  if (error instanceof AppError) return error
  if (isTokenFault(error)) return isOwnForm(request) ? formOutdated() : formOthers()
  if (error.statusCode === 413) return bodyTooLarge()
  if (error.validation) return requestMalformed(error.validation.map(fieldName))
  if (error.statusCode !== undefined && error.statusCode < 500) return requestMalformed([])
  return programFault(request.id)
}

function fieldName({ instancePath, params }: { instancePath: string; params: object }): string {
  const missing = 'missingProperty' in params ? String(params.missingProperty) : ''
  return `${instancePath}/${missing}`.split('/').filter(Boolean).join('.')
}

async function showError(error: AppError, reply: FastifyReply): Promise<FastifyReply> {
  const { request } = reply
  const kept = WORTH_REPEATING.includes(error.code)
    ? formOf(request, request.visitor?.accountId)
    : undefined
  const view = {
    title: error.code.startsWith('FORM_') ? '没有保存' : (TITLES[error.status] ?? '无法继续'),
    message: error.message,
    back: wayBack(request),
    kept: kept ? keptFormView(kept) : null,
  }
  try {
    return await reply.page('errors/show', view, error.status)
  } catch (fault) {
    request.log.error({ err: fault }, 'the error page itself failed')
    return reply.code(500).type('text/plain; charset=utf-8').send(`${view.title}：${view.message}`)
  }
}

/** The page the person came from, if it is one of ours and not this one. */
function wayBack(request: FastifyRequest): { href: string; label: string } {
  const referer = request.headers.referer
  const from = referer === undefined ? null : URL.parse(referer)
  const href = from && from.host === request.host ? `${from.pathname}${from.search}` : '/'
  // `//host/path` would lead to another host.
  if (href === '/' || href === request.url || href.startsWith('//')) {
    return { href: '/', label: '回到首页' }
  }
  return { href, label: '返回上一页' }
}
