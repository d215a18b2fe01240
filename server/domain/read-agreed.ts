/** Reads agreed values (议定值): at most one a cell, each read as a mark of its indicator. */

import type { AgreedValue } from './bundle.ts'
import type { Decimal } from './decimal.ts'
import { EntryFault } from './fault.ts'
import { checkEntry, Locator, type Place, requireKey } from './read-entries.ts'

const TEXTS = new Set(['unit', 'indicator', 'reason', 'document'])
const OTHERS = new Set(['mark'])

/** What was agreed for a cell. */
export interface AgreedRow {
  /** by the method alone, in points, exact */
  award: Decimal
  position: number
  row: AgreedValue
}

/** All agreed values by cell. */
export function readAgreed(
  rows: readonly AgreedValue[],
  place: Place,
): ReadonlyMap<number, AgreedRow> {
  const found = new Map<number, AgreedRow>()
  const seen = new Set<number>()
  const locator = new Locator(place, 'agreed')
  rows.forEach((row, position) => {
    if (!checkEntry(row, position, 'agreed', TEXTS, OTHERS, place.report)) return
    const cell = locator.cell(row, position)
    if (!requireKey(row, 'mark', position, 'agreed', place.report) || cell < 0) return
    if (!row.reason?.trim()) {
      const problem = '的议定值须写明理由。'
      locator.report(position, { code: 'MISSING_REASON', problem, key: 'reason' })
    }
    if (seen.has(cell)) {
      const problem = '已有一个议定值,不能再议定一个。'
      locator.report(position, { code: 'DUPLICATE_ENTRY', problem, key: '' })
    }
    seen.add(cell)
    const { method } = locator.indicator
    const award = method.entry === 'marks' ? method.award(row.mark) : undefined
    if (award instanceof EntryFault) locator.report(position, award)
    else if (award) found.set(cell, { award, position, row })
  })
  return found
}
