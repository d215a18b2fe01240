/** Names that every spreadsheet program accepts for a sheet. */

const LONGEST = 31

/**
 * Gives out sheet names: without the characters that are not allowed, at most 31 long, and never one
 * that was given before (upper and lower case are the same).
 *
 * @param reserved names that are taken already
 */
export function sheetNames(reserved: readonly string[]): (wanted: string) => string {
  // Excel keeps «History» for itself.
  const taken = new Set(['history', ...reserved.map((name) => name.toLowerCase())])
  return (wanted) => {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what has to go
    const clean = wanted.toWellFormed().replace(/[[\]:*?/\\'"\u0000-\u001f\u007f]/g, ' ')
    const base = clean.replace(/\s+/g, ' ').trim() || '未命名'
    for (let copy = 1; ; copy += 1) {
      const suffix = copy === 1 ? '' : `（${copy}）`
      const name = cut(base, LONGEST - suffix.length).trim() + suffix
      if (taken.has(name.toLowerCase())) continue
      taken.add(name.toLowerCase())
      return name
    }
  }
}

/** The beginning of a text, never half of a character outside the first plane. */
function cut(text: string, length: number): string {
  let kept = ''
  for (const character of text) {
    if (kept.length + character.length > length) break
    kept += character
  }
  return kept
}
