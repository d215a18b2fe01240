/** A form as a browser would send it: every field of a page with the value it shows. */

const ENTITIES: Readonly<Record<string, string>> = {
  '&quot;': '"',
  '&#x27;': "'",
  '&#x60;': '`',
  '&#x3D;': '=',
  '&lt;': '<',
  '&gt;': '>',
  '&amp;': '&',
}

/** Text as it was before Handlebars escaped it. */
export function unescaped(html: string): string {
  return html.replaceAll(/&(?:quot|lt|gt|amp|#x27|#x60|#x3D);/g, (entity) => ENTITIES[entity] ?? '')
}

/**
 * The fields of the form that is sent to `action`, as it stands on the page.
 *
 * @throws {Error} if the page has no such form
 */
export function formOn(body: string, action: string): Record<string, string> {
  for (const [, head = '', content = ''] of body.matchAll(/<form([^>]*)>([\s\S]*?)<\/form>/g)) {
    if (unescaped(attribute(head, 'action') ?? '') === action && /method="post"/.test(head)) {
      return { ...inputs(content), ...selects(content), ...textareas(content) }
    }
  }
  throw new Error(`the page has no form to ${action}:\n${body}`)
}

function inputs(content: string): Record<string, string> {
  const fields: Record<string, string> = {}
  for (const [, attributes = ''] of content.matchAll(/<input([^>]*)>/g)) {
    const name = attribute(attributes, 'name')
    const choice = /type="(radio|checkbox)"/.test(attributes)
    if (name === undefined || (choice && !/ checked/.test(attributes))) continue
    fields[unescaped(name)] = unescaped(attribute(attributes, 'value') ?? '')
  }
  return fields
}

function textareas(content: string): Record<string, string> {
  const fields: Record<string, string> = {}
  for (const [, head = '', text = ''] of content.matchAll(
    /<textarea([^>]*)>([\s\S]*?)<\/textarea>/g,
  )) {
    const name = attribute(head, 'name')
    if (name !== undefined) fields[unescaped(name)] = unescaped(text)
  }
  return fields
}

function selects(content: string): Record<string, string> {
  const fields: Record<string, string> = {}
  for (const [, attributes = '', options = ''] of content.matchAll(
    /<select([^>]*)>([\s\S]*?)<\/select>/g,
  )) {
    const chosen = /<option value="([^"]*)" selected/.exec(options)
    const first = /<option value="([^"]*)"/.exec(options)
    const name = attribute(attributes, 'name')
    if (name !== undefined) fields[unescaped(name)] = unescaped((chosen ?? first)?.[1] ?? '')
  }
  return fields
}

function attribute(attributes: string, name: string): string | undefined {
  return new RegExp(` ${name}="([^"]*)"`).exec(attributes)?.[1]
}

/** The text of a page or a part of it, without tags, with single spaces. */
export function textOf(html: string): string {
  return unescaped(html.replaceAll(/<[^>]*>/g, ' '))
    .replaceAll(/\s+/g, ' ')
    .trim()
}

/** The first row of a table that says a text, as HTML. @throws {Error} if there is none */
export function rowWith(body: string, text: string): string {
  const rows = [...body.matchAll(/<tr[^>]*>[\s\S]*?<\/tr>/g)].map(([row]) => row)
  const row = rows.find((each) => textOf(each).includes(text))
  if (row === undefined) throw new Error(`no row says ${text}:\n${body}`)
  return row
}
