/** What a person typed into a cell, whatever the spreadsheet made of it. */

import type { CellValue } from 'exceljs'

/** A cell's text, or why what stands in it cannot be taken. */
export interface TypedCell {
  text: string
  problem: string | null
}

/** Parts of a worksheet that say nothing of what was typed, and of which a few bytes can cost gigabytes. */
export const UNREAD = [
  ...['cols', 'mergeCells', 'dataValidations', 'conditionalFormatting', 'hyperlinks'],
  ...['autoFilter', 'rowBreaks', 'colBreaks', 'drawing', 'picture', 'legacyDrawing', 'tableParts'],
]

/** Reads a cell. Formulas, dates and errors are no answers: they are told, never guessed at. */
export function typedCell(value: CellValue | undefined): TypedCell {
  if (value === null || value === undefined) return said('')
  if (typeof value === 'number') return said(String(value))
  if (typeof value === 'string') return said(value)
  if (typeof value === 'boolean') return said(value ? 'TRUE' : 'FALSE')
  if (value instanceof Date) return refused(dateText(value), `是日期「${dateText(value)}」${DATE}`)
  if ('richText' in value) return said(value.richText.map(({ text }) => text).join(''))
  if ('error' in value) {
    return refused(value.error, `是错误值「${value.error}」，请改填内容本身。`)
  }
  if ('hyperlink' in value) return typedCell(value.text)
  if ('formula' in value || 'sharedFormula' in value) return refused(formulaText(value), FORMULA)
  return refused('', '里的内容无法识别，请改填文字或数。')
}

/** The same for a day: one that the spreadsheet made of it is the day itself. */
export function typedDay(value: CellValue | undefined): TypedCell {
  if (!(value instanceof Date) || Number.isNaN(value.getTime())) return typedCell(value)
  return value.getTime() % DAY_MS === 0
    ? said(dateText(value))
    : refused(dateText(value), '里有日期，也有几点几分，请只填日期。')
}

const DAY_MS = 24 * 3600 * 1000

const FORMULA = '是公式，请改填算好的数或文字本身（可复制后用“选择性粘贴—数值”）。'
const DATE =
  '：表格软件把填的内容当成了日期（例如把 1-2 变成 1 月 2 日），请把该格设为常规格式后重填。'

function said(text: string): TypedCell {
  return { text, problem: null }
}

/** @param text what to show of it */
function refused(text: string, problem: string): TypedCell {
  return { text, problem }
}

function dateText(date: Date): string {
  return Number.isNaN(date.getTime()) ? '无效' : date.toISOString().slice(0, 10)
}

/** A formula that a cell shares with others is told by the cell it stands in. */
function formulaText(value: { formula?: string } | { sharedFormula: string }): string {
  const formula = 'sharedFormula' in value ? value.sharedFormula : value.formula
  return `=${formula ?? ''}`
}
