/** Which entries of the ledger of writes are about a unit or an indicator. Matches are exact: U1 is not U10. */

import { type RawBuilder, sql } from 'kysely'
import type { Database } from './database.ts'

/** A unit by its code and every name it had. */
export interface NamedUnit {
  code: string
  names: readonly string[]
}

/** @returns the unit as the roster and every cycle name it; undefined if none knows it */
export async function unitByAnyName(db: Database, code: string): Promise<NamedUnit | undefined> {
  const roster = db.selectFrom('unit').where('code', '=', code).select('name')
  const cycles = db.selectFrom('cycle_unit').where('unit_code', '=', code).select('name')
  const rows = await roster.union(cycles).execute()
  return rows.length === 0 ? undefined : { code, names: rows.map(({ name }) => name) }
}

/** Entries that name the unit in their subject, or say its code, alone or in a list. */
export function aboutUnit({ code, names }: NamedUnit): RawBuilder<boolean> {
  return anyOf([
    ...names.map(inSubject),
    ...[`"unit":${json(code)}`, `"unitCode":${json(code)}`, ...listed(code)].map(inDetail),
  ])
}

/** Entries that say the indicator's code, alone or in a list, or have its name in their subject. */
export function aboutIndicator(codeOrName: string): RawBuilder<boolean> {
  // Changed assignments are told by place: `"K1 A1":["U1"]`.
  const place = ` ${json(codeOrName).slice(1)}:[`
  const said = [`"indicator":${json(codeOrName)}`, place, ...listed(codeOrName)]
  return anyOf([inSubject(codeOrName), ...said.map(inDetail)])
}

/** As an element of a list. Quotes inside of what people wrote are escaped, so that none of it looks so. */
function listed(code: string): string[] {
  return [`[${json(code)}]`, `[${json(code)},`, `,${json(code)},`, `,${json(code)}]`]
}

const json = (text: string) => JSON.stringify(text)

function anyOf(conditions: readonly RawBuilder<boolean>[]): RawBuilder<boolean> {
  return sql`(${sql.join(conditions, sql` or `)})`
}

/** `like` knows wildcards and, on one of the databases, no difference between a and A. */
function inDetail(text: string): RawBuilder<boolean> {
  return sql`replace(detail, ${text}, '') <> detail`
}

/** As a whole part of a subject such as `市财政局 / 理论武装 / 王考核`. */
function inSubject(name: string): RawBuilder<boolean> {
  return sql`replace(' / ' || subject || ' / ', ${` / ${name} / `}, '') <> ' / ' || subject || ' / '`
}
