/** Everything views/cycles/new.hbs prints: what a new cycle is made of. */

import { beijingDate } from '../../domain/beijing-time.ts'
import { type AppError, FaultyEntries } from '../../errors.ts'
import { type Choices, selectField, textField, typedText, typedTexts } from '../../form.ts'
import type { UnitRow } from '../../store/schema.ts'
import type { StoredScheme } from '../../store/schemes.ts'
import { FIELD_LABELS } from './form.ts'

export interface TypedCycle {
  body: unknown
  fault: AppError
}

interface There {
  /** the latest version of each */
  schemes: readonly StoredScheme[]
  /** the roster */
  units: readonly UnitRow[]
  /** now, as ISO-8601 */
  today: string
}

export function newCycleView({ schemes, units, today }: There, typed?: TypedCycle) {
  const thisYear = beijingDate(today).slice(0, 4)
  const value = (name: string, first: string) => (typed ? typedText(typed.body, name) : first)
  const errorOf = errorsOf(typed)
  const [only, ...others] = schemes
  const scheme = value('scheme', only && others.length === 0 ? only.code : '')
  return {
    title: '新建考核周期',
    breadcrumbs: [{ href: '/cycles', label: '考核周期' }],
    schemes: schemes.length > 0,
    fields: {
      name: textField('name', FIELD_LABELS.name, {
        value: value('name', `${thisYear}年度考核`),
        required: true,
        error: errorOf.name,
      }),
      year: textField('year', FIELD_LABELS.year, {
        value: value('year', thisYear),
        required: true,
        error: errorOf.year,
      }),
      scheme: selectField(
        'scheme',
        FIELD_LABELS.scheme,
        [['', '请选择'], ...schemes.map(schemeOption)],
        {
          value: scheme,
          hint: '用最新的一版，进入自评阶段时固定；筹备期间有了更新的版本可以换用',
          required: true,
          error: errorOf.scheme,
        },
      ),
      categories: units.length === 0 ? null : categoryChoices(units, typed, errorOf.categories),
    },
    rehearsal: typed ? typedText(typed.body, 'rehearsal') === 'yes' : false,
    errors: Object.entries(errorOf).flatMap(([name, message]) =>
      message === null ? [] : [{ href: `#${name}`, message }],
    ),
  }
}

function schemeOption({ code, name, version }: StoredScheme): [string, string] {
  return [code, `${name}（第 ${version} 版，${code}）`]
}

function categoryChoices(
  units: readonly UnitRow[],
  typed: TypedCycle | undefined,
  error: string | null,
): Choices {
  const chosen = typed && typedTexts(typed.body, 'categories')
  return {
    name: 'categories',
    label: '参评单位',
    type: 'checkbox',
    hint: '按类别从单位名册带入；都不勾选就先不带单位。建立以后在「参评单位」页逐个增减。',
    error,
    choices: [...Map.groupBy(units, ({ category }) => category)].map(([category, members]) => ({
      value: category,
      label: `${category}（${members.length} 家）`,
      hint: null,
      checked: chosen?.includes(category) ?? true,
    })),
  }
}

/** The message at each field; what does not fit the index is said of the units. */
function errorsOf(typed: TypedCycle | undefined) {
  const none = { name: null, year: null, scheme: null, categories: null }
  if (!typed) return none
  const { body, fault } = typed
  if (fault instanceof FaultyEntries) {
    const told = fault.faults.slice(0, MOST_FAULTS).map(({ message }) => message)
    const more = fault.faults.length > MOST_FAULTS ? `等 ${fault.faults.length} 处` : ''
    const words = `这套评价体系与这些单位不合，没有新建：${told.join('')}${more}`
    return { ...none, categories: words }
  }
  if (fault.code === 'SCHEME_NOT_CHOSEN') return { ...none, scheme: fault.message }
  const unnamed = typedText(body, 'name').trim() === ''
  return { ...none, [unnamed ? 'name' : 'year']: fault.message }
}

const MOST_FAULTS = 5
