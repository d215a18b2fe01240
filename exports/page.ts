/** A sheet as it is printed: A4, fit to width, page numbers, and the result's fingerprint on every page. */

import type { Workbook, Worksheet } from 'exceljs'

export interface Page {
  name: string
  orientation: 'portrait' | 'landscape'
  /** SHA-256 of the result, in hex */
  fingerprint: string
  /** rows at the top that stay in sight and are printed on every page */
  headRows: number
  /** columns at the left that stay in sight */
  frozenColumns: number
  /** how many pages the table may be wide */
  pagesWide?: number
}

const MARGINS = { left: 0.4, right: 0.4, top: 0.55, bottom: 0.6, header: 0.3, footer: 0.3 }

export function addPage(workbook: Workbook, page: Page): Worksheet {
  const { name, headRows, frozenColumns, pagesWide = 1 } = page
  const frozen = headRows > 0 || frozenColumns > 0
  const sheet = workbook.addWorksheet(name, {
    views: [
      frozen
        ? { state: 'frozen', xSplit: frozenColumns, ySplit: headRows, showGridLines: false }
        : { state: 'normal', showGridLines: false },
    ],
    pageSetup: {
      paperSize: 9,
      orientation: page.orientation,
      fitToPage: true,
      fitToWidth: pagesWide,
      fitToHeight: 0,
      horizontalCentered: true,
      margins: MARGINS,
    },
    headerFooter: { oddFooter: footer(page) },
  })
  if (headRows > 0) sheet.pageSetup.printTitlesRow = `1:${headRows}`
  if (pagesWide > 1 && frozenColumns > 0) {
    sheet.pageSetup.printTitlesColumn = `A:${sheet.getColumn(frozenColumns).letter}`
  }
  return sheet
}

function footer({ name, fingerprint }: Page): string {
  // A blank keeps what follows from being read as part of the font size.
  const part = (place: string, text: string) => `&${place}&9 ${text}`
  const escaped = name.replaceAll('&', '&&')
  return [
    part('L', `结果指纹 ${fingerprint.slice(0, 12)}`),
    part('C', '第 &P 页 共 &N 页'),
    part('R', escaped),
  ].join('')
}
