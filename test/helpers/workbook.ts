/** The ranking workbook as a reader gets it: written to bytes, read back, looked up by header. */

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ExcelJS, { type CellValue, type Workbook, type Worksheet } from 'exceljs'
import {
  type RankingInput,
  rankingWorkbook,
  workbookBuffer,
} from '../../exports/ranking-workbook.ts'
import type { Bundle } from '../../server/domain/bundle.ts'
import { evaluate } from '../../server/domain/evaluate.ts'

const CASES = join(import.meta.dirname, '..', 'fixtures', 'cases')

export const FINGERPRINT = 'a1b2c3d4e5f6'.padEnd(64, '0')

export function caseNames(): string[] {
  return readdirSync(CASES)
    .filter((name) => !name.endsWith('.expected.json'))
    .map((name) => name.replace('.json', ''))
}

export function caseBundle(name: string): Bundle {
  return JSON.parse(readFileSync(join(CASES, `${name}.json`), 'utf8'))
}

/** What a caller hands over, made on the evening of 22 November 2026 by Beijing time. */
export function rankingInput(bundle: Bundle, about: Partial<RankingInput> = {}): RankingInput {
  return {
    bundle,
    evaluation: evaluate(bundle),
    fingerprint: FINGERPRINT,
    cycle: { name: '2026年度考核', year: 2026 },
    by: '王考评',
    at: '2026-11-22T11:05:00.000Z',
    ...about,
  }
}

/** Writes the workbook and reads its bytes again. */
export async function readBack(
  bundle: Bundle,
  about: Partial<RankingInput> = {},
): Promise<Workbook> {
  const bytes = await workbookBuffer(rankingWorkbook(rankingInput(bundle, about)))
  const workbook = new ExcelJS.Workbook()
  // ExcelJS declares a Buffer type of its own, older than Node's.
  await workbook.xlsx.load(bytes as unknown as Parameters<typeof workbook.xlsx.load>[0])
  return workbook
}

export function sheetOf(workbook: Workbook, name: string): Worksheet {
  const sheet = workbook.getWorksheet(name)
  if (!sheet) throw new RangeError(`no sheet ${name}`)
  return sheet
}

/** The rows of a sheet that is one table, header in row 3, up to the end of its filter. */
export function tableOf(workbook: Workbook, name: string): Record<string, CellValue>[] {
  const sheet = sheetOf(workbook, name)
  const { last, columns } = filterOf(sheet)
  const headers = Array.from({ length: columns }, (_, index) =>
    String(sheet.getCell(3, index + 1).value),
  )
  return Array.from({ length: last - 3 }, (_, index) =>
    Object.fromEntries(
      headers.map((header, place) => [header, sheet.getCell(4 + index, place + 1).value]),
    ),
  )
}

/** Where a sheet's filter begins and ends: its header row, its last row, its number of columns. */
export function filterOf(sheet: Worksheet): { head: number; last: number; columns: number } {
  const match = /^A(\d+):([A-Z]+)(\d+)$/.exec(String(sheet.autoFilter))
  if (!match) throw new RangeError(`${sheet.name} has no filter from its first column`)
  const [, head, letters, last] = match
  return { head: Number(head), last: Number(last), columns: sheet.getColumn(letters ?? '').number }
}

/** Every text and number of a sheet, row by row. */
export function textsOf(sheet: Worksheet): string[] {
  const texts: string[] = []
  sheet.eachRow((row) => {
    row.eachCell((cell) => {
      if (cell.value !== null && !(cell.isMerged && cell.master !== cell)) texts.push(cell.text)
    })
  })
  return texts
}
