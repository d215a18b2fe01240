import type { Fault } from '../../domain/fault.ts'
import {
  documentFields,
  errorSummary,
  faultsView,
  type TypedDocument,
  textField,
  typedText,
} from '../../form.ts'
import { FIELD_LABELS, typedVisibility, visibilityChoices } from './form.ts'

/**
 * Everything views/cycles/import.hbs prints.
 *
 * @param body what was typed, if anything
 * @param typed what is wrong with the document as a whole
 * @param faults what is wrong inside it
 */
export function importView(body?: unknown, typed?: TypedDocument, faults: readonly Fault[] = []) {
  const fields = {
    ...documentFields(body, typed),
    name: textField('name', FIELD_LABELS.name, {
      value: typedText(body, 'name'),
      hint: '不填时用评价体系的名称',
    }),
  }
  return {
    title: '导入考核数据包',
    breadcrumbs: [
      { href: '/cycles', label: '考核周期' },
      { href: '/cycles/new', label: '新建考核周期' },
    ],
    fields,
    visibility: visibilityChoices(typedVisibility(body) ?? 'published'),
    errors: errorSummary(Object.values(fields)),
    faults: faultsView(faults),
  }
}
