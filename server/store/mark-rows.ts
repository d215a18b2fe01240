/** How a mark lies in its row. */

import type { Mark, MarkGiven } from '../domain/bundle.ts'
import { amountOf, given, microsOf, type Stamp, yesNo } from './columns.ts'
import type { MarkRow } from './schema.ts'

/** A mark with what tells whether somebody changed it meanwhile. */
export interface StoredMark extends Mark {
  version: number
  updatedAt: string
  /** the account */
  updatedBy: string
}

type Row = Omit<MarkRow, 'position'>

/** A mark's first row, without its position. */
export function newRow(cycleId: string, mark: Mark, method: string | undefined, { at, by }: Stamp) {
  return {
    cycle_id: cycleId,
    unit_code: mark.unit,
    indicator_code: mark.indicator,
    assessor_code: mark.assessor,
    ...markColumns(mark, method),
    row_version: 1,
    updated_at: at,
    updated_by: by,
  }
}

type MarkColumns = Pick<
  MarkRow,
  'kind' | 'mark_micros' | 'level' | 'passed' | 'group_name' | 'reason'
>

function markColumns({ mark, group, reason }: Mark, method: string | undefined): MarkColumns {
  const said = { group_name: group ?? null, reason: reason ?? null }
  const none = { mark_micros: null, level: null, passed: null, ...said }
  if (typeof mark === 'boolean') return { ...none, kind: 'pass', passed: yesNo(mark) }
  if (typeof mark === 'object') {
    const { level, points } = mark
    return { ...none, kind: 'level-points', level, mark_micros: microsOf(points) }
  }
  if (method === 'levels') return { ...none, kind: 'level', level: String(mark) }
  return { ...none, kind: 'number', mark_micros: microsOf(mark) }
}

export function storedMark(row: Row): StoredMark {
  return {
    ...markOf(row),
    version: row.row_version,
    updatedAt: row.updated_at,
    updatedBy: row.updated_by,
  }
}

/** What the bundle says of a mark: without who entered it and when. */
export function plainMark({ version, updatedAt, updatedBy, ...mark }: StoredMark): Mark {
  return mark
}

export function markOf(row: Row): Mark {
  return given({
    unit: row.unit_code,
    indicator: row.indicator_code,
    assessor: row.assessor_code,
    mark: givenMark(row),
    group: row.group_name,
    reason: row.reason,
  })
}

function givenMark({ kind, level, mark_micros: micros, passed }: Row): MarkGiven {
  if (kind === 'pass') return passed === 1
  if (kind === 'level') return level ?? ''
  const number = amountOf(micros ?? 0)
  return kind === 'number' ? number : { level: level ?? '', points: number }
}
