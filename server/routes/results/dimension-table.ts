/** Dimension by dimension beside the quartiles and the best of the category, as a table and as a chart. */

import { fullMarks } from '../../../exports/assessment.ts'
import type { StandingRow } from '../../charts/draw.ts'
import {
  type Decimal,
  divide,
  HUNDRED,
  isZero,
  multiply,
  parseExact,
  subtract,
  toNumber,
} from '../../domain/decimal.ts'
import { amountOf } from '../../domain/methods/amounts.ts'
import { minus, readable } from './amounts.ts'
import { type Quartiles, quartiles } from './compared.ts'
import { partHref, type Subject } from './subject.ts'

export interface DimensionRow extends Quartiles {
  label: string
  href: string | null
  full: string
  score: string
  lost: string
  /** a sum of rows above */
  sum: boolean
}

export function dimensionRows(subject: Subject): DimensionRow[] {
  const { assessment, result, decimals } = subject
  const dimensions = countedDimensions(subject).map(({ code, name, points }) =>
    row(
      subject,
      {
        label: name,
        href: partHref(subject, code),
        full: points,
        score: result.scores[code] ?? '0',
      },
      quartiles(subject, ({ scores }) => scores[code]),
    ),
  )
  const full = fullMarks(assessment.scheme, result.category)
  const base = row(
    subject,
    { label: '基础分', href: null, full, score: result.base },
    quartiles(subject, (unit) => unit.base),
  )
  const extra = (section: 'bonus' | 'penalty', label: string): DimensionRow[] => {
    if ((assessment.scheme[section]?.items ?? []).length === 0) return []
    const beside = quartiles(
      subject,
      (unit) => unit[section],
      section === 'penalty' ? 'lower' : 'higher',
    )
    const href = partHref(subject, section)
    return [{ ...beside, label, href, full: '', score: result[section], lost: '', sum: false }]
  }
  const total = {
    ...quartiles(subject, (unit) => unit.total),
    ...{ label: '总分', href: null, full: readable(full, 0).text, score: minus(result.total) },
    lost: readable(subtract(full, parseExact(result.total)), decimals).text,
    sum: true,
  }
  return [
    ...dimensions,
    { ...base, sum: true },
    ...extra('bonus', '加分'),
    ...extra('penalty', '扣分'),
    total,
  ]
}

interface Scored {
  label: string
  href: string | null
  full: Decimal
  score: string
}

function row(
  { decimals }: Subject,
  { label, href, full, score }: Scored,
  beside: Quartiles,
): DimensionRow {
  return {
    ...beside,
    ...{ label, href, full: readable(full, 0).text, score: minus(score) },
    lost: readable(subtract(full, parseExact(score)), decimals).text,
    sum: false,
  }
}

/** The dimensions as shares of their points, so that large and small ones compare. */
export function standingRows(subject: Subject): StandingRow[] {
  return countedDimensions(subject)
    .filter(({ points }) => !isZero(points))
    .map(({ code, name, points }) => {
      const percent = (score: Decimal) => toNumber(divide(multiply(HUNDRED, score), points))
      const found = subject.compare(({ scores }) => scores[code])
      return {
        name,
        own: percent(parseExact(subject.result.scores[code] ?? '0')),
        category: found && {
          lower: percent(found.lower),
          median: percent(found.median),
          upper: percent(found.upper),
          best: percent(found.best),
        },
      }
    })
}

/** The dimensions that count for the unit. */
function countedDimensions({ assessment, result }: Subject) {
  return assessment.scheme.base
    .filter(({ code }) => typeof result.scores[code] === 'string')
    .map(({ code, name, points }) => ({ code, name, points: amountOf(points ?? 0) }))
}
