/** What forms show and what they bring: fields with values as typed, a message at each fault. */

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

/** Every value of one field, as check boxes bring them. */
export function typedTexts(body: unknown, name: string): string[] {
  if (typeof body !== 'object' || body === null) return []
  const value: unknown = Object.entries(body).find(([key]) => key === name)?.[1]
  if (value === undefined || value === null) return []
  return (Array.isArray(value) ? value : [value]).map(String)
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
