/** The buttons over the table. */

import { writeBlock } from './block.js'
import { copyText } from './clipboard.js'

/**
 * @param columnOf the place in its row of the cell that the person is or was in
 * @param tell shows a sentence and has it read aloud
 */
export function listenForTools(show, rows, edits, panel, { columnOf, tell }) {
  const { tools } = show
  const { cells } = edits

  const does = {
    undo: () => edits.undo(),
    redo: () => edits.redo(),
    full() {
      const empty = cells.filter((cell) => cell.full && cell.isEmpty())
      if (empty.length === 0) return tell('没有空白的格子，没有改动。')
      const question = `把 ${empty.length} 个空白格填为满分？已填的不动，可用「撤销」取消。`
      if (!window.confirm(question)) return
      edits.change(empty.map((cell) => ({ cell, texts: cell.full })))
      tell(`${empty.length} 项填为满分。`)
    },
    async copy() {
      const texts = rows.map(({ cell }) => [cell?.shownTexts()[columnOf()] ?? ''])
      await copyText(writeBlock(texts))
      tell(`已复制本列 ${texts.length} 行。`)
    },
    note: () => panel.toggle(),
    keys(button) {
      const help = document.getElementById('grid-keys')
      help.hidden = !help.hidden
      button.setAttribute('aria-expanded', String(!help.hidden))
    },
  }

  tools.addEventListener('click', ({ target }) => {
    const button = target.closest('[data-tool]')
    if (button) does[button.dataset.tool](button)
  })
  if (!cells.some(({ full }) => full)) tools.querySelector('[data-tool="full"]').remove()
}
