/** Every template compiles, finds its partials, is used, and has nothing inline that the policy blocks. */

import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import Handlebars from 'handlebars'
import t from 'tap'

const ROOT = join(import.meta.dirname, '..')
const VIEWS = join(ROOT, 'views')

function filesUnder(folder: string, ending: string): { name: string; text: string }[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile() && file.name.endsWith(ending))
    .map((file) => join(file.parentPath, file.name))
    .map((path) => ({ name: relative(folder, path), text: readFileSync(path, 'utf8') }))
}

const templates = filesUnder(VIEWS, '.hbs')
const partials = templates.filter(({ name }) => name.startsWith('partials/'))
const pages = templates.filter(({ name }) => !/^(partials|layouts)\//.test(name))
const server = filesUnder(join(ROOT, 'server'), '.ts')
  .map(({ text }) => text)
  .join('\n')
const everyTemplate = templates.map(({ text }) => text).join('\n')

/** The names after `{{>`, with the template they stand in. */
const uses = templates.flatMap(({ name, text }) =>
  [...text.matchAll(/\{\{#?>\s*([\w/-]+)/g)].map(([, partial]) => ({ name, partial })),
)

t.test('there are templates to look at', async (t) => {
  t.ok(pages.length >= 8 && partials.length >= 8)
})

t.test('every template compiles in strict mode', async (t) => {
  for (const { name, text } of templates) {
    t.doesNotThrow(() => Handlebars.precompile(text, { strict: true }), name)
  }
})

t.test('every partial that a template names is there', async (t) => {
  const known = partials.map(({ name }) => name.slice('partials/'.length, -'.hbs'.length))
  for (const { name, partial } of uses) t.ok(known.includes(String(partial)), `${name}: ${partial}`)
})

t.test('every partial is used', async (t) => {
  for (const { name } of partials) {
    const own = name.slice('partials/'.length, -'.hbs'.length)
    t.ok(
      uses.some(({ partial }) => partial === own),
      name,
    )
  }
})

t.test('every page is shown by some route or plugin', async (t) => {
  for (const { name } of pages) t.match(server, `'${name.slice(0, -'.hbs'.length)}'`, name)
})

t.test('no template has a script, a style or a handler of its own', async (t) => {
  for (const { name, text } of templates) {
    t.notMatch(text, /<style|\sstyle\s*=|\son[a-z]+\s*=|javascript:/i, name)
    t.notMatch(text, /<script(?![^>]*\ssrc=)/i, name)
  }
})

t.test('only the layout prints something unescaped, and that is the page', async (t) => {
  const raw = [...everyTemplate.matchAll(/\{\{\{[^}]*\}\}\}|\{\{&[^}]*\}\}/g)].map(([text]) => text)
  t.same(raw, ['{{{body}}}'])
})

t.test('every form that changes something carries its token', async (t) => {
  for (const { name, text } of templates) {
    for (const [form] of text.matchAll(/<form[^>]*method="post"[\s\S]*?<\/form>/g)) {
      t.match(form, '{{> csrf}}', `${name}: ${form.slice(0, 60)}`)
    }
    t.notMatch(text.replaceAll(/<form[^>]*method="(get|post)"/g, ''), '<form', name)
  }
})

t.test('every file that the layout or a page names is there', async (t) => {
  const assets = readdirSync(join(VIEWS, 'assets'), { recursive: true }).map(String)
  for (const [, name] of everyTemplate.matchAll(/\{\{asset '([^']+)'\}\}/g)) {
    t.ok(assets.includes(String(name)), String(name))
  }
  t.notMatch(everyTemplate, /(src|href)="(https?:)?\/\//, 'nothing comes from outside')
})

t.test('styles fetch nothing from outside', async (t) => {
  for (const { name, text } of filesUnder(join(VIEWS, 'assets'), '.css')) {
    t.notMatch(text, /@import|url\(\s*['"]?(https?:)?\/\//, name)
  }
})
