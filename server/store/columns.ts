/** How the domain's values lie in columns, and how rows become objects with only the keys given. */

import { fromMicros, parseDecimal, printExact, toMicros } from '../domain/decimal.ts'
import type { Amount } from '../domain/scheme.ts'
import type { YesNo } from './schema.ts'

/** Who writes a row, and when. */
export interface Stamp {
  at: string
  /** the account */
  by: string
}

/**
 * A number as a column keeps it.
 *
 * @throws {RangeError} if it is no number of the product's or reaches 9,000,000,000; callers check first
 */
export function microsOf(amount: Amount): number {
  const decimal = parseDecimal(amount)
  const micros = decimal && toMicros(decimal)
  if (micros === undefined) throw new RangeError(`not a number that can be kept: ${amount}`)
  return micros
}

export function optionalMicrosOf(amount: Amount | undefined): number | null {
  return amount === undefined ? null : microsOf(amount)
}

/** The number in a column as its shortest text. */
export function amountOf(micros: number): string {
  // Whole numbers are most of what is kept.
  if (micros % 1_000_000 === 0) return String(micros / 1_000_000)
  return printExact(fromMicros(micros))
}

export function optionalAmountOf(micros: number | null): string | null {
  return micros === null ? null : amountOf(micros)
}

export function yesNo(value: boolean): YesNo {
  return value ? 1 : 0
}

/** An object of which every column that was null is a key that may be absent. */
export type Given<T> = {
  [K in keyof T as null extends T[K] ? never : K]: T[K]
} & {
  [K in keyof T as null extends T[K] ? K : never]?: NonNullable<T[K]>
}

/** The object without its null keys: what nobody gave is absent, not null. */
export function given<T extends object>(all: T): Given<T> {
  for (const key in all) if (all[key] === null) delete all[key]
  return all as unknown as Given<T>
}

/**
 * Rows in the order entered. The few of one place are put in order here: asked to, SQLite reads through
 * the whole cycle by the index that has this order.
 */
export function inOrder<Row extends { position: number }>(rows: readonly Row[]): Row[] {
  return rows.toSorted((one, other) => one.position - other.position)
}

/** PostgreSQL takes 65,535 parameters in a statement, SQLite 32,766; no table has 30 columns. */
const ROWS_AT_ONCE = 1000

/** The rows in portions that one insert can take. */
export function* portions<T>(rows: readonly T[]): Generator<T[]> {
  for (let start = 0; start < rows.length; start += ROWS_AT_ONCE) {
    yield rows.slice(start, start + ROWS_AT_ONCE)
  }
}
