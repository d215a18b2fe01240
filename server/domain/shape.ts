/** Small checks for the shape of JSON, put together into fields, with every fault told in Chinese. */

import { parseDecimal, parsePercent } from './decimal.ts'
import { type FaultCode, pointer, type Report } from './fault.ts'
import { keyName } from './key-names.ts'

/** Tells what is wrong with a value, at paths below it; silent when it is sound. */
export type Check = (value: unknown, tell: Report) => void

export interface Field {
  check: Check
  optional: boolean
}

/** The keys an object may have; any other is a fault. */
export type Fields = Record<string, Field>

export function must(check: Check): Field {
  return { check, optional: false }
}

export function may(check: Check): Field {
  return { check, optional: true }
}

function expect(sound: (value: unknown) => boolean, code: FaultCode, wanted: string): Check {
  return (value, tell) => {
    if (!sound(value)) tell('', code, `应是${wanted},现为 ${printed(value)}。`)
  }
}

/** A decimal of at most six fractional digits, as a number or a string. */
export const amount = expect(
  (value) => parseDecimal(value) !== undefined,
  'NOT_A_NUMBER',
  '小数不超过 6 位的数',
)

/** A percentage string such as "80%". */
export const share = expect(
  (value) => parsePercent(value) !== undefined,
  'NOT_A_SHARE',
  '百分比(如 "80%")',
)

export const amountOrShare = expect(
  (value) => parseDecimal(value) !== undefined || parsePercent(value) !== undefined,
  'NOT_A_NUMBER',
  '数或百分比(如 "80%")',
)

export const text = expect(
  (value) => typeof value === 'string' && value.trim() !== '',
  'WRONG_TYPE',
  '不为空的文字',
)

/** Text that may be empty. */
export const remark = expect((value) => typeof value === 'string', 'WRONG_TYPE', '文字')

export const flag = expect((value) => typeof value === 'boolean', 'WRONG_TYPE', 'true 或 false')

export function integer(least: number, most = Number.MAX_SAFE_INTEGER): Check {
  return (value, tell) => {
    if (!Number.isSafeInteger(value)) {
      tell('', 'WRONG_TYPE', `应是整数,现为 ${printed(value)}。`)
    } else if ((value as number) < least || (value as number) > most) {
      const range =
        most === Number.MAX_SAFE_INTEGER ? `不小于 ${least}` : `在 ${least} 到 ${most} 之间`
      tell('', 'OUT_OF_RANGE', `应${range},现为 ${printed(value)}。`)
    }
  }
}

export function word(...words: readonly string[]): Check {
  return expect(
    (value) => words.includes(value as string),
    'WRONG_TYPE',
    words.map((each) => `"${each}"`).join('、'),
  )
}

export function nullable(check: Check): Check {
  return (value, tell) => {
    if (value !== null) check(value, tell)
  }
}

export function listOf(check: Check, least = 0): Check {
  return (value, tell) => {
    if (!Array.isArray(value)) return tell('', 'WRONG_TYPE', `应是列表,现为 ${printed(value)}。`)
    if (value.length < least) return tell('', 'WRONG_TYPE', `应是至少 ${least} 项的列表。`)
    if (check === anything) return
    value.forEach((item, index) => {
      if (isSound(check, item)) return
      check(item, (path, code, message) =>
        tell(pointer(index) + path, code, `第 ${index + 1} 项${message}`),
      )
    })
  }
}

export function mapOf(check: Check): Check {
  return (value, tell) => {
    if (!isRecord(value)) return tell('', 'WRONG_TYPE', `应是对象,现为 ${printed(value)}。`)
    for (const [key, item] of Object.entries(value)) {
      check(item, (path, code, message) => tell(pointer(key) + path, code, `「${key}」${message}`))
    }
  }
}

export function object(fields: Fields): Check {
  const entries = Object.entries(fields)
  return (value, tell) => {
    if (!isRecord(value)) return tell('', 'NOT_AN_OBJECT', `应是对象,现为 ${printed(value)}。`)
    for (const key in value) {
      if (!Object.hasOwn(fields, key)) {
        tell(pointer(key), 'UNKNOWN_KEY', `有不认识的键「${key}」,请删去或改正。`)
      }
    }
    for (const [key, field] of entries) {
      const item = value[key]
      if (item === undefined) {
        if (!field.optional) tell(pointer(key), 'MISSING_KEY', `缺少${keyName(key)}。`)
        continue
      }
      // Nearly every field is sound: only for one that is not is it worth knowing where it stands.
      if (isSound(field.check, item)) continue
      field.check(item, (path, code, message) =>
        tell(pointer(key) + path, code, `的${keyName(key)}${message}`),
      )
    }
  }
}

/** An object whose `key` names which of several shapes it has. */
export function oneOf(key: string, shapes: Readonly<Record<string, Check>>): Check {
  return (value, tell) => {
    if (!isRecord(value)) return tell('', 'NOT_AN_OBJECT', `应是对象,现为 ${printed(value)}。`)
    const kind = value[key]
    // Own keys only: "constructor" and its like name no shape.
    const shape = typeof kind === 'string' && Object.hasOwn(shapes, kind) ? shapes[kind] : undefined
    if (shape) return shape(value, tell)
    if (kind === undefined) return tell(pointer(key), 'MISSING_KEY', `缺少${keyName(key)}。`)
    const wanted = Object.keys(shapes).join('、')
    tell(pointer(key), 'WRONG_TYPE', `的${keyName(key)}应是 ${wanted} 之一,现为 ${printed(kind)}。`)
  }
}

/** Anything: checked elsewhere. */
export const anything: Check = () => {}

let told = 0
const count: Report = () => {
  told += 1
}

/** Whether a check has nothing to tell about a value. */
export function isSound(check: Check, value: unknown): boolean {
  const before = told
  check(value, count)
  return told === before
}

/** Runs a check, putting `what` in front of each message. @returns whether the value is sound */
export function checkShape(check: Check, value: unknown, what: string, report: Report): boolean {
  let sound = true
  check(value, (path, code, message) => {
    sound = false
    report(path, code, what + message)
  })
  return sound
}

/** A value as a message shows it: short, and of a list or an object only that it is one. */
export function printed(value: unknown): string {
  if (Array.isArray(value)) return '一个列表'
  if (isRecord(value)) return '一个对象'
  const text = JSON.stringify(value) ?? '空'
  return text.length > 40 ? `${text.slice(0, 40)}…` : text
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
