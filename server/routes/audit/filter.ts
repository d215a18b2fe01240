import { actionChoices } from '../../domain/audit-words.ts'
import { beijingDay } from '../../domain/beijing-time.ts'
import { selectField, textField } from '../../form.ts'
import type { AuditFilter } from '../../store/audit.ts'
import { unitByAnyName } from '../../store/audit-about.ts'
import type { Cycle } from '../../store/cycles.ts'
import type { Database } from '../../store/database.ts'

/** The query of the page, as typed. */
export interface TypedFilter {
  person: string
  action: string
  cycle: string
  unit: string
  indicator: string
  text: string
  from: string
  to: string
}

const FIELDS = ['person', 'action', 'cycle', 'unit', 'indicator', 'text', 'from', 'to'] as const

export function typedFilter(query: Readonly<Record<string, unknown>>): TypedFilter {
  const text = (name: (typeof FIELDS)[number]) => String(query[name] ?? '').trim()
  return {
    person: text('person'),
    action: text('action'),
    cycle: text('cycle'),
    unit: text('unit'),
    indicator: text('indicator'),
    text: text('text'),
    from: text('from'),
    to: text('to'),
  }
}

/** What the store is asked; a date that is none is left out and told beside its field. */
export async function auditFilter(
  db: Database,
  { person, action, cycle, unit, indicator, text, from, to }: TypedFilter,
): Promise<AuditFilter> {
  const [first, last] = [beijingDay(from), beijingDay(to)]
  const named = unit === '' ? undefined : await unitByAnyName(db, unit)
  return {
    ...(person && { actorId: person }),
    ...(action && { action }),
    ...(cycle && { cycleId: cycle }),
    // A unit that nobody knows is in no entry, or only by its code.
    ...(unit && { unit: named ?? { code: unit, names: [] } }),
    ...(indicator && { indicator }),
    ...(text && { text }),
    ...(first && { from: first.from }),
    ...(last && { to: last.to }),
  }
}

/** The same filter as a query, to be carried on by pages and the export. */
export function filterQuery(typed: TypedFilter): string {
  const given = FIELDS.flatMap((name): [string, string][] =>
    typed[name] === '' ? [] : [[name, typed[name]]],
  )
  return new URLSearchParams(given).toString()
}

export function filterFields(
  typed: TypedFilter,
  people: readonly { id: string; name: string }[],
  cycles: readonly Cycle[],
  units: readonly { code: string; name: string }[],
) {
  const choice = (
    name: 'person' | 'action' | 'cycle' | 'unit',
    label: string,
    all: string,
    options: readonly (readonly [string, string])[],
  ) => selectField(name, label, [['', all], ...options], { value: typed[name] })
  const date = (name: 'from' | 'to', label: string) =>
    textField(name, label, {
      type: 'date',
      value: typed[name],
      error:
        typed[name] === '' || beijingDay(typed[name])
          ? null
          : `${label}「${typed[name]}」应写成 2026-11-20 的样子，没有按它筛选。`,
    })
  return {
    person: choice(
      'person',
      '人员',
      '所有人',
      people.map(({ id, name }) => [id, name]),
    ),
    action: choice(
      'action',
      '操作',
      '所有操作',
      actionChoices().map(({ value, label }) => [value, label]),
    ),
    cycle: choice(
      'cycle',
      '考核周期',
      '所有周期',
      cycles.map(({ id, name }) => [id, name]),
    ),
    unit: choice(
      'unit',
      '单位',
      '所有单位',
      units.map(({ code, name }) => [code, name]),
    ),
    indicator: textField('indicator', '指标（代码或全名）', {
      type: 'search',
      value: typed.indicator,
    }),
    text: textField('text', '文字', { type: 'search', value: typed.text }),
    from: date('from', '起始日期'),
    to: date('to', '截止日期'),
  }
}
