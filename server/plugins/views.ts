/** Pages: Handlebars templates of views/ inside the layout, strict, compiled once. */

import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import view from '@fastify/view'
import type { FastifyReply } from 'fastify'
import fp from 'fastify-plugin'
import Handlebars from 'handlebars'
import { ROLE_NAMES } from '../domain/actor.ts'
import { navigationFor } from './navigation.ts'

const FOLDER = join(import.meta.dirname, '..', '..', 'views')

/** What a template prints. `title` is the page's name; the rest is its own affair. */
export interface PageView {
  title: string
  /** the way here, from the outermost: shown above the page */
  breadcrumbs?: readonly { href: string; label: string }[]
  /** each fault of a form, linked to its field */
  errors?: readonly { href: string; message: string }[]
}

declare module 'fastify' {
  interface FastifyReply {
    /** sends views/<template>.hbs inside the layout */
    page: (template: string, view: PageView, status?: number) => Promise<FastifyReply>
    /** 303 to another page, which shows the notice once */
    seeOther: (href: string, notice?: string) => FastifyReply
  }
}

/** Indented with its partial, a text of several lines in a textarea would come back with other blanks. */
const COMPILE = { strict: true, preventIndent: true }

export const views = fp(async (app) => {
  const engine = Handlebars.create()
  engine.registerHelper('asset', (name: string) => app.asset(name))
  await app.register(view, {
    engine: { handlebars: engine },
    root: FOLDER,
    layout: 'layouts/main.hbs',
    production: app.config.templateCache,
    maxCache: 1000,
    options: { partials: partialFiles(), compileOptions: COMPILE },
  })
  app.decorateReply('page', page)
  app.decorateReply('seeOther', function seeOther(this: FastifyReply, href, notice) {
    if (notice !== undefined) this.request.session.notice = notice
    return this.redirect(href, 303)
  })
})

async function page(
  this: FastifyReply,
  template: string,
  view: PageView,
  status = 200,
): Promise<FastifyReply> {
  const html = await this.viewAsync(`${template}.hbs`, {
    breadcrumbs: [],
    errors: [],
    ...view,
    layout: layoutView(this, status),
    formOwner: this.request.visitor ? this.server.formOwner(this.request.visitor.accountId) : '',
    // Called only by a template that has a form: a token makes a session worth keeping.
    csrfToken: () => this.generateCsrf(),
  })
  return this.code(status).type('text/html; charset=utf-8').send(html)
}

function layoutView(reply: FastifyReply, status: number) {
  const { visitor, mustChangePassword, url } = reply.request
  const path = url.split('?', 1)[0] ?? '/'
  return {
    actor: visitor
      ? { name: visitor.name, roles: visitor.roles.map((role) => ROLE_NAMES[role]).join('、') }
      : null,
    navigation: visitor && !mustChangePassword ? navigationFor(visitor, path) : [],
    notice: takeNotice(reply),
    faulty: status === 422,
  }
}

/** What the page before wanted said here, once. */
function takeNotice({ request }: FastifyReply): string | null {
  // Before the session is read (an early error) there is none.
  const notice = request.session?.notice
  if (notice === undefined) return null
  delete request.session.notice
  return notice
}

/** Partials by name, such as `csrf`, each with its file. */
function partialFiles(): Record<string, string> {
  const files = readdirSync(join(FOLDER, 'partials')).filter((file) => file.endsWith('.hbs'))
  return Object.fromEntries(files.map((file) => [file.slice(0, -4), `partials/${file}`]))
}
