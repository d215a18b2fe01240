import { combineSentence } from './combine.ts'
import { shown } from './methods/amounts.ts'
import { findMethod } from './methods/registry.ts'
import type { Indicator, Section } from './scheme.ts'

/** How an indicator is scored, in one plain Chinese sentence without a full stop: method, then combination. */
export function indicatorSentence(
  { points, method: parameters, combine }: Indicator,
  section: Section = 'base',
): string {
  const method = findMethod(parameters.type)
  if (!method) return ''
  const scored = method.sentence(parameters, points === undefined ? null : shown(points), section)
  const marked = ['direct', 'levels', 'pass'].includes(parameters.type)
  if (marked) return `${scored}；${combineSentence(combine)}`
  return combine ? `${scored}；${combineSentence(combine, 'tallies')}` : scored
}
