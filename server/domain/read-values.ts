import type { Value } from './bundle.ts'
import { type Decimal, parseDecimal } from './decimal.ts'
import { checkEntry, Locator, type Place, requireKey } from './read-entries.ts'
import { printed } from './shape.ts'

const TEXTS = new Set(['unit', 'indicator', 'source'])
const OTHERS = new Set(['value'])

/** Reads all values: at most one a cell. */
export function readValues(
  values: readonly Value[],
  place: Place,
): { byCell: Map<number, { value: Decimal; position: number }> } {
  const locator = new Locator(place, 'values')
  const byCell = new Map<number, { value: Decimal; position: number }>()
  values.forEach((entry, position) => {
    if (!checkEntry(entry, position, 'values', TEXTS, OTHERS, place.report)) return
    const cell = locator.cell(entry, position)
    if (!requireKey(entry, 'value', position, 'values', place.report) || cell < 0) return
    const value = parseDecimal(entry.value)
    if (!value) {
      const problem = `的数值应是一个数(小数最多 6 位),您填了 ${printed(entry.value)}。`
      locator.report(position, { code: 'NOT_A_NUMBER', problem, key: 'value' })
      return
    }
    const { method } = locator.indicator
    const fault = method.entry === 'values' ? method.check(value) : undefined
    if (fault) locator.report(position, fault)
    if (byCell.has(cell)) {
      const problem = '已有一个数值,不能再填一个。'
      locator.report(position, { code: 'DUPLICATE_ENTRY', problem, key: '' })
    }
    byCell.set(cell, { value, position })
  })
  return { byCell }
}
