import type { Fault } from '../../domain/fault.ts'
import { documentFields, errorSummary, faultsView, type TypedDocument } from '../../form.ts'
import { LIST } from './view.ts'

/**
 * Everything views/schemes/new.hbs prints.
 *
 * @param body what was typed, if anything
 * @param typed what is wrong with the document as a whole
 * @param faults what is wrong inside it
 */
export function newSchemeView(
  body?: unknown,
  typed?: TypedDocument,
  faults: readonly Fault[] = [],
) {
  const fields = documentFields(body, typed)
  return {
    title: '导入评价体系',
    breadcrumbs: [LIST],
    fields,
    errors: errorSummary(Object.values(fields)),
    faults: faultsView(faults),
  }
}

/** Whether somebody mistook a whole assessment for its index. */
export function isBundle(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'scheme' in value && 'units' in value
}
