/** A score sheet that goes on the road: what of it is signed, and what comes back in its cells. */

import { isRecord } from './shape.ts'

/** What stands in the input cells of a row, as a reader of the sheet sees it. */
export interface SheetTexts {
  /** a number, the name of a level, 达标 or 不达标 */
  mark: string
  /** inside a level's range; '' where there is none */
  points: string
  reason: string
}

export interface IssuedCell {
  unit: string
  indicator: string
  /** null: there was no mark yet */
  version: number | null
  texts: SheetTexts
}

/** What the program wrote into a sheet and signed. */
export interface IssuedSheet {
  cycle: string
  assessor: string
  at: string
  /** in the order of its rows */
  cells: readonly IssuedCell[]
}

/** A row that came back: what was there, and what stands in it now. */
export interface ReturnedCell extends IssuedCell {
  /** in the worksheet, counted from 1 */
  row: number
  typed: SheetTexts
  /** why what stands there cannot be read, such as a date; null: it can */
  problem: string | null
}

export interface ReturnedSheet extends Omit<IssuedSheet, 'cells'> {
  cells: readonly ReturnedCell[]
}

/** The text over which a sheet is signed: the same content always gives the same text. */
export function sheetContent({ cycle, assessor, at, cells }: IssuedSheet): string {
  const rows = cells.map(({ unit, indicator, version, texts }) => [
    ...[unit, indicator, version, texts.mark, texts.points, texts.reason],
  ])
  return JSON.stringify([FORM, cycle, assessor, at, rows])
}

/** Rises when sheets are laid out otherwise. */
const FORM = 1

/** Reads {@link sheetContent} back; undefined if it is not one of this form. */
export function readSheetContent(content: string): IssuedSheet | undefined {
  const parsed = parsedJson(content)
  if (!Array.isArray(parsed)) return undefined
  const [form, cycle, assessor, at, rows]: readonly unknown[] = parsed
  if (form !== FORM || !areTexts([cycle, assessor, at]) || !Array.isArray(rows)) return undefined
  const cells = rows.flatMap((row: unknown) => readCell(row) ?? [])
  if (cells.length !== rows.length) return undefined
  return { cycle: String(cycle), assessor: String(assessor), at: String(at), cells }
}

function readCell(row: unknown): IssuedCell | undefined {
  if (!Array.isArray(row)) return undefined
  const [unit, indicator, version, mark, points, reason]: readonly unknown[] = row
  if (!areTexts([unit, indicator, mark, points, reason])) return undefined
  if (version !== null && !Number.isSafeInteger(version)) return undefined
  return {
    unit: String(unit),
    indicator: String(indicator),
    version: version === null ? null : Number(version),
    texts: { mark: String(mark), points: String(points), reason: String(reason) },
  }
}

function areTexts(values: readonly unknown[]): boolean {
  return values.every((value) => typeof value === 'string')
}

/** A returned sheet as it was kept by this program; undefined if it is none. */
export function readReturnedSheet(json: string): ReturnedSheet | undefined {
  const parsed = parsedJson(json)
  return isRecord(parsed) && Array.isArray(parsed.cells)
    ? (parsed as unknown as ReturnedSheet)
    : undefined
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
