/** Everything views/cycle-roster/units.hbs prints: who is assessed in a cycle, and who could be. */

import type { Unit } from '../../domain/bundle.ts'
import { type EntryCounts, entryWords, measureNames } from '../../domain/cycle-roster.ts'
import { indicatorsOf } from '../../domain/scheme.ts'
import type { AppError } from '../../errors.ts'
import type { UnitRow } from '../../store/schema.ts'
import { type RosterPage, trail } from './roster-page.ts'
import { placeField } from './unit-form.ts'

/** What a form of the page brought that was not taken. */
export interface UnitsFault {
  fault: AppError
  form: 'add' | 'order'
  /** those that were ticked */
  units: readonly string[]
}

interface ShownUnits {
  page: RosterPage
  counts: ReadonlyMap<string, EntryCounts>
  /** units of the roster that were sought */
  found: readonly UnitRow[]
  sought: string
  fault?: UnitsFault
}

export function unitsView({ page, counts, found, sought, fault }: ShownUnits) {
  const { cycle, bundle, closed, editable } = page
  const path = `/cycles/${cycle.id}/units`
  const present = new Set(bundle.units.map(({ code }) => code))
  const others = found.filter(({ code }) => !present.has(code))
  const names = new Map(
    [...indicatorsOf(bundle.scheme)].map(({ indicator: { code, name } }) => [code, name]),
  )
  const sized = measureNames(bundle.scheme)
  return {
    title: '参评单位',
    breadcrumbs: trail(cycle),
    path,
    order: `/cycles/${cycle.id}/unit-order`,
    closed,
    editable,
    sized: sized.length > 0,
    count: String(bundle.units.length),
    rows: bundle.units.map((unit, index) => ({
      href: `${path}/${encodeURIComponent(unit.code)}`,
      code: unit.code,
      name: unit.name,
      category: unit.category,
      place: { name: placeField(unit.code), value: String(index + 1) },
      measures: measuresText(unit, sized),
      notApplicable:
        (unit.notApplicable ?? []).map((code) => names.get(code) ?? code).join('、') || '—',
      assignments: String(counts.get(unit.code)?.assignment ?? 0),
      entries: entryWords(counts.get(unit.code) ?? {}) ?? '—',
    })),
    sought,
    addError: fault?.form === 'add' ? fault.fault.message : null,
    groups: [...Map.groupBy(others, ({ category }) => category)].map(([category, units]) => ({
      category: `${category}（${units.length} 家）`,
      units: units.map(({ code, name }) => ({
        code,
        name,
        checked: fault?.units.includes(code) ?? false,
      })),
    })),
    errors: fault
      ? [{ href: fault.form === 'add' ? '#add' : '#units', message: fault.fault.message }]
      : [],
  }
}

/** «人数 120；机构 3»; what the scheme divides by and nobody gave is said to be missing. */
function measuresText({ measures = {} }: Unit, names: readonly string[]): string {
  return names.map((name) => `${name} ${measures[name] ?? '未填'}`).join('；')
}
