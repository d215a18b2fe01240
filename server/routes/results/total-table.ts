/** From full marks to the total: dimension by dimension, bonus, penalty, caps, vetoes, with running sums. */

import { existsFor, fullMarks } from '../../../exports/assessment.ts'
import { parseExact, subtract } from '../../domain/decimal.ts'
import type { Step } from '../../domain/explanation.ts'
import { amountOf } from '../../domain/methods/amounts.ts'
import { type ReadAmount, readable, readableSteps } from './amounts.ts'
import { partHref, type Subject } from './subject.ts'

export interface TotalRow {
  label: string
  href: string | null
  full: string
  lost: string
  change: ReadAmount | null
  after: ReadAmount | null
  /** a sum of rows above */
  sum: boolean
}

const NONE = { href: null, full: '', lost: '', sum: false }

export function totalRows(subject: Subject): TotalRow[] {
  const { explanation, result, decimals } = subject
  const read = readableSteps(explanation.total, decimals)
  const rows = explanation.total.map((step, index): TotalRow => {
    const { change = null, after = null } = read[index] ?? {}
    return { ...NONE, ...described(subject, step), change, after }
  })
  // What belongs to the base comes first.
  const afterBase = explanation.total.findIndex(({ kind }) => !BASE.includes(kind))
  const end = afterBase === -1 ? rows.length : afterBase
  const full = fullMarks(subject.assessment.scheme, result.category)
  const base = parseExact(result.base)
  const baseRow: TotalRow = {
    ...NONE,
    label: '基础分',
    full: readable(full, 0).text,
    lost: readable(subtract(full, base), decimals).text,
    change: null,
    after: readable(base, decimals),
    sum: true,
  }
  const totalRow: TotalRow = {
    ...NONE,
    label: '总分',
    change: null,
    after: readable(parseExact(result.total), decimals),
    sum: true,
  }
  return [...rows.slice(0, end), ...leftOut(subject), baseRow, ...rows.slice(end), totalRow]
}

const BASE: readonly Step['kind'][] = ['child', 'rescale', 'rounding']

function described(subject: Subject, { node, text }: Step): Partial<TotalRow> & { label: string } {
  const { assessment, result, decimals } = subject
  if (node === undefined) return { label: text }
  const href = partHref(subject, node)
  const dimension = assessment.scheme.base.find(({ code }) => code === node)
  if (!dimension) return { label: text, href }
  const points = amountOf(dimension.points ?? 0)
  const score = parseExact(result.scores[node] ?? '0')
  return {
    label: text,
    href,
    full: readable(points, 0).text,
    lost: readable(subtract(points, score), decimals).text,
  }
}

/** Dimensions of which nothing applies to the unit. */
function leftOut({ assessment, result }: Subject): TotalRow[] {
  return assessment.scheme.base
    .filter((node) => existsFor(node, result.category) && result.scores[node.code] === null)
    .map(({ name }) => ({ ...NONE, label: `${name}（不适用，不计分）`, change: null, after: null }))
}
