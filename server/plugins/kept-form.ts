/**
 * What was typed is never lost: a form that comes in without a session, or with an outdated token, is
 * shown again to the same person, to be sent with a fresh token. In between it travels through the
 * sign-in page, signed, and bound to the account that typed it.
 */

import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { sessionExpired } from '../errors.ts'
import { type KeptForm, typedText } from '../form.ts'
import { settingOrMade } from '../store/settings.ts'
import { sendJsonError, wantsJson } from './json-errors.ts'

/** By field name. Where a function makes them from what was typed, fields it leaves out are not shown. */
type Labels = Readonly<Record<string, string>>

declare module 'fastify' {
  interface FastifyContextConfig {
    /** what the fields of this route's form are called, should they have to be shown again */
    fieldLabels?: Labels | ((fields: KeptForm['fields']) => Labels)
  }
  interface FastifyInstance {
    /** a sealed form's content, if the seal is whole */
    openKeptForm: (sealed: string) => KeptForm | undefined
    /** marks a page's forms as made for one account */
    formOwner: (accountId: string) => string
  }
  interface FastifyReply {
    /** 401 with the sign-in page, which carries what was typed */
    askToSignIn: () => Promise<FastifyReply>
  }
}

export const keptForm = fp(async (app) => {
  const secret = await settingOrMade(app.db, 'form_secret', () => randomBytes(32).toString('hex'))
  const sign = (text: string) => createHmac('sha256', secret).update(text).digest('base64url')

  app.decorate('openKeptForm', (sealed: string) => {
    const [body = '', seal = ''] = sealed.split('.')
    if (!sameText(seal, sign(`kept ${body}`))) return undefined
    const form: KeptForm = JSON.parse(Buffer.from(body, 'base64url').toString())
    return form
  })
  app.decorate('formOwner', (accountId: string) => sign(`owner ${accountId}`).slice(0, 16))
  app.decorateReply('askToSignIn', async function askToSignIn(this: FastifyReply) {
    if (wantsJson(this.request)) return sendJsonError(this, sessionExpired())
    return this.page('login/show', signInView(this.request, sealedForm(this.request)), 401)
  })

  function sealedForm(request: FastifyRequest): string {
    const form = formOf(request, request.session.formerAccountId)
    if (form === undefined) return ''
    const body = Buffer.from(JSON.stringify(form)).toString('base64url')
    return `${body}.${sign(`kept ${body}`)}`
  }
})

/**
 * The form a request brought, as it can be shown again; undefined if there is nothing to keep.
 *
 * @param accountId who typed it
 */
export function formOf(
  request: FastifyRequest,
  accountId: string | undefined,
): KeptForm | undefined {
  if (request.routeOptions.config.access === 'public') return undefined
  const fields = typedFields(request.body)
  if (accountId === undefined || fields.length === 0) return undefined
  const given = request.routeOptions.config.fieldLabels ?? {}
  const path = request.url
  if (typeof given !== 'function') return { path, fields, labels: given, accountId }
  return { path, fields, labels: given(fields), onlyLabelled: true, accountId }
}

/** Everything views/login/show.hbs prints when a form came in that nobody is signed in for. */
function signInView(request: FastifyRequest, kept: string) {
  if (request.routeOptions.config.access === 'public') {
    const message = '登录页打开得太久，请再填一次密码。'
    const { body } = request
    const [login, next, carried] = ['login', 'next', 'kept'].map((name) => typedText(body, name))
    return { ...BLANK, message, login, next, kept: carried }
  }
  const message = kept
    ? '您的登录已过期。刚才填写的内容没有丢失，重新登录后可以继续提交。'
    : '您的登录已过期，或尚未登录，请先登录。'
  return { ...BLANK, message, kept }
}

const BLANK = { title: '登录', message: null, login: '', next: '', kept: '', error: null }

/** Names and values as typed, without tokens, passwords and files. */
function typedFields(body: unknown): [string, string][] {
  if (typeof body !== 'object' || body === null) return []
  return Object.entries(body)
    .filter(([name]) => !name.startsWith('_') && !/password|kept/i.test(name))
    .flatMap(([name, value]): [string, string][] =>
      (Array.isArray(value) ? value : [value])
        .filter((one) => typeof one === 'string')
        .map((one) => [name, one]),
    )
}

function sameText(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)]
  return a.length === b.length && timingSafeEqual(a, b)
}
