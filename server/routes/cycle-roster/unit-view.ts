/** Everything views/cycle-roster/unit.hbs prints: what one unit is in a cycle. */

import type { Unit } from '../../domain/bundle.ts'
import { dutyWords, type EntryCounts, entryWords, measureNames } from '../../domain/cycle-roster.ts'
import { existsForCategory, placedIndicators } from '../../domain/placed-indicators.ts'
import type { AppError } from '../../errors.ts'
import { errorSummary, textField } from '../../form.ts'
import { exemptionKey } from '../../store/cycle-roster.ts'
import { type RosterPage, trail } from './roster-page.ts'
import { MEASURE, REASON, type TypedCycleUnit } from './unit-form.ts'

/** What a form of the page brought that was not taken. */
export interface UnitFault {
  fault: AppError
  form: 'change' | 'removal'
  typed?: TypedCycleUnit
}

interface ShownUnit {
  page: RosterPage
  unit: Unit
  counts: EntryCounts
  /** why indicators do not apply, as `notApplicableReasons` gives them */
  reasons: ReadonlyMap<string, string | null>
  fault?: UnitFault
}

const FIELD_OF: Readonly<Record<string, string>> = {
  UNIT_NAME_MISSING: 'name',
  UNIT_CATEGORY_MISSING: 'category',
}

export function unitView(shown: ShownUnit) {
  const { page, unit, counts, fault } = shown
  const { cycle, bundle, closed, editable } = page
  const list = `/cycles/${cycle.id}/units`
  const typed = fault?.typed
  const faulty = fault && FIELD_OF[fault.fault.code]
  const categories = [...new Set(bundle.units.map(({ category }) => category))]
  const field = (name: 'name' | 'category', label: string, hint: string) =>
    textField(name, label, {
      value: typed?.[name] ?? unit[name],
      required: true,
      hint,
      error: faulty === name ? (fault?.fault.message ?? null) : null,
    })
  const fields = {
    name: field('name', '单位名称', '只改本周期里的名称，单位名册不变'),
    category: field(
      'category',
      '类别',
      `在本周期里按这一类考核和排名；已有：${categories.join('、')}`,
    ),
  }
  const elsewhere = fault && !faulty ? fault.fault.message : null
  return {
    title: unit.name,
    breadcrumbs: trail(cycle, { href: list, label: '参评单位' }),
    path: `${list}/${encodeURIComponent(unit.code)}`,
    back: list,
    closed,
    editable,
    code: unit.code,
    category: unit.category,
    fields,
    measures: measureFields(shown),
    indicators: exemptions(shown),
    removal: {
      entries: entryWords(counts),
      duties: dutyWords(counts),
      error: fault?.form === 'removal' ? fault.fault.message : null,
    },
    errors: [
      ...errorSummary(Object.values(fields)),
      ...(elsewhere === null
        ? []
        : [{ href: fault?.form === 'removal' ? '#removal' : '#change', message: elsewhere }]),
    ],
  }
}

/** The sizes the scheme divides by, and those that the unit has besides. */
function measureFields({ page: { bundle }, unit, fault }: ShownUnit) {
  const { measures = {} } = unit
  const names = [...new Set([...measureNames(bundle.scheme), ...Object.keys(measures)])]
  return names.map((name) =>
    textField(`${MEASURE}${name}`, name, {
      value: fault?.typed?.measures.get(name) ?? String(measures[name] ?? ''),
      hint: '计分规则按它折算；不填时这些规则不能登记',
    }),
  )
}

/** Every indicator of the unit's category, with whether it applies and why not. */
function exemptions({ page: { bundle }, unit, reasons, fault }: ShownUnit) {
  const typed = fault?.typed?.exempt
  return placedIndicators(bundle.scheme)
    .filter((placed) => existsForCategory(placed, unit.category))
    .map(({ indicator: { code, name } }) => ({
      code,
      name,
      label: `${name}不适用`,
      checked: typed?.has(code) ?? unit.notApplicable?.includes(code) ?? false,
      reason: {
        name: `${REASON}${code}`,
        label: `${name}不适用的理由`,
        value: typed?.get(code) ?? reasons.get(exemptionKey(unit.code, code)) ?? '',
      },
    }))
}
