/** Reads the lists that others refer to: units and assessors. */

import type { Assessor, Unit } from './bundle.ts'
import type { Fault } from './fault.ts'
import {
  amount,
  anything,
  type Check,
  checkShape,
  isRecord,
  isSound,
  listOf,
  mapOf,
  may,
  must,
  object,
  text,
} from './shape.ts'

export interface RowReader {
  report(path: string, code: Fault['code'], message: string): void
}

/** The outline of a bundle; each list's rows are checked as they are read. */
export const bundleShape = object({
  scheme: must(anything),
  units: must(listOf(anything)),
  assessors: may(listOf(anything)),
  marks: may(listOf(anything)),
  values: may(listOf(anything)),
  tallies: may(listOf(anything)),
  events: may(listOf(anything)),
  vetoes: may(listOf(anything)),
  adjustments: may(listOf(anything)),
  agreed: may(listOf(anything)),
})

const unitShape = object({
  code: must(text),
  name: must(text),
  category: must(text),
  notApplicable: may(listOf(text)),
  measures: may(mapOf(amount)),
})

const assessorShape = object({ code: must(text), name: must(text), group: may(text) })

/** Rows that could be read, and the codes of those that could not: they are faulty, not unknown. */
export interface CodedRows<Row> {
  rows: [position: number, row: Row][]
  unreadable: ReadonlySet<string>
}

/** The sound units with their positions; a second unit of one code is left out. */
export function readUnits(rows: readonly Unit[], report: RowReader['report']): CodedRows<Unit> {
  return readCoded(rows, 'units', '单位', unitShape, report)
}

/** The sound assessors by code, and the codes of the others. */
export function readAssessors(
  rows: readonly Assessor[],
  report: RowReader['report'],
): { byCode: Map<string, Assessor>; unreadable: ReadonlySet<string> } {
  const read = readCoded(rows, 'assessors', '考核员', assessorShape, report)
  const byCode = new Map(read.rows.map(([, assessor]) => [assessor.code, assessor]))
  return { byCode, unreadable: read.unreadable }
}

function readCoded<Row extends { code: string; name: string }>(
  rows: readonly Row[],
  list: string,
  word: string,
  shape: Check,
  report: RowReader['report'],
): CodedRows<Row> {
  const first = new Map<string, number>()
  const unreadable = new Set<string>()
  const read = rows.flatMap((row, position): [number, Row][] => {
    const path = `/${list}/${position}`
    const what = `第 ${position + 1} 个${word}`
    const sound =
      isSound(shape, row) ||
      checkShape(shape, row, what, (below, code, message) => report(path + below, code, message))
    if (!sound) {
      if (isRecord(row) && typeof row.code === 'string') unreadable.add(row.code)
      return []
    }
    const before = first.get(row.code)
    if (before !== undefined) {
      const message = `${what}「${row.name}」的编码「${row.code}」与第 ${before + 1} 个重复,请换一个。`
      report(`${path}/code`, 'DUPLICATE_CODE', message)
      return []
    }
    first.set(row.code, position)
    return [[position, row]]
  })
  return { rows: read, unreadable }
}
