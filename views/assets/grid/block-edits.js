/** What is done to a selected block: copied, cut, cleared, filled down. */

import { writeBlock } from './block.js'
import { isText } from './keys.js'

/**
 * @param change takes cells with new texts, as one step
 * @param fill puts a block of texts where it says
 * @param tell shows a sentence and has it read aloud
 */
export function listenForBlocks(form, selection, cellOf, { change, fill, tell }) {
  form.addEventListener('copy', (event) => copy(event))
  form.addEventListener('cut', (event) => {
    if (copy(event)) clear(event.target)
  })

  form.addEventListener('keydown', (event) => {
    const { key, target, ctrlKey, metaKey, altKey } = event
    if (event.isComposing || event.defaultPrevented || altKey || !cellOf(target)) return
    const area = selection.area()
    if ((key === 'Delete' || key === 'Backspace') && (area || !isText(target))) {
      event.preventDefault()
      clear(target)
    } else if ((ctrlKey || metaKey) && key.toLowerCase() === 'd' && area && area.height > 1) {
      event.preventDefault()
      const [first, ...rest] = selection.texts()
      fill(Array(rest.length).fill(first), area.row + 1, area.place, '向下填充')
    }
  })

  /** Copies the selected block, or what a list or a choice shows. @returns whether there was one */
  function copy(event) {
    const cell = cellOf(event.target)
    if (!cell) return false
    const area = selection.area()
    if (!area && isText(event.target)) return false
    const texts = area ? selection.texts() : [[cell.shownTexts()[cell.placeOf(event.target)]]]
    event.clipboardData.setData('text/plain', writeBlock(texts))
    event.preventDefault()
    tell(area ? `已复制 ${area.height} 行 ${area.width} 列。` : '已复制。')
    return true
  }

  function clear(target) {
    const cell = cellOf(target)
    const area = selection.area()
    const parts = area ? selection.parts() : [{ cell, parts: [cell.partOf(target)] }]
    const changes = parts
      .filter((each) => each.parts.length > 0)
      .map((each) => ({
        cell: each.cell,
        texts: Object.fromEntries(each.parts.map((part) => [part, ''])),
      }))
    change(changes)
    tell(`已清除 ${changes.length} 行，可用「撤销」恢复。`)
  }
}
