/** What the forms of a cycle's units bring. */

import type { ChangeCycleUnit } from '../../actions/change-cycle-unit.ts'
import { readTypedNumber } from '../../domain/typed-number.ts'
import { measureFaulty, unitOrderFaulty } from '../../errors.ts'
import { typedText, typedTexts } from '../../form.ts'

export interface TypedCycleUnit {
  name: string
  category: string
  /** as typed, by the measure's name */
  measures: ReadonlyMap<string, string>
  /** codes of the indicators that do not apply, each with the reason as typed */
  exempt: ReadonlyMap<string, string>
  /** @throws {AppError} if a measure is no number */
  change(): Pick<ChangeCycleUnit, 'name' | 'category' | 'measures' | 'notApplicable'>
}

/** Names of fields that stand for one of many carry what they are about. */
export const MEASURE = 'measure/'
export const REASON = 'reason/'
const PLACE = 'place/'

export function typedUnit(body: unknown): TypedCycleUnit {
  const [name, category] = [typedText(body, 'name').trim(), typedText(body, 'category').trim()]
  const measures = fieldsAfter(body, MEASURE)
  const reasons = fieldsAfter(body, REASON)
  const exempt = new Map(
    typedTexts(body, 'exempt').map((code) => [code, reasons.get(code)?.trim() ?? '']),
  )
  return {
    ...{ name, category, measures, exempt },
    change: () => ({
      name,
      category,
      measures: Object.fromEntries(
        [...measures].flatMap(([measure, typed]) => amountOf(measure, typed)),
      ),
      notApplicable: [...exempt].map(([indicator, reason]) => ({ indicator, reason })),
    }),
  }
}

function amountOf(measure: string, typed: string): [string, string][] {
  const read = readTypedNumber(typed)
  if ('problem' in read) throw measureFaulty(measure, read.problem)
  return read.amount === null ? [] : [[measure, read.amount]]
}

/** Where each unit is to stand, by its code. @throws {AppError} if a place is no whole number */
export function typedPlaces(body: unknown): Map<string, number> {
  return new Map(
    [...fieldsAfter(body, PLACE)].map(([code, typed]) => {
      const text = typed.normalize('NFKC').trim()
      if (!/^\d{1,6}$/.test(text)) throw unitOrderFaulty(typed)
      return [code, Number(text)]
    }),
  )
}

/** Fields whose names begin with the prefix, by what follows it. */
function fieldsAfter(body: unknown, prefix: string): Map<string, string> {
  const names = typeof body === 'object' && body !== null ? Object.keys(body) : []
  return new Map(
    names
      .filter((name) => name.startsWith(prefix))
      .map((name) => [name.slice(prefix.length), typedText(body, name)]),
  )
}

export function placeField(code: string): string {
  return `${PLACE}${code}`
}
