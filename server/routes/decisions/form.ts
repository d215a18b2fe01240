import type { Unit } from '../../domain/bundle.ts'
import type { Scheme } from '../../domain/scheme.ts'
import type { AppError } from '../../errors.ts'
import { type SelectField, selectField, textField, typedText } from '../../form.ts'

export const FIELD_LABELS = {
  unitCode: '单位',
  vetoCode: '一票否决事项',
  grade: '调整为',
  reason: '理由',
  document: '文号',
  exempt: '不适用',
} as const

interface TypedVeto {
  unitCode: string
  vetoCode: string
  reason: string
  document: string
  exempt: boolean
}

interface TypedAdjustment {
  unitCode: string
  grade: string
  reason: string
  document: string
}

/** A form that was refused, as typed. */
export interface Faulty {
  veto?: { typed: TypedVeto; fault: AppError }
  adjustment?: { typed: TypedAdjustment; fault: AppError }
}

export function typedVeto(body: unknown): TypedVeto {
  return {
    unitCode: typedText(body, 'unitCode'),
    vetoCode: typedText(body, 'vetoCode'),
    reason: typedText(body, 'reason').trim(),
    document: typedText(body, 'document').trim(),
    exempt: typedText(body, 'exempt') === 'yes',
  }
}

export function typedAdjustment(body: unknown): TypedAdjustment {
  return {
    unitCode: typedText(body, 'unitCode'),
    grade: typedText(body, 'grade'),
    reason: typedText(body, 'reason').trim(),
    document: typedText(body, 'document').trim(),
  }
}

export function vetoForm(scheme: Scheme, units: readonly Unit[], faulty?: Faulty['veto']) {
  const typed = faulty?.typed
  const document = documentField('veto-document', faulty)
  const vetoes = (scheme.vetoes ?? []).map(({ code, name }) => [code, name] as const)
  return {
    error: document.error === null ? (faulty?.fault.message ?? null) : null,
    possible: vetoes.length > 0,
    unit: chosen(
      'veto-unit',
      'unitCode',
      FIELD_LABELS.unitCode,
      unitOptions(units),
      typed?.unitCode,
    ),
    veto: chosen('veto-code', 'vetoCode', FIELD_LABELS.vetoCode, vetoes, typed?.vetoCode),
    reason: reasonField('veto-reason', typed?.reason),
    document,
    exempt: typed?.exempt ?? false,
  }
}

export function adjustmentForm(
  scheme: Scheme,
  units: readonly Unit[],
  faulty?: Faulty['adjustment'],
) {
  const typed = faulty?.typed
  const document = documentField('adjustment-document', faulty)
  const grades = scheme.grades.map(({ name }) => [name, name] as const)
  return {
    error: document.error === null ? (faulty?.fault.message ?? null) : null,
    unit: chosen(
      'adjustment-unit',
      'unitCode',
      FIELD_LABELS.unitCode,
      unitOptions(units),
      typed?.unitCode,
    ),
    grade: chosen('adjustment-grade', 'grade', FIELD_LABELS.grade, grades, typed?.grade),
    reason: reasonField('adjustment-reason', typed?.reason),
    document,
  }
}

function unitOptions(units: readonly Unit[]) {
  return units.map(({ code, name, category }) => [code, `${name}（${category}，${code}）`] as const)
}

/** A list of which nothing is chosen beforehand: a decision is never an accident. */
function chosen(
  id: string,
  name: string,
  label: string,
  options: readonly (readonly [string, string])[],
  value = '',
): SelectField {
  const all = [['', '请选择'] as const, ...options]
  return selectField(name, label, all, { id, value, required: true })
}

function reasonField(id: string, value = '') {
  return { id, ...textField('reason', FIELD_LABELS.reason, { value, required: true }) }
}

/** A veto's is not `required` in the browser: an exempt one may do without. */
function documentField(id: keyof typeof HINTS, faulty?: Faulty['veto'] | Faulty['adjustment']) {
  const missing = faulty?.fault.code === 'DECISION_DOCUMENT_MISSING'
  const field = textField('document', FIELD_LABELS.document, {
    value: faulty?.typed.document ?? '',
    hint: HINTS[id],
    required: id === 'adjustment-document',
    error: missing ? faulty.fault.message : null,
  })
  return { id, ...field }
}

const HINTS = {
  'veto-document': '认定所依据的文件的文号；经认定不适用的可以不填。',
  'adjustment-document': '决定调整的文件或会议纪要的文号。',
} as const
