/** What forms show and what they bring: fields with values as typed, a message at each fault. */

import type { Fault } from './domain/fault.ts'
import { readJson } from './domain/read-json.ts'
import { documentMissing, documentTwice } from './errors.ts'

export interface Field {
  name: string
  label: string
  value: string
  type: string
  hint: string | null
  error: string | null
  autocomplete: string
  required: boolean
}

/** A field of views/partials/field.hbs. */
export function textField(
  name: string,
  label: string,
  more: Partial<Omit<Field, 'name' | 'label'>> = {},
): Field {
  return {
    name,
    label,
    value: '',
    type: 'text',
    hint: null,
    error: null,
    autocomplete: 'off',
    required: false,
    ...more,
  }
}

/** A field of views/partials/select.hbs: one of a list. */
export interface SelectField {
  /** the name unless a page has two fields of that name */
  id: string
  name: string
  label: string
  hint: string | null
  error: string | null
  required: boolean
  options: readonly { value: string; label: string; selected: boolean }[]
}

/** @param options each with its value and what it is called; the one that is `value` is chosen */
export function selectField(
  name: string,
  label: string,
  options: readonly (readonly [value: string, label: string])[],
  {
    value = '',
    ...more
  }: Partial<Omit<SelectField, 'name' | 'label' | 'options'>> & { value?: string } = {},
): SelectField {
  return {
    id: name,
    name,
    label,
    hint: null,
    error: null,
    required: false,
    ...more,
    options: options.map(([each, label]) => ({ value: each, label, selected: each === value })),
  }
}

export interface Choice {
  value: string
  label: string
  hint: string | null
  checked: boolean
}

/** A group of check boxes or radio buttons for views/partials/choices.hbs. */
export interface Choices {
  name: string
  label: string
  type: 'checkbox' | 'radio'
  hint: string | null
  error: string | null
  choices: readonly Choice[]
}

/** The list at the head of a faulty form: each message links to its field. */
export function errorSummary(
  fields: readonly { name: string; error: string | null }[],
): { href: string; message: string }[] {
  return fields.flatMap(({ name, error }) =>
    error === null ? [] : [{ href: `#${name}`, message: error }],
  )
}

/** One field of a body as typed; '' if it did not come. */
export function typedText(body: unknown, name: string): string {
  const [first = ''] = typedTexts(body, name)
  return first
}

/** Every value of one field, as check boxes bring them; without NUL, which nobody types and no database keeps. */
export function typedTexts(body: unknown, name: string): string[] {
  if (typeof body !== 'object' || body === null) return []
  const value: unknown = Object.entries(body).find(([key]) => key === name)?.[1]
  if (value === undefined || value === null) return []
  return (Array.isArray(value) ? value : [value])
    .filter((each) => typeof each === 'string')
    .map((each) => each.replaceAll('\0', ''))
}

/** A file as a form brings it (`config.uploadLimit`). */
export interface UploadedFile {
  name: string
  bytes: Uint8Array
}

/** The file of one field; undefined if none was chosen. */
export function uploadedFile(body: unknown, name: string): UploadedFile | undefined {
  if (typeof body !== 'object' || body === null) return undefined
  const value: unknown = Object.entries(body).find(([key]) => key === name)?.[1]
  if (typeof value !== 'object' || value === null) return undefined
  if (!('name' in value && 'bytes' in value && value.bytes instanceof Uint8Array)) return undefined
  return { name: String(value.name), bytes: value.bytes }
}

/** A file as a form brings it that goes to the disk (`config.uploadToDisk`). */
export interface ReceivedUpload {
  name: string
  /** null: it was too large */
  file: { path: string; sha256: string; size: number; type: string | null } | null
}

/** The file of one field; undefined if none was chosen. */
export function receivedUpload(body: unknown, name: string): ReceivedUpload | undefined {
  if (typeof body !== 'object' || body === null) return undefined
  const value: unknown = Object.entries(body).find(([key]) => key === name)?.[1]
  // Text cannot pass for a file: a form's text fields are strings.
  if (typeof value !== 'object' || value === null || !('file' in value)) return undefined
  return value as ReceivedUpload
}

/** A JSON document as a form brings it: a chosen `file`, or what was pasted into `text`. */
export type TypedDocument = { value: unknown } | { field: 'file' | 'text'; error: string }

/** @param what the document's name, as the message about a missing one says it */
export function typedDocument(body: unknown, what: string): TypedDocument {
  const file = uploadedFile(body, 'file')
  const text = typedText(body, 'text').trim()
  if (file && text !== '') return { field: 'text', error: documentTwice().message }
  if (!file && text === '') return { field: 'file', error: documentMissing(what).message }
  const read = readJson(file ? file.bytes : text)
  if (!('problem' in read)) return read
  return file
    ? { field: 'file', error: `文件「${file.name}」${read.problem}` }
    : { field: 'text', error: `粘贴的内容${read.problem}` }
}

/** The fields of a JSON document, for views/partials/document-fields.hbs; a file has to be chosen anew. */
export function documentFields(body: unknown, typed?: TypedDocument) {
  const errorOf = (field: 'file' | 'text') =>
    typed && 'error' in typed && typed.field === field ? typed.error : null
  return {
    file: textField('file', 'JSON 文件', { error: errorOf('file') }),
    text: textField('text', '或者把 JSON 内容粘贴到这里', {
      value: typedText(body, 'text'),
      error: errorOf('text'),
    }),
  }
}

/** Nobody reads more than this at once. */
const MOST_FAULTS = 500

/** What views/partials/faults.hbs prints: every fault of a document with its place. */
export function faultsView(faults: readonly Fault[]) {
  const more = faults.length > MOST_FAULTS ? `，这里列出前 ${MOST_FAULTS} 处` : ''
  return {
    title: `有 ${faults.length} 处错误，没有导入${more}`,
    advice: '位置是 JSON 指针：从最外层起，逐级写出键名或第几项（从 0 数起）。改正后请重新导入。',
    rows: faults.slice(0, MOST_FAULTS).map(({ path, message }) => ({
      place: path === '' ? '整个文件' : path,
      message,
    })),
  }
}

/** A form that could not be taken yet: where it was sent, what was typed, by whom. */
export interface KeptForm {
  path: string
  fields: readonly (readonly [name: string, value: string])[]
  /** Chinese names of fields, where the route gave them */
  labels: Readonly<Record<string, string>>
  /** fields without a label are sent again, but not shown */
  onlyLabelled?: boolean
  accountId: string
}

/** What views/partials/kept-form.hbs shows of it, and sends again. */
export function keptFormView({ path, fields, labels, onlyLabelled = false }: KeptForm) {
  const all = fields.map(([name, value]) => ({ name, value, label: labels[name] ?? name }))
  return {
    path,
    fields: all,
    shown: onlyLabelled ? all.filter(({ name }) => Object.hasOwn(labels, name)) : all,
  }
}
