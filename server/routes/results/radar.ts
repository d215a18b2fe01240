import type { RadarAxis, RadarLine } from '../../charts/draw.ts'
import { type Decimal, parseExact, toNumber } from '../../domain/decimal.ts'
import { amountOf } from '../../domain/methods/amounts.ts'
import type { Subject } from './subject.ts'

/** The dimensions that count for the unit. */
export function radarAxes({ assessment, result }: Subject): (RadarAxis & { code: string })[] {
  return assessment.scheme.base
    .filter(({ code }) => typeof result.scores[code] === 'string')
    .map(({ code, name, points }) => ({ code, name, points: toNumber(amountOf(points ?? 0)) }))
}

/** The unit, and its category's median and best where enough units compare. */
export function radarLines(subject: Subject): RadarLine[] {
  const axes = radarAxes(subject)
  const read = (value: Decimal | undefined) => (value === undefined ? null : toNumber(value))
  const beside = axes.map(({ code }) => subject.compare(({ scores }) => scores[code]))
  const own = axes.map(({ code }) => read(parseExact(subject.result.scores[code] ?? '0')))
  const lines = [{ name: subject.name, values: own }]
  if (beside.every((found) => found === null)) return lines
  return [
    ...lines,
    { name: '类别中位', values: beside.map((found) => read(found?.median)) },
    { name: '类别最高', values: beside.map((found) => read(found?.best)) },
  ]
}
