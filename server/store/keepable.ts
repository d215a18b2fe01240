/** What a sound bundle may say but a database cannot keep: found before anything is written. */

import type { Bundle } from '../domain/bundle.ts'
import { methodTypes } from '../domain/canonical-bundle.ts'
import { parseDecimal, toMicros } from '../domain/decimal.ts'
import { type Fault, pointer } from '../domain/fault.ts'
import type { Amount } from '../domain/scheme.ts'

/**
 * Every number of an entry that has no exact place in a column, and every text that PostgreSQL refuses
 * or UTF-8 cannot write.
 */
export function unkeptFaults(bundle: Bundle): Fault[] {
  return [...amountsOf(bundle)]
    .filter(([, amount]) => !isKeepable(amount))
    .map(([place, amount]): Fault => {
      const message = `数 ${amount} 太大，绝对值应小于 90 亿。`
      return { path: pointer(...place), code: 'OUT_OF_RANGE', message }
    })
    .concat(unwritableOf(bundle), agreedFaults(bundle))
}

/** No table holds agreed values yet: a cycle without them would have another result than its bundle. */
function agreedFaults({ agreed }: Bundle): Fault[] {
  if (!agreed?.length) return []
  const message = '系统还不能保存议定值（agreed），请用命令行 evaluate 计算，或去掉后再导入。'
  return [{ path: '/agreed', code: 'NOT_ALLOWED', message }]
}

/** A scheme is much longer than what is entered against it, and stays as it is. */
const ofScheme = new WeakMap<object, readonly Fault[]>()

function unwritableOf({ scheme, ...lists }: Bundle): Fault[] {
  const known = ofScheme.get(scheme) ?? unwritableIn(scheme, '/scheme')
  ofScheme.set(scheme, known)
  return [...known, ...unwritableIn(lists, '')]
}

/** Where a text is comes only into question once there is such a one: hardly ever. */
function unwritableIn(value: unknown, path: string): Fault[] {
  return isWritable(value) ? [] : [...unwritableTexts(value, path)]
}

function isWritable(value: unknown): boolean {
  if (typeof value === 'string') return isWritableText(value)
  if (typeof value !== 'object' || value === null) return true
  return Object.entries(value).every(([key, item]) => isWritableText(key) && isWritable(item))
}

function isWritableText(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0')
}

function isKeepable(amount: unknown): boolean {
  const decimal = parseDecimal(amount)
  return decimal === undefined || toMicros(decimal) !== undefined
}

type Place = readonly (string | number)[]

/** Every number with where it is. */
function* amountsOf(bundle: Bundle): Generator<[place: Place, amount: Amount | undefined]> {
  for (const [position, { measures }] of bundle.units.entries()) {
    for (const [name, size] of Object.entries(measures ?? {})) {
      yield [['units', position, 'measures', name], size]
    }
  }
  const methods = methodTypes(bundle.scheme)
  for (const [position, { indicator, mark }] of (bundle.marks ?? []).entries()) {
    const place: Place = ['marks', position, 'mark']
    if (typeof mark === 'object') yield [[...place, 'points'], mark.points]
    else if (methods.get(indicator) === 'direct' && typeof mark !== 'boolean') yield [place, mark]
  }
  for (const [position, { value }] of (bundle.values ?? []).entries()) {
    yield [['values', position, 'value'], value]
  }
  for (const [position, { points, value }] of (bundle.events ?? []).entries()) {
    yield [['events', position, 'points'], points]
    yield [['events', position, 'value'], value]
  }
}

function* unwritableTexts(value: unknown, path: string): Generator<Fault> {
  if (typeof value === 'string') {
    if (isWritableText(value)) return
    yield {
      path,
      code: 'WRONG_TYPE',
      message: '文字中有无法保存的字符（空字符或残缺的字符），请删去。',
    }
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) {
      yield* unwritableTexts(key, path)
      yield* unwritableTexts(item, path + pointer(key))
    }
  }
}
