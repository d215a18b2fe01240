/** The sheet that nobody sees: what the workbook was when it was issued, its seal, and the lists to choose from. */

import type { Workbook } from 'exceljs'

export const SEAL_SHEET = '_核对'
/** A cell holds 32,767 characters. */
const PIECE = 30_000
/** lists of options begin right of content and seal */
const FIRST_LIST = 3

/** Adds it. @returns where a list of options stands, for a cell's choice */
export function addSealSheet(
  workbook: Workbook,
  { content, seal }: { content: string; seal: string },
  lists: readonly (readonly string[])[],
): (options: readonly string[]) => string {
  const sheet = workbook.addWorksheet(SEAL_SHEET, { state: 'veryHidden' })
  sheet.getCell(1, 1).value = seal
  const pieces = piecesOf(Buffer.from(content).toString('base64'))
  pieces.forEach((piece, index) => {
    sheet.getCell(index + 1, 2).value = piece
  })
  const places = new Map<string, string>()
  for (const options of lists) {
    const key = JSON.stringify(options)
    if (places.has(key)) continue
    const column = FIRST_LIST + places.size
    options.forEach((option, index) => {
      const cell = sheet.getCell(index + 1, column)
      cell.value = option
      cell.numFmt = '@'
    })
    const { letter } = sheet.getColumn(column)
    places.set(key, `'${SEAL_SHEET}'!$${letter}$1:$${letter}$${Math.max(1, options.length)}`)
  }
  return (options) => places.get(JSON.stringify(options)) ?? '""'
}

function piecesOf(text: string): string[] {
  return text.match(new RegExp(`[\\s\\S]{1,${PIECE}}`, 'g')) ?? []
}

/** Content and seal of a workbook as they stand in it; undefined if it has none. */
export function readSealSheet(workbook: Workbook): { content: string; seal: string } | undefined {
  const sheet = workbook.getWorksheet(SEAL_SHEET)
  const seal = sheet?.getCell(1, 1).value
  if (!sheet || typeof seal !== 'string') return undefined
  const pieces: string[] = []
  for (let row = 1; ; row += 1) {
    const piece = sheet.getCell(row, 2).value
    if (typeof piece !== 'string') break
    pieces.push(piece)
  }
  return { content: Buffer.from(pieces.join(''), 'base64').toString('utf8'), seal }
}
