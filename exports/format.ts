/** The look that all sheets share. Fonts go by name: a machine without them substitutes its own. */

import type { Alignment, Borders, Fill, Font, Style } from 'exceljs'

// Charset 134 (GB2312) lets a program without the font choose another Chinese one.
const TITLE_FONT = { name: '方正小标宋简体', family: 1, charset: 134 }
const HEAD_FONT = { name: '黑体', family: 2, charset: 134 }
const BODY_FONT = { name: '仿宋_GB2312', family: 3, charset: 134 }

export const BODY_SIZE = 10.5
export const TITLE_SIZE = 18

const THIN = { style: 'thin', color: { argb: 'FF8C857B' } } as const
const GRID: Partial<Borders> = { top: THIN, left: THIN, bottom: THIN, right: THIN }

const filled = (argb: string): Fill => ({ type: 'pattern', pattern: 'solid', fgColor: { argb } })
const HEAD_FILL = filled('FFEFEAE2')
/** where an indicator does not exist for a unit's category */
const ABSENT_FILL = filled('FFE3DED6')

export type Align = 'left' | 'center' | 'right'
export type CellStyle = Partial<Style>

const middle = (horizontal: Align): Partial<Alignment> => ({
  horizontal,
  vertical: 'middle',
  wrapText: true,
})

const font = (base: Partial<Font>, more: Partial<Font>): Partial<Font> => ({ ...base, ...more })

export const titleStyle: CellStyle = {
  font: font(TITLE_FONT, { size: TITLE_SIZE }),
  alignment: middle('center'),
}

export const subtitleStyle: CellStyle = {
  font: font(BODY_FONT, { size: BODY_SIZE }),
  alignment: middle('left'),
}

export const headStyle: CellStyle = {
  font: font(HEAD_FONT, { size: BODY_SIZE }),
  alignment: middle('center'),
  border: GRID,
  fill: HEAD_FILL,
}

export const noteStyle: CellStyle = {
  font: font(BODY_FONT, { size: BODY_SIZE }),
  alignment: { ...middle('left'), vertical: 'top' },
}

export const signatureStyle: CellStyle = {
  font: font(BODY_FONT, { size: 12 }),
  alignment: { ...middle('left'), wrapText: false },
}

export const linkStyle: CellStyle = {
  alignment: middle('center'),
  border: GRID,
  font: font(BODY_FONT, { size: BODY_SIZE, underline: true, color: { argb: 'FF9B1B1E' } }),
}

export const absentStyle: CellStyle = { border: GRID, fill: ABSENT_FILL }

/** A cell of a table's body; `indent` in steps of the tree's depth. */
export function bodyStyle(align: Align, numFmt?: string, indent = 0, bold = false): CellStyle {
  return {
    font: font(bold ? HEAD_FONT : BODY_FONT, { size: BODY_SIZE, bold }),
    alignment: indent > 0 ? { ...middle(align), indent } : middle(align),
    border: GRID,
    ...(numFmt === undefined ? {} : { numFmt }),
  }
}

/** The scheme's own decimals, such as `0.00`. */
export function scoreFormat(decimals: number): string {
  return decimals === 0 ? '0' : `0.${'0'.repeat(decimals)}`
}

/** At least the scheme's decimals, and up to six where an amount has them. */
export function exactFormat(decimals: number): string {
  // A format without a fixed decimal would leave a bare point behind whole numbers.
  const least = Math.max(1, decimals)
  return `0.${'0'.repeat(least)}${'#'.repeat(6 - least)}`
}
