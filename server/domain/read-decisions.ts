/** Reads vetoes and adjustments. */

import type { Adjustment, Bundle, UnitVeto } from './bundle.ts'
import { pointer, type Report } from './fault.ts'
import type { Place } from './read-entries.ts'
import { checkShape, flag, may, must, object, remark, text } from './shape.ts'

const vetoShape = object({
  unit: must(text),
  veto: must(text),
  reason: may(remark),
  document: may(remark),
  exempt: may(flag),
})

const adjustmentShape = object({
  unit: must(text),
  grade: must(text),
  reason: may(remark),
  document: may(remark),
})

export function readDecisions(
  bundle: Bundle,
  place: Place,
): { vetoes: Map<number, UnitVeto[]>; adjustments: Map<number, Adjustment> } {
  const vetoes = new Map<number, UnitVeto[]>()
  const adjustments = new Map<number, Adjustment>()
  const grades = new Set(place.scheme.grades.map(({ name }) => name))
  bundle.vetoes?.forEach((row, position) => {
    const path = pointer('vetoes', position)
    const unit = readRow(row, path, vetoShape, `第 ${position + 1} 条一票否决`, place)
    if (unit === undefined) return
    const name = unitName(place, unit)
    const veto = place.scheme.vetoes.get(row.veto)
    checkReason(row, path, `「${name}」的一票否决「${veto?.name ?? row.veto}」`, place)
    if (!veto && !place.scheme.unsound.has('vetoes')) {
      place.report(`${path}/veto`, 'UNKNOWN_VETO', `「${name}」的一票否决「${row.veto}」不存在。`)
    }
    const all = vetoes.get(unit) ?? []
    if (all.some((other) => other.veto === row.veto)) {
      place.report(
        path,
        'DUPLICATE_ENTRY',
        `「${name}」的一票否决「${veto?.name ?? row.veto}」写了两次,只能有一条。`,
      )
    }
    vetoes.set(unit, [...all, row])
  })
  bundle.adjustments?.forEach((row, position) => {
    const path = pointer('adjustments', position)
    const unit = readRow(row, path, adjustmentShape, `第 ${position + 1} 条等次调整`, place)
    if (unit === undefined) return
    const name = unitName(place, unit)
    checkReason(row, path, `「${name}」的等次调整`, place)
    if (!grades.has(row.grade) && !place.scheme.unsound.has('grades')) {
      place.report(
        `${path}/grade`,
        'UNKNOWN_GRADE',
        `「${name}」的等次调整用了不存在的等次「${row.grade}」,应是${quoted([...grades])}之一。`,
      )
    }
    if (adjustments.has(unit)) {
      place.report(path, 'DUPLICATE_ENTRY', `「${name}」的等次调整写了两次,只能有一条。`)
    }
    adjustments.set(unit, row)
  })
  return { vetoes: holding(vetoes), adjustments }
}

function readRow(
  row: UnitVeto | Adjustment,
  path: string,
  shape: typeof vetoShape,
  what: string,
  { unitByCode, unreadUnits, report }: Place,
): number | undefined {
  const below: Report = (at, code, message) => report(path + at, code, message)
  if (!checkShape(shape, row, what, below)) return undefined
  const unit = unitByCode.get(row.unit)
  if (unit === undefined) {
    if (!unreadUnits.has(row.unit))
      report(`${path}/unit`, 'UNKNOWN_UNIT', `${what}的单位「${row.unit}」不存在。`)
    return undefined
  }
  return unit
}

function checkReason(
  { reason }: { reason?: string },
  path: string,
  what: string,
  { report }: Place,
): void {
  if (!reason?.trim()) report(`${path}/reason`, 'MISSING_REASON', `${what}须写明理由。`)
}

function quoted(names: readonly string[]): string {
  return names.map((name) => `「${name}」`).join('、')
}

function holding(vetoes: ReadonlyMap<number, readonly UnitVeto[]>): Map<number, UnitVeto[]> {
  const held = new Map<number, UnitVeto[]>()
  for (const [unit, rows] of vetoes) {
    const binding = rows.filter((row) => !row.exempt)
    if (binding.length > 0) held.set(unit, binding)
  }
  return held
}

function unitName({ units }: Place, index: number): string {
  return units[index]?.unit.name ?? ''
}
