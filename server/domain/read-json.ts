/** JSON as people hand it in: a file of some editor's, or text pasted into a page. */

export type ReadJson = { value: unknown } | { problem: string }

/**
 * Reads a JSON text. A byte order mark, as Windows editors leave it, is skipped; anything but UTF-8 is
 * refused.
 *
 * @returns the value, or what is wrong in Chinese, with the place where that is known
 */
export function readJson(given: Uint8Array | string): ReadJson {
  let text: string
  try {
    text =
      typeof given === 'string' ? given : new TextDecoder('utf-8', { fatal: true }).decode(given)
  } catch {
    return { problem: '不是 UTF-8 编码的文本，请另存为 UTF-8。' }
  }
  try {
    return { value: JSON.parse(text.replace(/^\ufeff/, '')) }
  } catch (error) {
    return {
      problem: `不是合格的 JSON：${place(error instanceof Error ? error.message : '', text)}`,
    }
  }
}

/** Where the engine stopped reading, told from its message. */
function place(message: string, text: string): string {
  if (text.trim() === '') return '内容是空的。'
  const at = /\(line (\d+) column (\d+)\)/.exec(message)
  if (at) return `第 ${at[1]} 行第 ${at[2]} 列附近的写法不对。`
  if (message.startsWith('Unexpected end')) return '内容不完整，在末尾中断。'
  const token =
    /^Unexpected token '([^']+|')', (?:\.\.\.)?"([\s\S]*?)"(?:\.\.\.)? is not valid JSON$/
  const [, sign, near] = token.exec(message) ?? []
  if (sign === undefined || near === undefined) return '写法不对。'
  return `「${near.replaceAll(/\s+/g, ' ')}」附近的「${sign}」不对。`
}
