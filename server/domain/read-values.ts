import type { Value } from './bundle.ts'
import { type Decimal, parseDecimal } from './decimal.ts'
import {
  checkEntry,
  keyCount,
  Locator,
  optionalText,
  type Place,
  requireKey,
} from './read-entries.ts'
import { printed } from './shape.ts'

const TEXTS = new Set(['unit', 'indicator', 'source'])
const OTHERS = new Set(['value'])

/** Values by position, with the position of each cell's value. */
export interface ValueRows {
  values: (Decimal | undefined)[]
  /** by cell: 1 + the position of its value; 0: none */
  byCell: Int32Array
}

/** Reads all values: at most one a cell. @param count how many cells there are */
export function readValues(entries: readonly Value[], place: Place, count: number): ValueRows {
  const locator = new Locator(place, 'values')
  const values: (Decimal | undefined)[] = new Array(entries.length)
  const byCell = new Int32Array(count)
  // Percentages and counts are few different numbers: each is read once.
  const known = new Map<unknown, Decimal>()
  entries.forEach((entry, position) => {
    if (!isPlain(entry) && !checkEntry(entry, position, 'values', TEXTS, OTHERS, place.report))
      return
    const cell = locator.cell(entry, position)
    if (!requireKey(entry, 'value', position, 'values', place.report) || cell < 0) return
    let value = known.get(entry.value)
    if (!value && (value = parseDecimal(entry.value))) known.set(entry.value, value)
    if (!value) {
      const problem = `的数值应是一个数(小数最多 6 位),您填了 ${printed(entry.value)}。`
      locator.report(position, { code: 'NOT_A_NUMBER', problem, key: 'value' })
      return
    }
    const { method } = locator.indicator
    const fault = method.entry === 'values' ? method.check(value) : undefined
    if (fault) locator.report(position, fault)
    if (byCell[cell] !== 0) {
      const problem = '已有一个数值,不能再填一个。'
      locator.report(position, { code: 'DUPLICATE_ENTRY', problem, key: '' })
    }
    byCell[cell] = position + 1
    values[position] = value
  })
  return { values, byCell }
}

/** Whether a value has its keys and no others. */
function isPlain(entry: Value): boolean {
  if (typeof entry !== 'object' || entry === null || entry.value === undefined) return false
  if (typeof entry.unit !== 'string' || typeof entry.indicator !== 'string') return false
  return keyCount(entry) === 3 + optionalText(entry.source)
}
