/** Blocks of cells from and to a spreadsheet, as text with tabs. */

/** The rows of a copied block; a text in quotation marks may hold tabs and line breaks. */
export function readBlock(text) {
  const rows = [[]]
  const fields = /(?:"((?:[^"]|"")*)"|([^\t\r\n]*))(\t|\r\n|\n|\r|$)/gy
  for (const [whole, quoted, plain, end] of text.matchAll(fields)) {
    if (whole === '' && rows.at(-1).length === 0) break
    rows.at(-1).push(quoted === undefined ? plain : quoted.replaceAll('""', '"'))
    if (end === '') break
    if (end !== '\t') rows.push([])
  }
  if (rows.at(-1).length === 0) rows.pop()
  return rows
}

/** Whether a pasted text is more than one cell. */
export function isBlock(text) {
  return /[\t\r\n]/.test(text.replace(/[\r\n]+$/, ''))
}

/** Rows of texts as a spreadsheet takes them. */
export function writeBlock(rows) {
  return rows.map((texts) => texts.map(quoted).join('\t')).join('\r\n')
}

function quoted(text) {
  return /["\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

const YES = ['达标', '是', '合格', '√', '✓', 'yes', 'y', '1']
const NO = ['不达标', '否', '不合格', '×', 'x', 'no', 'n', '0']

/** What an input would hold for a pasted text. @returns null if it has nothing of the kind */
export function fitting([first], text) {
  const wanted = text.normalize('NFKC').trim()
  if (first.type === 'radio') {
    const word = wanted.toLowerCase()
    return YES.includes(word) ? 'yes' : NO.includes(word) ? 'no' : null
  }
  if (first.tagName !== 'SELECT') return text.trim()
  const same = (shown) => shown.normalize('NFKC').trim() === wanted
  return (
    [...first.options].find(({ value, text: label }) => same(value) || same(label))?.value ?? null
  )
}
