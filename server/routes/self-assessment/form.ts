import type { PlacedIndicator } from '../../domain/placed-indicators.ts'
import { readTypedNumber } from '../../domain/typed-number.ts'
import { type KeptForm, typedText } from '../../form.ts'
import type { SelfMark } from '../../store/self-assessments.ts'

/** What the page showed of one indicator when it was made, so that only what changed is saved. */
export interface Seen {
  name: string
  /** null: there was nothing yet */
  version: number | null
  mark: string
  remark: string
}

/** What a form brings for one indicator. */
export interface Typed {
  code: string
  mark: string
  remark: string
  seen: Seen
}

/** A typed mark in the words of the action, or what is wrong with it. */
export type ReadMark =
  | { indicator: string; mark: string | null; remark: string; version: number | null }
  | { indicator: string; problem: string }

const LONGEST_REMARK = 1000

/** Every indicator of which the form brings something. */
export function typedMarks(body: unknown, placed: readonly PlacedIndicator[]): Typed[] {
  const names = typeof body === 'object' && body !== null ? Object.keys(body) : []
  return placed.flatMap(({ indicator: { code, name } }) => {
    if (!names.includes(`mark/${code}`)) return []
    const seen = readSeen(typedText(body, `seen/${code}`), name)
    const mark = typedText(body, `mark/${code}`).trim()
    // A field that did not come is not an empty one.
    const typed = names.includes(`remark/${code}`) ? typedText(body, `remark/${code}`) : seen.remark
    return [{ code, mark, remark: typed.replaceAll(/\r\n?/g, '\n').trim(), seen }]
  })
}

/** Whether the person changed it since the page was made. */
export function isTouched({ mark, remark, seen }: Typed): boolean {
  return mark !== seen.mark.trim() || remark !== seen.remark.trim()
}

export function readMark({ code, mark, remark, seen }: Typed): ReadMark {
  const read = readTypedNumber(mark)
  if ('problem' in read) {
    return { indicator: code, problem: `「${seen.name}」的自评${read.problem}` }
  }
  if ([...remark].length > LONGEST_REMARK) {
    const problem = `「${seen.name}」的自评说明最多 ${LONGEST_REMARK} 个字，您填了 ${[...remark].length} 个字。`
    return { indicator: code, problem }
  }
  return { indicator: code, mark: read.amount, remark, version: seen.version }
}

/** What is there of one indicator, as the page shows it. */
export function seenOf(name: string, stored: SelfMark | undefined): Seen {
  return {
    name,
    version: stored?.version ?? null,
    mark: stored?.mark ?? '',
    remark: stored?.remark ?? '',
  }
}

/** A page that does not say what it showed is taken to have shown nothing. */
function readSeen(text: string, name: string): Seen {
  const blank = { name, version: null, mark: '', remark: '' }
  try {
    const seen: unknown = JSON.parse(text)
    if (typeof seen !== 'object' || seen === null) return blank
    const { version, mark, remark } = { ...blank, ...seen }
    return {
      name,
      version: Number.isSafeInteger(version) ? Number(version) : null,
      mark: String(mark),
      remark: String(remark),
    }
  } catch {
    return blank
  }
}

/** What the fields are called when the form has to be shown again: by the names that it carries. */
export function keptLabels(fields: KeptForm['fields']): Record<string, string> {
  const labels: Record<string, string> = {}
  for (const [field, text] of fields) {
    const code = /^seen\/(.+)$/s.exec(field)?.[1]
    if (code === undefined) continue
    const name = nameIn(text) ?? code
    labels[`mark/${code}`] = `${name}：自评`
    labels[`remark/${code}`] = `${name}：说明`
  }
  return labels
}

function nameIn(text: string): string | undefined {
  try {
    const seen: unknown = JSON.parse(text)
    const named = typeof seen === 'object' && seen !== null && 'name' in seen
    return named ? String(seen.name) : undefined
  } catch {
    return undefined
  }
}
