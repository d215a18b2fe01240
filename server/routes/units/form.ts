import { UNIT_FIELD_OF } from '../../actions/unit-rules.ts'
import type { AppError } from '../../errors.ts'
import { errorSummary, textField, typedText } from '../../form.ts'

/** What the form of a unit brings. */
export interface TypedUnit {
  code: string
  name: string
  category: string
}

export const BLANK: TypedUnit = { code: '', name: '', category: '' }

export const FIELD_LABELS = { code: '代码', name: '单位名称', category: '类别' } as const

export function typedUnit(body: unknown): TypedUnit {
  const text = (name: string) => typedText(body, name).trim()
  return { code: text('code'), name: text('name'), category: text('category') }
}

/**
 * The fields of a unit, with the fault beside the one it is about.
 *
 * @param categories those that the roster has, named as a help
 */
export function unitForm(typed: TypedUnit, categories: readonly string[], fault?: AppError) {
  const faulty = fault && (UNIT_FIELD_OF[fault.code] ?? 'code')
  const field = (name: keyof TypedUnit, hint: string | null) =>
    textField(name, FIELD_LABELS[name], {
      value: typed[name],
      hint,
      required: true,
      error: fault && name === faulty ? fault.message : null,
    })
  const known = categories.length === 0 ? '' : `已有类别：${categories.join('、')}`
  const fields = {
    code: field('code', '1 到 20 个字母、数字或汉字，之后不能改，例如 U01'),
    name: field('name', null),
    category: field('category', known || '例如：党委部门、政府部门'),
  }
  return { fields, errors: errorSummary(Object.values(fields)) }
}
