/** What a downloaded workbook is called, and how HTTP says so. */

import { assessmentTitle } from './titles.ts'

/** The media type of an .xlsx file. */
export const XLSX_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

const LONGEST = 80

/** `2026年度清廉机关模范机关建设评价排名.xlsx`: letters, digits and Han only, so every system keeps it. */
export function rankingFileName(schemeName: string, year: number | null): string {
  const plain = assessmentTitle(schemeName, year).replace(/[^\p{L}\p{N}]/gu, '')
  return `${[...plain].slice(0, LONGEST).join('')}排名.xlsx`
}

/**
 * The Content-Disposition of a download: an ASCII name for old clients, the real one for all others.
 *
 * @param fallback ASCII letters, digits, dots and hyphens
 * @see RFC 6266 and RFC 8187
 */
export function attachment(fileName: string, fallback: string): string {
  const ascii = fallback.replace(/[^A-Za-z0-9.-]/g, '-')
  return `attachment; filename="${ascii}"; filename*=UTF-8''${extended(fileName)}`
}

/** RFC 8187 lets fewer characters stand than encodeURIComponent leaves. */
function extended(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}

/** `2026年度考核打分表王考核.xlsx` */
export function scoreSheetFileName(cycle: string, assessor: string): string {
  const plain = (text: string) =>
    [...text.replace(/[^\p{L}\p{N}]/gu, '')].slice(0, LONGEST).join('')
  return `${plain(cycle)}打分表${plain(assessor)}.xlsx`
}
