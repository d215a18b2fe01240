/** Copying text for a spreadsheet. */

import { element } from './show.js'

/** Plain http has no clipboard of its own outside this machine. */
export async function copyText(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text)
  const area = element('textarea', { class: 'hidden' }, text)
  document.body.append(area)
  area.select()
  document.execCommand('copy')
  area.remove()
}
