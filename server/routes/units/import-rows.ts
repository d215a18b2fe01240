/** A table of units against the roster: what is new, what changes, and what is wrong in which cell. */

import type { PlacedCell, RosterField, TypedRow } from '../../../exports/read-roster.ts'
import type { ImportedUnit } from '../../actions/import-units.ts'
import { assertUnit } from '../../actions/unit-rules.ts'
import { isRecord } from '../../domain/shape.ts'
import { AppError } from '../../errors.ts'
import { FIELD_LABELS, FIELD_OF } from './form.ts'

/** The roster as far as a table is compared with it. */
export type Roster = readonly { code: string; name: string; category: string }[]

export interface CellFault {
  /** B5 */
  place: string
  field: string
  message: string
}

export interface ComparedRoster {
  faults: readonly CellFault[]
  units: readonly ImportedUnit[]
  unchanged: number
}

export function compareRoster(rows: readonly TypedRow[], roster: Roster): ComparedRoster {
  const known = new Map(roster.map((unit) => [unit.code, unit]))
  const firstRows = new Map<string, number>()
  const faults: CellFault[] = []
  const units: ImportedUnit[] = []
  let unchanged = 0
  for (const { row, cells } of rows) {
    const found = faultsOf(cells)
    const code = cells.code.text
    const first = firstRows.get(code)
    if (first !== undefined && code !== '') {
      found.push(faultAt('code', cells.code, `代码「${code}」与第 ${first} 行重复，请只留一行。`))
    }
    firstRows.set(code, first ?? row)
    faults.push(...found)
    if (found.length > 0) continue
    const unit = { code, name: cells.name.text, category: cells.category.text }
    const present = known.get(code)
    const before = present ? { name: present.name, category: present.category } : null
    if (before?.name === unit.name && before.category === unit.category) unchanged += 1
    else units.push({ ...unit, before })
  }
  return { faults, units, unchanged }
}

function faultsOf(cells: TypedRow['cells']): CellFault[] {
  const unreadable = (['code', 'name', 'category'] as const).flatMap((field) => {
    const { problem } = cells[field]
    return problem === null ? [] : [faultAt(field, cells[field], `这一格${problem}`)]
  })
  if (unreadable.length > 0) return unreadable
  const [code, name, category] = [cells.code.text, cells.name.text, cells.category.text]
  try {
    assertUnit({ code, name, category })
    return []
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    const field = FIELD_OF[error.code] ?? 'code'
    return [faultAt(field, cells[field], error.message)]
  }
}

function faultAt(field: RosterField, { place }: PlacedCell, message: string): CellFault {
  return { place, field: FIELD_LABELS[field], message }
}

/** The units of a preview as its form sends them again; undefined if they are none. Rules are the action's. */
export function readUnits(json: string): ImportedUnit[] | undefined {
  try {
    const list: unknown = JSON.parse(json)
    if (!Array.isArray(list)) return undefined
    const units = list.flatMap((each: unknown) => {
      if (!isRecord(each)) return []
      const before = isRecord(each.before)
        ? { name: String(each.before.name), category: String(each.before.category) }
        : null
      const [code, name, category] = [each.code, each.name, each.category].map(String)
      return [{ code: code ?? '', name: name ?? '', category: category ?? '', before }]
    })
    return units.length === list.length && units.length > 0 ? units : undefined
  } catch {
    return undefined
  }
}
